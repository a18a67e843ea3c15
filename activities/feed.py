"""A client's view of its user's activities: every one, in order, none twice."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

import orjson

from activities.frames import event_frame
from activities.models import Activity, UserStream
from voice2task.kernel.database import in_database

PAGE = 500
# A client further behind than this re-reads by REST instead.
FURTHEST = 10_000


class Send(Protocol):
    async def __call__(self, *frames: bytes) -> None:
        """Send these frames, in order."""
        ...


def parse_event(payload: bytes) -> tuple[int, bytes]:
    """Read a published event: a line `e<seq>`, then the frame."""
    head, _, frame = payload.partition(b"\n")
    return int(head[1:]), frame


class EventFeed:
    """Delivers `event` frames gaplessly, from live pushes where they come in order, else from PostgreSQL."""

    def __init__(self, user_id: UUID, send: Send) -> None:
        self._user_id = user_id
        self._send = send
        self._seq = 0

    async def begin(self) -> int:
        """Start at the present. Returns the seq of the last activity so far."""
        self._seq = await in_database(UserStream.objects.seq_of, self._user_id)
        return self._seq

    async def resume(self, after: int) -> None:
        """Deliver everything after `after`, which the client has seen."""
        self._seq = after
        await self.catch_up()

    async def push(self, payload: bytes) -> None:
        """Take a live push, which may be late, doubled, or ahead of one that got lost."""
        seq, frame = parse_event(payload)
        if seq == self._seq + 1:
            self._seq = seq
            await self._send(frame)
        elif seq > self._seq:
            await self.catch_up()

    def is_at(self, seq: int) -> bool:
        """Whether nothing is missing if the user's last activity is `seq`."""
        return seq == self._seq

    async def catch_up(self) -> None:
        """Deliver what is committed and not delivered yet; `reset` if that is too much, or impossible."""
        newest = await in_database(UserStream.objects.seq_of, self._user_id)
        if newest < self._seq or newest - self._seq > FURTHEST:
            await self._reset(newest)
        while self._seq < newest:
            page = await in_database(self._read_page)
            if not page or page[0][0] != self._seq + 1:
                # Retention has deleted what the client missed.
                await self._reset(newest)
                return
            self._seq = page[-1][0]
            await self._send(*(frame for _, frame in page))

    async def _reset(self, newest: int) -> None:
        self._seq = newest
        await self._send(orjson.dumps({"type": "reset", "seq": newest}))

    def _read_page(self) -> list[tuple[int, bytes]]:
        rows = Activity.objects.missed(self._user_id, after=self._seq, limit=PAGE)
        return [(row["seq"], event_frame(row)) for row in rows]
