"""A bare connection to Redis, for what happens with every word of every reply.

Commands go out at once, whatever is not answered yet, and what comes in is handed on where it comes in: there
is no pool, no task and no lock between. hiredis reads and writes the protocol, of which this is the second
version; redis-py reads the address. Everything else that is done with Redis goes through it (`kernel.redis`).
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Any

import hiredis
from django.conf import settings
from redis.asyncio.connection import SSLConnection, parse_url
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import InvalidResponse, RedisError, ResponseError

from voice2task.kernel.redis import LOOP_TIMEOUT_SECONDS

DEFAULT_PORT = 6379

_NOTHING = object()


class RedisLine(asyncio.Protocol):
    """Hands each answer or message to `take` and its end, once, to `lost`; both must return at once.

    Errors among the answers are instances of `redis.exceptions.ResponseError`.
    """

    def __init__(self, take: Callable[[Any], None], lost: Callable[[Exception], None]) -> None:
        self._take = take
        self._lost = lost
        self._reader = hiredis.Reader(
            protocolError=InvalidResponse, replyError=ResponseError, notEnoughData=_NOTHING
        )
        self._transport: asyncio.WriteTransport | None = None
        self.is_open = False

    def send(self, *command: str | bytes | int | float) -> None:
        """Send a command. Raises: redis.exceptions.ConnectionError."""
        if self._transport is None or not self.is_open:
            raise RedisConnectionError("the connection is closed")
        self._transport.write(hiredis.pack_command(command))  # type: ignore[arg-type]

    def close(self) -> None:
        """End it without another word."""
        self.is_open = False
        if self._transport is not None:
            self._transport.abort()

    async def ask(self, *command: str | bytes | int | float) -> Any:
        """Send a command and wait for its answer, on a line on which nothing else is asked yet."""
        answered: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        take, lost = self._take, self._lost
        self._take, self._lost = _settling(answered), _failing(answered)
        try:
            self.send(*command)
            return await answered
        finally:
            self._take, self._lost = take, lost

    # Part of `asyncio.Protocol`

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]
        self.is_open = True

    def data_received(self, data: bytes) -> None:
        self._reader.feed(data)
        while (answer := self._reader.gets()) is not _NOTHING:
            self._take(answer)

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_open = False
        self._lost(exc or RedisConnectionError("Redis closed the connection"))


async def open_line(take: Callable[[Any], None], lost: Callable[[Exception], None]) -> RedisLine:
    """Connect to `REDIS_URL` and log in.

    Raises:
        RedisError, OSError: there is no such Redis, or it does not answer within two seconds.
    """
    options: dict[str, Any] = dict(parse_url(settings.REDIS_URL))
    loop = asyncio.get_running_loop()

    def made() -> RedisLine:
        return RedisLine(take, lost)

    async with asyncio.timeout(LOOP_TIMEOUT_SECONDS):
        if path := options.get("path"):
            _, line = await loop.create_unix_connection(made, path)
        else:
            place = (options.get("host", "localhost"), options.get("port", DEFAULT_PORT))
            transport, line = await loop.create_connection(made, *place, ssl=_tls(options))
            _keep_alive(transport)
        try:
            await _log_in(line, options)
        except BaseException:
            line.close()
            raise
    return line


async def _log_in(line: RedisLine, options: dict[str, Any]) -> None:
    if password := options.get("password"):
        name = [options["username"]] if options.get("username") else []
        await _ask(line, "AUTH", *name, password)
    if number := options.get("db"):
        await _ask(line, "SELECT", number)


async def _ask(line: RedisLine, *command: str | int) -> None:
    answer = await line.ask(*command)
    if isinstance(answer, RedisError):
        raise answer


def _tls(options: dict[str, Any]) -> Any:
    kind = options.pop("connection_class", None)
    return SSLConnection(**options).ssl_context.get() if kind is SSLConnection else None


def _keep_alive(transport: asyncio.BaseTransport) -> None:
    """So that a peer which vanished without a word is noticed, also by who only listens."""
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)


def _settling(answered: asyncio.Future[Any]) -> Callable[[Any], None]:
    return lambda answer: None if answered.done() else answered.set_result(answer)


def _failing(answered: asyncio.Future[Any]) -> Callable[[Exception], None]:
    return lambda reason: None if answered.done() else answered.set_exception(reason)
