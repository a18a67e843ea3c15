"""What one socket records: which recording is open on it, and how far it has come."""

from __future__ import annotations

import time
from typing import Any, Protocol
from uuid import UUID

from django.utils import timezone

from accounts.actors import Actor, SocketLogin
from conversations import services
from conversations.capture_models import Capture
from conversations.client_frames import CancelAudio, StartAudio, StopAudio
from conversations.partials import ask_for_partial, enqueue_partial
from voice2task.kernel.database import in_database
from voice2task.kernel.errors import Conflict
from voice2task.kernel.redis import loop_client

PARTIAL_SECONDS = 1.0


class NothingOpen(Conflict):
    code = "unexpected_binary"
    message = "No recording is open."


class Socket(Protocol):
    """What answers go out by."""

    login: SocketLogin

    async def send_json(self, **members: Any) -> None: ...

    async def acknowledge(self, client_id: UUID, posted: Capture) -> None: ...


class SocketRecorder:
    """One recording at a time; its bytes are safe when they are acknowledged."""

    def __init__(self, socket: Socket) -> None:
        self._socket = socket
        self._actor = Actor(socket.login.user_id)
        self._open: Capture | None = None
        self._received = 0
        self._next_partial = 0.0

    @property
    def open_id(self) -> str | None:
        """The client's id of the recording that is open."""
        return str(self._open.client_id) if self._open else None

    async def start(self, frame: StartAudio) -> None:
        """Open a recording, new or to be gone on with."""
        spoken = services.Spoken(
            client_id=frame.id,
            mime=frame.mime,
            recorded_at=frame.recorded_at,
            conversation_id=frame.conversation_id,
            language=frame.language,
            timezone=frame.timezone,
        )
        self._open = None
        self._open = await in_database(
            services.start_recording, actor=self._actor, spoken=spoken, now=timezone.now()
        )
        self._received = self._open.received
        self._next_partial = time.monotonic() + PARTIAL_SECONDS
        await self._tell_received()

    async def append(self, data: bytes) -> None:
        """Keep what follows, and have it heard once a second."""
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
        await self._tell_received()
        if time.monotonic() >= self._next_partial and await ask_for_partial(loop_client(), capture_id):
            self._next_partial = time.monotonic() + PARTIAL_SECONDS
            await in_database(enqueue_partial, capture_id)

    async def stop(self, frame: StopAudio) -> None:
        """End a recording, and let it be understood."""
        capture = await in_database(
            services.stop_recording, actor=self._actor, client_id=frame.id, now=timezone.now()
        )
        self._close(frame.id)
        await self._socket.acknowledge(frame.id, capture)

    async def cancel(self, frame: CancelAudio) -> None:
        """Throw a recording away."""
        await in_database(
            services.cancel_recording, actor=self._actor, client_id=frame.id, now=timezone.now()
        )
        self._close(frame.id)

    async def _tell_received(self) -> None:
        await self._socket.send_json(type="audio.ack", id=self.open_id, received=self._received)

    def _close(self, client_id: UUID) -> None:
        if self._open is not None and self._open.client_id == client_id:
            self._open = None
