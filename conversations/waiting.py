"""Waiting, on the loop, for something to be recorded of a user."""

from __future__ import annotations

import asyncio
from typing import Self
from uuid import UUID

from activities.frames import user_channel
from voice2task.kernel.realtime import hub

# Pushes may get lost with Redis: look again after this long in any case.
LOOK_AGAIN_SECONDS = 2.0


class Arrivals:
    """The live frames of a user that mention `about`; part of `kernel.realtime.Listener`."""

    def __init__(self, user_id: UUID, *, about: str) -> None:
        self._channel = user_channel(user_id)
        self._about = about.encode()
        self._arrived = asyncio.Event()

    async def __aenter__(self) -> Self:
        await hub().join(self._channel, self)
        return self

    async def __aexit__(self, *_: object) -> None:
        await hub().leave(self._channel, self)

    def deliver(self, payload: bytes) -> None:
        if self._about in payload:
            self._arrived.set()

    def resynchronise(self) -> None:
        self._arrived.set()

    async def next(self) -> None:
        """Return when there may be something new."""
        try:
            await asyncio.wait_for(self._arrived.wait(), LOOK_AGAIN_SECONDS)
        except TimeoutError:
            return
        self._arrived.clear()
