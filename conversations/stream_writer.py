"""Writes to the streams of all turns of one event loop.

What turns have ready at the same moment goes in one trip to Redis: the more of them run, the less each
costs. A single one never waits for company.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID
from weakref import WeakKeyDictionary

from redis import asyncio as aioredis
from redis.exceptions import NoScriptError

from conversations.turn_stream import APPEND, APPEND_SHA, Entry, Outcome, Position, append_arguments
from voice2task.kernel.redis import loop_client


class _Append(NamedTuple):
    arguments: Sequence[Any]
    outcome: asyncio.Future[Outcome]


class StreamWriter:
    """Each turn appends one thing after another; those of different turns share a connection."""

    def __init__(self, redis: aioredis.Redis) -> None:
        self._redis = redis
        self._ready: list[_Append] = []
        self._task: asyncio.Task[None] | None = None

    async def append(
        self,
        *,
        turn_id: UUID,
        channel: str,
        entries: Sequence[Entry],
        expected: Position | None = None,
        ended: bool = False,
    ) -> Outcome:
        """Append and publish entries in order.

        Returns "fenced" if a later claim has written, and "lost" if the stream does not end at `expected`:
        Redis forgot some of it. Nothing was written then.

        Raises:
            RedisError, OSError: Redis did not answer; the same call may be made again.
        """
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        arguments = append_arguments(turn_id, channel, entries, expected, ended=ended)
        self._ready.append(_Append(arguments, outcome))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._write_all(), name="stream-writer")
        return await outcome

    async def _write_all(self) -> None:
        while self._ready:
            together, self._ready = self._ready, []
            try:
                answers = await self._write(together)
            except Exception as error:  # noqa: BLE001 - raised again where each of them waits
                answers = [error] * len(together)
            for one, answer in zip(together, answers, strict=True):
                _settle(one.outcome, answer)

    async def _write(self, together: Sequence[_Append]) -> list[Any]:
        answers = await self._try(together)
        if any(isinstance(answer, NoScriptError) for answer in answers):
            # Redis is new, or was emptied. What it did take is not taken twice.
            await self._redis.script_load(APPEND)
            answers = await self._try(together)
        return answers

    async def _try(self, together: Sequence[_Append]) -> list[Any]:
        async with self._redis.pipeline(transaction=False) as pipeline:
            for one in together:
                pipeline.evalsha(APPEND_SHA, 1, *one.arguments)
            return await pipeline.execute(raise_on_error=False)


def _settle(outcome: asyncio.Future[Outcome], answer: Any) -> None:
    # Whoever was cancelled meanwhile does not wait for it any more.
    if outcome.done():
        return
    if isinstance(answer, BaseException):
        outcome.set_exception(answer)
    else:
        outcome.set_result(answer.decode())


def stream_writer() -> StreamWriter:
    """The writer of the running event loop."""
    loop = asyncio.get_running_loop()
    found = _writers.get(loop)
    if found is None:
        found = _writers[loop] = StreamWriter(loop_client())
    return found


_writers: WeakKeyDictionary[asyncio.AbstractEventLoop, StreamWriter] = WeakKeyDictionary()
