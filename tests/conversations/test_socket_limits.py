"""How much one user may send over sockets, how many sockets and turns they may have at once."""

from __future__ import annotations

from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from rest_framework.test import APIClient

from accounts.models import User
from conversations import socket_checks
from conversations.models import Message, Turn
from tests.accounts.conftest import error
from tests.conftest import client_of, register
from tests.conversations.sockets import connect
from voice2task.kernel import throttling
from voice2task.kernel.rates import Rate
from voice2task.kernel.redis import push_client

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_closed_loop_connections"),
]
MESSAGES = "/api/v1/messages/"


@pytest.fixture
def carol(transactional_db: None, empty_redis: None) -> User:
    throttling.fuse.mend()
    return register("carol@example.com")


@pytest.fixture
def rates(settings):
    def allow(**given: Rate) -> None:
        settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS) | given

    return allow


async def test_too_many_messages_are_refused_and_the_socket_stays(carol: User, rates):
    rates(messages=Rate(2, 3600))
    async with connect(carol) as client:
        await client.receive_type("ready")
        for _ in range(2):
            await client.send(type="message.send", id=str(uuid4()), text="buy milk")
            await client.receive_type("ack")
        refused = str(uuid4())
        await client.send(type="message.send", id=refused, text="buy milk")
        answer = await client.receive_type("error")
        assert (answer["id"], answer["code"]) == (refused, "rate_limited")
        await client.send(type="ping")
        await client.receive_type("pong")
    # REST counts with it.
    assert error(await sync_to_async(client_of(carol).post)(MESSAGES, {"text": "x"}))[:2] == (
        429,
        "rate_limited",
    )


async def test_frames_are_counted_and_those_that_are_none_too(carol: User, rates):
    rates(frames=Rate(2, 3600))
    async with connect(carol) as client, connect(carol) as other:
        await client.receive_type("ready")
        await other.receive_type("ready")
        await client.send_raw(text_data="nonsense")
        assert (await client.receive_type("error"))["code"] == "invalid_json"
        await other.send(type="ping")
        await other.receive_type("pong")
        await client.send(type="ping")
        assert (await client.receive_type("error"))["code"] == "rate_limited"


async def test_opening_is_limited_by_address(carol: User, rates, settings):
    rates(address=Rate(1, 3600))
    settings.PROXIES = 1
    for address, code in ((b"10.0.0.1", 4401), (b"10.0.0.1", 4429), (b"10.0.0.2", 4401)):
        headers = [(b"authorization", b"Bearer x"), (b"x-forwarded-for", address)]
        async with connect(headers=headers) as client:
            assert await client.closed_with() == code


async def test_a_user_has_so_many_sockets(carol: User, settings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(socket_checks, "CHECK_SECONDS", 0.05)
    settings.SOCKETS_PER_USER = 2
    async with connect(carol) as first, connect(carol) as second:
        await first.receive_type("ready")
        await second.receive_type("ready")
        async with connect(carol) as third:
            assert await third.closed_with() == 4429
        await first.send(type="ping")
        await first.receive_type("pong")
    async with connect(carol) as again:
        await again.receive_type("ready")


async def test_a_socket_that_was_cut_is_counted_no_longer_than_30_seconds(carol: User, settings):
    settings.SOCKETS_PER_USER = 1
    seats = f"seats:{carol.id}"
    now = int(push_client().time()[0])
    push_client().zadd(seats, {"lost": now - 20})
    async with connect(carol) as client:
        assert await client.closed_with() == 4429
    push_client().zadd(seats, {"lost": now - 35})
    async with connect(carol) as client:
        await client.receive_type("ready")


async def test_without_redis_frames_are_taken(carol: User, rates):
    rates(frames=Rate(1, 3600))
    async with connect(carol) as client:
        await client.receive_type("ready")
        throttling.fuse.blow(OSError())
        for _ in range(3):
            await client.send(type="ping")
            await client.receive_type("pong")
    throttling.fuse.mend()


# --- Turns ----------------------------------------------------------------------------------------------


async def test_so_many_turns_wait_and_no_more(carol: User, settings):
    settings.TURNS_PER_USER = 2
    ids = [str(uuid4()) for _ in range(3)]
    async with connect(carol) as client:
        await client.receive_type("ready")
        for message_id in ids[:2]:
            await client.send(type="message.send", id=message_id, text="buy milk")
            await client.receive_type("ack")
        await client.send(type="message.send", id=ids[2], text="buy milk")
        refused = await client.receive_type("error")
        assert (refused["code"], refused["id"]) == ("too_many_turns", ids[2])
        # What was taken before is acknowledged again.
        await client.send(type="message.send", id=ids[0], text="buy milk")
        await client.receive_type("ack")


def test_an_ended_turn_makes_room(carol: User, settings):
    settings.TURNS_PER_USER = 1
    client = client_of(carol)
    assert client.post(MESSAGES, {"text": "buy milk"}).status_code == 202
    conversation = str(Message.objects.get().conversation_id)
    for given in ({"text": "x"}, {"text": "x", "conversation_id": conversation}):
        assert error(client.post(MESSAGES, given)) == (429, "too_many_turns", None)
    unknown = {"text": "x", "conversation_id": str(uuid4())}
    assert error(client.post(MESSAGES, unknown))[:2] == (404, "conversation_not_found")
    Turn.objects.update(status="completed")
    assert client.post(MESSAGES, {"text": "buy bread"}).status_code == 202


def test_a_recording_needs_room_for_its_turn(carol: User, settings):
    settings.TURNS_PER_USER = 0
    from django.core.files.uploadedfile import SimpleUploadedFile

    client: APIClient = client_of(carol)
    audio = SimpleUploadedFile("a.ogg", b"OggS" + b"x" * 100, content_type="audio/ogg")
    answer = client.post("/api/v1/captures/", {"id": str(uuid4()), "audio": audio}, format="multipart")
    assert error(answer) == (429, "too_many_turns", None)
