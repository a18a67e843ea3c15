"""Every frame that a client can send, tried by people who have no business with what it names."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async

from conversations.capture_models import Capture
from conversations.client_frames import FRAMES
from tests.conversations.sockets import connect
from tests.doors.world import Person, everything_of, person
from voice2task.kernel.database import in_database
from voice2task.kernel.identifiers import uuid7

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("empty_redis", "_closed_loop_connections"),
]

MOMENT = "2026-03-02T09:00:00Z"
# By what a frame is refused that names what is not there, or not one's own.
NOT_FOUND = {
    "message.send": "conversation_not_found",
    "audio.start": "conversation_not_found",
    "audio.stop": "capture_not_found",
    "audio.cancel": "capture_not_found",
    "turn.stop": "turn_not_found",
    "turn.undo": "turn_not_found",
    "approval.answer": "approval_not_found",
    "resume": "turn_not_found",
}


def frames_about(conversation: str, recording: str, turn: str, approval: str) -> dict[str, dict[str, Any]]:
    """One frame of each type, about these things."""
    frames: dict[str, dict[str, Any]] = {
        "message.send": {"id": str(uuid4()), "text": "buy milk", "conversation_id": conversation},
        "audio.start": {
            "id": str(uuid4()),
            "mime": "audio/wav",
            "recorded_at": MOMENT,
            "conversation_id": conversation,
        },
        "audio.stop": {"id": recording},
        "audio.cancel": {"id": recording},
        "turn.stop": {"turn_id": turn},
        "turn.undo": {"turn_id": turn},
        "approval.answer": {"approval_id": approval, "decision": "approve"},
        "resume": {"after": 0, "turns": {turn: "0-0"}},
        "ping": {},
    }
    assert frames.keys() == FRAMES.keys()
    return {kind: {"type": kind, **members} for kind, members in frames.items()}


def frames_of(someone: Person) -> dict[str, dict[str, Any]]:
    recording = Capture.objects.of(someone.user.id).get()
    (conversation,), (approval,) = someone.ids["conversation"], someone.ids["approval"]
    return frames_about(conversation, str(recording.client_id), someone.ids["turn"][1], approval)


@pytest.fixture
def alice(transactional_db: None) -> Person:
    return person("alice", "alices-secret")


async def test_nobody_is_heard(alice: Person) -> None:
    before = await in_database(everything_of, alice.user)
    frames = await sync_to_async(frames_of)(alice)
    for frame in frames.values():
        async with connect() as nobody:
            await nobody.send(**frame)
            await nobody.send_raw(bytes_data=b"sound")
            assert await nobody.closed_with() == 4401
    assert await in_database(everything_of, alice.user) == before


async def test_to_a_stranger_nothing_is_there(alice: Person) -> None:
    bob = await sync_to_async(person)("bob", "bobs-own")
    before = await in_database(everything_of, alice.user)
    hers = await sync_to_async(frames_of)(alice)
    nobodys = frames_about(*(str(uuid7()) for _ in range(4)))
    async with connect(bob.user) as stranger:
        for kind, code in NOT_FOUND.items():
            told = []
            for frame in (hers[kind], nobodys[kind]):
                await stranger.send(**frame)
                error = await stranger.receive_type("error")
                told.append((error["code"], error["message"]))
            assert told[0] == told[1]
            assert told[0][0] == code
        await stranger.send_raw(bytes_data=b"sound")
        assert (await stranger.receive_type("error"))["code"] == "unexpected_binary"
        await stranger.send(**hers["ping"])
        await stranger.receive_type("pong")
    assert await in_database(everything_of, alice.user) == before


async def test_a_token_that_may_only_read_only_listens(alice: Person) -> None:
    frames = await sync_to_async(frames_of)(alice)
    listening = {"ping": frames.pop("ping"), "resume": frames.pop("resume") | {"turns": {}}}
    async with connect(headers=[(b"authorization", f"Bearer {alice.reader}".encode())]) as reader:
        await reader.receive_type("ready")
        before = await in_database(everything_of, alice.user)
        for frame in frames.values():
            await reader.send(**frame)
            assert (await reader.receive_type("error"))["code"] == "scope_missing"
        await reader.send_raw(bytes_data=b"sound")
        assert (await reader.receive_type("error"))["code"] == "scope_missing"
        assert await in_database(everything_of, alice.user) == before
        await reader.send(**listening["resume"])
        assert (await reader.receive_type("event"))["seq"] == 1
        await reader.send(**listening["ping"])
        await reader.receive_type("pong")
