"""Live delivery: one Redis subscription per process and a table of who listens to which channel.

Messages may be lost with Redis. A listener therefore numbers what it gets and, when `resynchronise` is
called or a number is missing, reads the rest from where it is kept.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Protocol

import structlog
from redis.exceptions import RedisError

from voice2task.kernel.loops import PerLoop
from voice2task.kernel.redis_line import RedisLine, open_line

logger = structlog.get_logger(__name__)

ANCHOR_CHANNEL = "hub"
SUBSCRIBE_PATIENCE_SECONDS = 1.0
FIRST_RETRY_SECONDS = 0.05
LAST_RETRY_SECONDS = 1.0


class Listener(Protocol):
    """One client's end. Both methods are called on the loop and must return at once."""

    def deliver(self, payload: bytes) -> None:
        """Take one message of a channel listened to."""
        ...

    def resynchronise(self) -> None:
        """Messages may have been lost: read what was missed."""
        ...


class Hub:
    """The subscription of one event loop."""

    def __init__(self) -> None:
        self._listeners: dict[bytes, set[Listener]] = {}
        self._confirmed: dict[bytes, asyncio.Event] = defaultdict(asyncio.Event)
        # Channels that were listened to when the connection was made, until they are heard again.
        self._rejoined: set[bytes] = set()
        self._line: RedisLine | None = None
        self._keeper: asyncio.Task[None] | None = None

    async def join(self, channel: str, listener: Listener) -> None:
        """Deliver `channel` to `listener`; returns once the subscription is confirmed.

        With Redis away it returns after a second all the same: the listener is told to resynchronise when
        Redis is back.
        """
        name = channel.encode()
        listeners = self._listeners.setdefault(name, set())
        listeners.add(listener)
        if self._keeper is None:
            self._keeper = asyncio.create_task(self._keep_forever(), name="realtime-hub")
        elif len(listeners) == 1:
            self._send("SUBSCRIBE", name)
        try:
            await asyncio.wait_for(self._confirmed[name].wait(), SUBSCRIBE_PATIENCE_SECONDS)
        except TimeoutError:
            logger.warning("subscription_unconfirmed", channel=channel)

    async def leave(self, channel: str, listener: Listener) -> None:
        """Stop delivering `channel` to `listener`."""
        name = channel.encode()
        listeners = self._listeners.get(name, set())
        listeners.discard(listener)
        if not listeners:
            self._listeners.pop(name, None)
            self._confirmed.pop(name, None)
            self._send("UNSUBSCRIBE", name)

    async def close(self) -> None:
        """End the subscription. The hub may be joined again afterwards."""
        keeper, self._keeper = self._keeper, None
        if keeper is not None:
            keeper.cancel()
            await asyncio.gather(keeper, return_exceptions=True)

    def _send(self, *command: str | bytes) -> None:
        """Without a connection there is nothing to say: the next one is told of all channels."""
        if self._line is not None and self._line.is_open:
            self._line.send(*command)

    async def _keep_forever(self) -> None:
        delay = FIRST_RETRY_SECONDS
        while True:
            try:
                async with _open(self._take) as (line, lost):
                    self._rejoined = set(self._listeners)
                    self._line = line
                    line.send("SUBSCRIBE", ANCHOR_CHANNEL, *self._rejoined)
                    delay = FIRST_RETRY_SECONDS
                    raise await lost
            except (RedisError, OSError) as error:
                logger.warning("subscription_lost", error=str(error), retry_in=delay)
            except Exception:
                # Every socket of this process hangs on this loop: it must not end.
                logger.exception("subscription_broke")
            finally:
                self._line = None
                for event in self._confirmed.values():
                    event.clear()
            await asyncio.sleep(delay)
            delay = min(delay * 2, LAST_RETRY_SECONDS)

    def _take(self, message: Any) -> None:
        """Hand a message to listeners. Those of a channel joined again are told once it is heard again."""
        if isinstance(message, Exception):
            raise message
        kind, channel, content = message
        if kind == b"message":
            for listener in tuple(self._listeners.get(channel, ())):
                listener.deliver(content)
        elif kind == b"subscribe" and channel in self._listeners:
            self._confirmed[channel].set()
            if channel in self._rejoined:
                self._rejoined.discard(channel)
                for listener in tuple(self._listeners[channel]):
                    listener.resynchronise()


@asynccontextmanager
async def _open(
    take: Callable[[Any], None],
) -> AsyncIterator[tuple[RedisLine, asyncio.Future[Exception]]]:
    """A connection and why it ended, once it has; whatever `take` raises ends it too."""
    lost: asyncio.Future[Exception] = asyncio.get_running_loop().create_future()

    def end(reason: Exception) -> None:
        if not lost.done():
            lost.set_result(reason)

    def take_or_end(message: Any) -> None:
        try:
            take(message)
        except Exception as error:  # noqa: BLE001 - raised again by whoever waits for the end
            end(error)

    line = await open_line(take_or_end, end)
    try:
        yield line, lost
    finally:
        line.close()


hub = PerLoop(Hub)
