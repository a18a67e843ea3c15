"""What one socket records: which recording is open on it, and how far it has come."""

from __future__ import annotations

import time
from uuid import UUID

from django.utils import timezone
from redis import asyncio as aioredis

from accounts.actors import Actor
from conversations import services
from conversations.capture_models import Capture
from conversations.partials import ask_for_partial, enqueue_partial
from voice2task.kernel.database import in_database
from voice2task.kernel.errors import Conflict

PARTIAL_SECONDS = 1.0


class NothingOpen(Conflict):
    code = "unexpected_binary"
    message = "No recording is open."


class SocketRecorder:
    """One recording at a time; its bytes are safe when `append` returns."""

    def __init__(self, user_id: UUID, redis: aioredis.Redis) -> None:
        self._actor = Actor(user_id)
        self._redis = redis
        self._open: Capture | None = None
        self._received = 0
        self._next_partial = 0.0

    @property
    def open_id(self) -> str | None:
        """The client's id of the recording that is open."""
        return str(self._open.client_id) if self._open else None

    async def start(self, spoken: services.Spoken) -> int:
        """Open a recording, new or to be gone on with. Returns the bytes that are safe already."""
        self._open = None
        self._open = await in_database(
            services.start_recording, actor=self._actor, spoken=spoken, now=timezone.now()
        )
        self._received = self._open.received
        self._next_partial = time.monotonic() + PARTIAL_SECONDS
        return self._received

    async def append(self, data: bytes) -> int:
        """Keep what follows, and have it heard once a second. Returns the bytes that are safe."""
        if self._open is None:
            raise NothingOpen
        capture_id = self._open.id
        if data:
            self._received = await in_database(
                services.append_chunk,
                actor=self._actor,
                capture_id=capture_id,
                start=self._received,
                data=data,
                now=timezone.now(),
            )
        if time.monotonic() >= self._next_partial and await ask_for_partial(self._redis, capture_id):
            self._next_partial = time.monotonic() + PARTIAL_SECONDS
            await in_database(enqueue_partial, capture_id)
        return self._received

    async def stop(self, client_id: UUID) -> Capture:
        """End a recording, and let it be understood."""
        capture = await in_database(
            services.stop_recording, actor=self._actor, client_id=client_id, now=timezone.now()
        )
        self._close(client_id)
        return capture

    async def cancel(self, client_id: UUID) -> None:
        """Throw a recording away."""
        await in_database(
            services.cancel_recording, actor=self._actor, client_id=client_id, now=timezone.now()
        )
        self._close(client_id)

    def _close(self, client_id: UUID) -> None:
        if self._open is not None and self._open.client_id == client_id:
            self._open = None
