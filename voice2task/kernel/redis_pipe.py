"""Commands of an event loop to Redis, answered in the order in which they are sent, over one bare line.

Whoever waits for an answer keeps nobody else from sending: what many turns have to write at the same moment
leaves together and comes back together.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha1
from typing import Any, NamedTuple

from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ResponseError

from voice2task.kernel.loops import PerLoop
from voice2task.kernel.redis import LOOP_TIMEOUT_SECONDS
from voice2task.kernel.redis_line import RedisLine, open_line


@dataclass(frozen=True)
class LuaScript:
    """A script in Lua, which Redis knows by its hash once it has seen it."""

    text: str
    sha: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha", sha1(self.text.encode(), usedforsecurity=False).hexdigest())


class _Asked(NamedTuple):
    answered: asyncio.Future[Any]
    at: float


class _Conversation:
    """One connection and what has been asked on it, oldest first."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._line: RedisLine | None = None
        self._asked: deque[_Asked] = deque()
        self._alarm: asyncio.TimerHandle | None = None

    async def begin(self) -> None:
        self._line = await open_line(self._take, self._lost)

    @property
    def goes_on(self) -> bool:
        return self._line is not None and self._line.is_open

    def ask(self, command: Sequence[str | bytes | int | float]) -> asyncio.Future[Any]:
        if self._line is None:
            raise RedisConnectionError("not connected")
        self._line.send(*command)
        answered: asyncio.Future[Any] = self._loop.create_future()
        self._asked.append(_Asked(answered, self._loop.time()))
        if self._alarm is None:
            self._alarm = self._loop.call_later(LOOP_TIMEOUT_SECONDS, self._ring)
        return answered

    def end(self) -> None:
        if self._line is not None:
            self._line.close()

    def _take(self, answer: Any) -> None:
        answered = self._asked.popleft().answered
        # Whoever was cancelled meanwhile does not wait for it any more.
        if answered.done():
            return
        if isinstance(answer, Exception):
            answered.set_exception(answer)
        else:
            answered.set_result(answer)

    def _lost(self, reason: Exception) -> None:
        while self._asked:
            answered = self._asked.popleft().answered
            if not answered.done():
                answered.set_exception(reason)
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _ring(self) -> None:
        """See how long the oldest question has been open."""
        self._alarm = None
        if not self._asked:
            return
        left = self._asked[0].at + LOOP_TIMEOUT_SECONDS - self._loop.time()
        if left > 0:
            self._alarm = self._loop.call_later(left, self._ring)
        else:
            self._lost(TimeoutError("Redis does not answer"))
            self.end()


class RedisPipe:
    """Connects when it is first asked, and again after each loss. Nothing is repeated by itself."""

    def __init__(self) -> None:
        self._current: _Conversation | None = None
        self._opening = asyncio.Lock()

    async def ask(self, *command: str | bytes | int | float) -> Any:
        """The answer to a command.

        Raises:
            RedisError, OSError: Redis refuses, is away, or has said nothing for two seconds.
        """
        current = self._current
        if current is None or not current.goes_on:
            current = await self._open()
        return await current.ask(command)

    async def run(self, script: LuaScript, keys: int, *arguments: str | bytes | int | float) -> Any:
        """What a script answers, the first `keys` of whose arguments are keys. Raises as `ask` does."""
        try:
            return await self.ask("EVALSHA", script.sha, keys, *arguments)
        except ResponseError as error:
            # Redis is new, or was emptied.
            if not str(error).startswith("NOSCRIPT"):
                raise
        return await self.ask("EVAL", script.text, keys, *arguments)

    def close(self) -> None:
        """End the connection. The pipe may be used again."""
        if self._current is not None:
            self._current.end()

    async def _open(self) -> _Conversation:
        async with self._opening:
            if self._current is None or not self._current.goes_on:
                begun = _Conversation()
                await begun.begin()
                self._current = begun
            return self._current


redis_pipe = PerLoop(RedisPipe)
