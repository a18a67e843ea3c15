"""A WebSocket client inside the test's own event loop, in front of the whole application."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.utils import timezone

from accounts.models import User
from conversations.client_frames import MAX_FRAME_CHARACTERS, FrameRefused, parse_frame
from conversations.runner import runner
from tests.conftest import PASSWORD
from tests.conversations import frame_schemas
from voice2task.asgi import application

HOST = (b"host", b"testserver")
ENDS = {"turn.completed", "turn.failed", "turn.stopped", "turn.approval"}


def access_token(user: User) -> str:
    from accounts.actors import Device
    from accounts.services import start_login

    return start_login(
        email=user.email, password=PASSWORD, device=Device(user_agent="test", ip=None), now=timezone.now()
    ).access


class Client:
    """One socket, read frame by frame. What goes over it is held to `docs/asyncapi.yaml`."""

    def __init__(self, communicator: WebsocketCommunicator) -> None:
        self._communicator = communicator

    async def send(self, **frame) -> None:
        await self.send_raw(text_data=json.dumps(frame))

    async def send_raw(self, **data) -> None:
        if "text_data" in data:
            _judged_alike(data["text_data"])
        await self._communicator.send_to(**data)

    async def receive(self) -> dict:
        frame = json.loads(await self._communicator.receive_from(timeout=10))
        assert frame_schemas.fault_of(frame, "send") is None, (frame_schemas.fault_of(frame, "send"), frame)
        return frame

    async def receive_type(self, kind: str) -> dict:
        """The next frame of this type; others are passed over."""
        while True:
            frame = await self.receive()
            if frame["type"] == kind:
                return frame

    async def closed_with(self) -> int:
        while True:
            output = await self._communicator.receive_output(timeout=10)
            if output["type"] == "websocket.close":
                return output["code"]

    async def silent(self) -> bool:
        return await self._communicator.receive_nothing(timeout=0.1)


@asynccontextmanager
async def connect(
    user: User | None = None,
    *,
    headers: list[tuple[bytes, bytes]] | None = None,
    subprotocols: list[str] | None = None,
) -> AsyncIterator[Client]:
    headers = [HOST, *(headers or [])]
    if user is not None:
        token = await sync_to_async(access_token)(user)
        headers.append((b"authorization", f"Bearer {token}".encode()))
    communicator = WebsocketCommunicator(application, "/ws/v1/", headers=headers, subprotocols=subprotocols)
    accepted, _ = await communicator.connect(timeout=10)
    assert accepted
    try:
        yield Client(communicator)
    finally:
        await communicator.disconnect(timeout=10)


async def run(turn_id: str) -> None:
    await asyncio.to_thread(runner().run, UUID(turn_id))


async def say(client: Client, text: str, **fields) -> list[dict]:
    """Say something and work on it in this process; the turn's frames until it ends or waits."""
    message_id = str(uuid4())
    await client.send(type="message.send", id=message_id, text=text, **fields)
    ack = await client.receive_type("ack")
    assert ack["id"] == message_id
    work = asyncio.create_task(run(ack["turn_id"]))
    frames = []
    while not frames or frames[-1]["type"] not in ENDS:
        frame = await client.receive()
        if frame["type"].startswith("turn."):
            frames.append(frame)
    await work
    return frames


def _judged_alike(text: str) -> None:
    """The consumer takes a frame if, and only if, it is one by the description."""
    if len(text) > MAX_FRAME_CHARACTERS:
        return
    try:
        frame = json.loads(text)
    except ValueError:
        frame = None
    assert (frame_schemas.fault_of(frame, "receive") is None) == _is_taken(text), text


def _is_taken(text: str) -> bool:
    try:
        parse_frame(text)
    except FrameRefused:
        return False
    return True
