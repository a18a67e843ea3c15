"""Recordings over the WebSocket: chunk by chunk, cut and gone on with."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from conversations import services
from conversations.capture_models import Capture, CaptureChunk
from conversations.models import Message
from conversations.transcribing import transcribe
from tests import recordings
from tests.conftest import register
from tests.conversations.captures.conftest import Ears
from tests.conversations.sockets import Client, connect, run
from voice2task.kernel.database import in_database

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("empty_redis", "_closed_loop_connections"),
]

PIECE = 20_000


@pytest.fixture
def carol(transactional_db: None) -> User:
    return register("carol@example.com")


async def start(client: Client, own: str, **fields) -> int:
    frame = {"mime": "audio/wav", "recorded_at": timezone.now().isoformat(), **fields}
    await client.send(type="audio.start", id=own, **frame)
    ack = await client.receive_type("audio.ack")
    assert ack["id"] == own
    return ack["received"]


async def send(client: Client, audio: bytes, *, start_at: int = 0) -> int:
    """Send what is left of a recording; the bytes that are safe in the end."""
    received = start_at
    for begin in range(start_at, len(audio), PIECE):
        await client.send_raw(bytes_data=audio[begin : begin + PIECE])
        received = (await client.receive_type("audio.ack"))["received"]
    return received


async def stop(client: Client, own: str) -> dict:
    await client.send(type="audio.stop", id=own)
    ack = await client.receive_type("ack")
    assert ack["id"] == own
    return ack


async def stored(own: str, **named) -> Capture:
    return await in_database(Capture.objects.get, client_id=own, **named)


async def listen(own: str) -> None:
    capture = await stored(own)
    await in_database(transcribe, capture.id, now=timezone.now())


async def test_it_is_spoken_heard_and_answered(carol: User, ears: Ears):
    ears()
    own, audio = str(uuid4()), recordings.spoken()
    async with connect(carol) as client:
        assert await start(client, own) == 0
        assert await send(client, audio) == len(audio)
        ack = await stop(client, own)
        await listen(own)
        heard = [await client.receive_type("transcript.partial")]
        final = await client.receive()
        while final["type"] != "transcript.final":
            heard += [final] if final["type"] == "transcript.partial" else []
            final = await client.receive()
        assert final == {"type": "transcript.final", "id": own, "text": recordings.SAID, "language": ""}
        assert heard[-1]["text"] == recordings.SAID
        assert all(recordings.SAID.startswith(frame["text"]) for frame in heard)
        work = asyncio.create_task(run(ack["turn_id"]))
        end = await client.receive_type("turn.completed")
        await work
    assert end["turn_id"] == ack["turn_id"]
    assert [receipt["title"] for receipt in end["receipts"]] == ["Call Bob", "Buy milk"]
    capture = await stored(own)
    with capture.audio.open("rb") as file:
        assert file.read() == audio
    assert not await in_database(CaptureChunk.objects.exists)


async def test_what_a_browser_has_recorded(carol: User, ears: Ears):
    ears("call Bob")
    own, audio = str(uuid4()), (recordings.FOLDER / "chromium.webm").read_bytes()
    async with connect(carol) as client:
        await start(client, own, mime="audio/webm;codecs=opus")
        assert await send(client, audio) == len(audio)
        await stop(client, own)
        await listen(own)
        assert (await client.receive_type("transcript.final"))["text"] == "call Bob"


async def test_what_is_acknowledged_is_safe_and_gone_on_with(carol: User):
    own, audio = str(uuid4()), recordings.spoken()
    received = 0
    for cut in (1, 2, 3):
        async with connect(carol) as client:
            assert await start(client, own) == received
            received = await send(client, audio[: cut * 30_000], start_at=received)
    async with connect(carol) as client:
        assert await start(client, own) == 90_000
        assert await send(client, audio, start_at=90_000) == len(audio)
        first = await stop(client, own)
        assert await stop(client, own) == first
        await client.send(
            type="audio.start", id=own, mime="audio/wav", recorded_at=timezone.now().isoformat()
        )
        assert (await client.receive_type("error"))["code"] == "capture_ended"
    capture = await stored(own)
    with capture.audio.open("rb") as file:
        assert file.read() == audio


async def test_the_turn_can_be_resumed_before_it_exists(carol: User, ears: Ears):
    ears("call Bob")
    own = str(uuid4())
    async with connect(carol) as client:
        await start(client, own)
        await send(client, recordings.spoken())
        ack = await stop(client, own)
    async with connect(carol) as client:
        await client.send(type="resume", after=0, turns={ack["turn_id"]: "0-0"})
        await listen(own)
        work = asyncio.create_task(run(ack["turn_id"]))
        assert (await client.receive_type("turn.completed"))["turn_id"] == ack["turn_id"]
        await work
        await client.send(type="resume", after=0, turns={str(uuid4()): "0-0"})
        assert (await client.receive_type("error"))["code"] == "turn_not_found"


async def test_two_sockets_cannot_mix_one_recording(carol: User):
    own, audio = str(uuid4()), recordings.spoken()
    async with connect(carol) as one, connect(carol) as other:
        await start(one, own)
        await start(other, own)
        await send(one, audio[:PIECE])
        await other.send_raw(bytes_data=b"something else")
        refused = await other.receive_type("error")
        assert (refused["code"], refused["id"]) == ("audio_out_of_place", own)
        assert await start(other, own) == PIECE
        assert await send(other, audio, start_at=PIECE) == len(audio)


async def test_what_cannot_be_recorded(carol: User, settings):
    settings.CAPTURE_MAX_BYTES = 100
    own = str(uuid4())

    async def refusal() -> tuple[str, str | None]:
        error = await client.receive_type("error")
        return error["code"], error.get("id")

    async with connect(carol) as client:
        await client.send_raw(bytes_data=b"x")
        assert await refusal() == ("unexpected_binary", None)
        await client.send(type="audio.stop", id=own)
        assert await refusal() == ("capture_not_found", own)
        now = timezone.now().isoformat()
        await client.send(type="audio.start", id=own, mime="text/plain", recorded_at=now)
        assert await refusal() == ("audio_type_unknown", own)
        await client.send(type="audio.start", id=own, mime="audio/wav", recorded_at="yesterday")
        assert await refusal() == ("invalid_frame", own)
        await start(client, own)
        await client.send(type="audio.stop", id=own)
        assert await refusal() == ("audio_empty", own)
        await client.send_raw(bytes_data=b"x" * 101)
        assert await refusal() == ("audio_too_large", own)
        await client.send_raw(bytes_data=b"x" * 100)
        assert (await client.receive_type("audio.ack"))["received"] == 100


async def test_a_recording_is_thrown_away(carol: User):
    own = str(uuid4())
    async with connect(carol) as client:
        await start(client, own)
        await send(client, recordings.spoken())
        await client.send(type="audio.cancel", id=own)
        event = await client.receive_type("event")
        while event["kind"] != "capture.cancelled":
            event = await client.receive_type("event")
        await client.send_raw(bytes_data=b"more")
        assert (await client.receive_type("error"))["code"] == "unexpected_binary"
        await client.send(type="audio.cancel", id=own)
        await client.send(type="audio.stop", id=own)
        refused = await client.receive_type("error")
        assert (refused["id"], refused["code"]) == (own, "capture_not_found")
    assert not await in_database(CaptureChunk.objects.exists)
    assert not await in_database(Message.objects.exists)


async def test_nobody_goes_on_with_anothers_recording(carol: User):
    own, bob = str(uuid4()), await in_database(register, "bob@example.com")
    async with connect(carol) as client, connect(bob) as stranger:
        await start(client, own)
        await send(client, b"secret words")
        assert await start(stranger, own) == 0
        for kind in ("audio.stop", "audio.cancel"):
            await stranger.send(type=kind, id=str(uuid4()))
            assert (await stranger.receive_type("error"))["code"] == "capture_not_found"
    theirs = await stored(own, user=bob)
    assert theirs.received == 0


async def test_a_client_that_never_comes_back_is_heard_all_the_same(carol: User, ears: Ears):
    ears("call Bob")
    spoken, empty = str(uuid4()), str(uuid4())
    async with connect(carol) as client:
        await start(client, empty)
        await start(client, spoken)
        await send(client, recordings.spoken())
    later = timezone.now() + timedelta(minutes=9)
    assert await in_database(services.sweep_recordings, now=later) == 0
    later += timedelta(minutes=2)
    assert await in_database(services.sweep_recordings, now=later) == 2
    assert (await stored(empty)).status == "cancelled"
    await listen(spoken)
    capture = await stored(spoken)
    assert (capture.status, capture.text) == ("transcribed", "call Bob")
    assert await in_database(Message.objects.filter(id=capture.message_id).exists)
