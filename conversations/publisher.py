"""Writes a turn's live frames to its stream, from the worker that holds the turn.

The turn never waits for it: frames queue up here, text is joined while it waits, and what Redis does not take
is offered again. The first text leaves at once, later text at most every 40 ms, less often where that is more
than can be done (`conversations.pace`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import structlog
from redis.exceptions import RedisError

from conversations.pace import pace
from conversations.turn_stream import Entry, Position, append, make_entry, make_fence

logger = structlog.get_logger(__name__)

RETRY_SECONDS = 0.25
# After this long without Redis the frames are given up: clients read the ended turn from PostgreSQL.
PATIENCE_SECONDS = 60.0
LAST_FRAMES = frozenset({"turn.completed", "turn.failed", "turn.stopped"})

# Kind and members; the text of a delta in pieces, since adding to a long text copies it.
Frame = tuple[str, dict[str, Any]]


class TurnPublisher:
    """The frames of one claim of one turn, in order, from `start()` to `close()`."""

    def __init__(self, *, turn_id: UUID, channel: str, epoch: int) -> None:
        self._turn_id = turn_id
        self._channel = channel
        self._position = Position(epoch, 0)
        self._waiting: list[Frame] = []
        # All frames since the last reset, neighbouring text joined: what a client would be told anew.
        self._told: list[Frame] = []
        self._mark = 0
        self._urgent = asyncio.Event()
        self._something = asyncio.Event()
        self._closing = False
        self._ended = False
        self._task: asyncio.Task[None] | None = None
        self.fenced = False

    def start(self) -> None:
        """Fence off earlier claims and begin. A later claim than the first tells clients to begin anew."""
        self._task = asyncio.create_task(self._run(), name=f"publish-{self._turn_id}")
        if self._position.epoch > 1:
            self._waiting.append(("turn.reset", {}))
        self.send("turn.started")

    @property
    def said(self) -> str:
        """The reply so far, as clients have it or will."""
        return "".join("".join(members["text"]) for kind, members in self._told if kind == "turn.delta")

    def say(self, text: str) -> None:
        """Add text to the reply."""
        _join(self._told, text, from_index=self._mark)
        _join(self._waiting, text)
        self._something.set()

    def send(self, kind: str, **members: Any) -> None:
        """Send another frame, after all text said before it, without delay."""
        self._ended = self._ended or kind in LAST_FRAMES
        self._told.append((kind, members))
        self._waiting.append((kind, members))
        self._urgent.set()
        self._something.set()

    def mark(self) -> None:
        """Text from here on may be withdrawn by itself."""
        self._mark = len(self._told)

    def withdraw(self, *, everything: bool = False) -> None:
        """Take back the text since the last mark, or all of it: clients begin anew with what remains."""
        start = 0 if everything else self._mark
        later = [frame for frame in self._told[start:] if frame[0] != "turn.delta"]
        self._told = [*self._told[:start], *later]
        self._mark = len(self._told)
        self._waiting = [("turn.reset", {}), *_copies(self._told)]
        self._urgent.set()
        self._something.set()

    async def close(self) -> None:
        """Return when everything is written, or given up."""
        self._closing = True
        self._urgent.set()
        self._something.set()
        if self._task is not None:
            await self._task

    async def abandon(self) -> None:
        """Stop at once: another worker has the turn, or will."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        fence = make_fence(self._position.epoch)
        frames, self._waiting = self._waiting, []
        written = await self._write([fence, *self._numbered(frames)], expected=None)
        loop = asyncio.get_running_loop()
        own_pace = pace()
        next_text_at = 0.0
        while written and not self.fenced:
            await self._something.wait()
            if not self._urgent.is_set() and (early := next_text_at - loop.time()) > 0:
                await self._pause(early)
            self._something.clear()
            self._urgent.clear()
            if not self._waiting:
                if self._closing:
                    return
                continue
            frames, self._waiting = self._waiting, []
            began = loop.time()
            written = await self._append(frames)
            own_pace.passed(loop.time() - began)
            if self._closing:
                self._something.set()
            elif frames[-1][0] == "turn.delta":
                next_text_at = began + own_pace.gap

    async def _pause(self, seconds: float) -> None:
        """Let text gather; a frame that is not text cuts the wait short."""
        over = asyncio.get_running_loop().call_later(seconds, self._urgent.set)
        await self._urgent.wait()
        over.cancel()

    async def _append(self, frames: Sequence[Frame]) -> bool:
        before = self._position
        entries = self._numbered(frames)
        if await self._write(entries, expected=before):
            return True
        if self.fenced:
            return False
        # Redis lost the end of the stream: clients begin anew, with all that was said so far.
        self._waiting = []
        return await self._write(self._numbered([("turn.reset", {}), *_copies(self._told)]), expected=None)

    def _numbered(self, frames: Sequence[Frame]) -> list[Entry]:
        entries = []
        for kind, members in frames:
            self._position = Position(self._position.epoch, self._position.n + 1)
            told = {"text": "".join(members["text"])} if kind == "turn.delta" else members
            entries.append(make_entry(self._turn_id, self._position, kind, told))
        return entries

    async def _write(self, entries: Sequence[Entry], *, expected: Position | None) -> bool:
        """Append until Redis takes it. False if the turn is another's, or Redis has lost what was there."""
        deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while True:
            try:
                outcome = await append(
                    turn_id=self._turn_id,
                    channel=self._channel,
                    entries=entries,
                    expected=expected,
                    ended=self._ended,
                )
            except (RedisError, OSError) as error:
                logger.info("stream_append_failed", error=str(error))
                if asyncio.get_running_loop().time() > deadline:
                    self.fenced = True
                    return False
                await asyncio.sleep(RETRY_SECONDS)
                continue
            self.fenced = outcome == "fenced"
            return outcome == "appended"


def _join(frames: list[Frame], text: str, *, from_index: int = 0) -> None:
    """Add text to the last frame, if that is text and not before `from_index`, or as a frame of its own."""
    if len(frames) > from_index and frames[-1][0] == "turn.delta":
        frames[-1][1]["text"].append(text)
    else:
        frames.append(("turn.delta", {"text": [text]}))


def _copies(frames: Sequence[Frame]) -> list[Frame]:
    """Text frames that may be added to without changing those they were made of."""
    return [
        (kind, {"text": list(members["text"])} if kind == "turn.delta" else members)
        for kind, members in frames
    ]
