"""API tokens on the WebSocket: what each scope opens, and how it ends."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone

from accounts.actors import Actor, SocketLogin
from accounts.models import ApiToken, User
from accounts.services import create_api_token, revoke_api_token
from accounts.tickets import issue_ticket
from conversations import socket_checks
from tests.conftest import register
from tests.conversations.sockets import connect

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_closed_loop_connections"),
]


@pytest.fixture
def carol(transactional_db: None, empty_redis: None) -> User:
    return register("carol@example.com")


@pytest.fixture(autouse=True)
def _quick_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket_checks, "CHECK_SECONDS", 0.05)


def made(user: User, *scopes: str) -> tuple[ApiToken, str]:
    return create_api_token(actor=Actor(user.id), name="bot", scopes=scopes, now=timezone.now())


def by(text: str) -> list[tuple[bytes, bytes]]:
    return [(b"authorization", f"Bearer {text}".encode())]


@pytest.mark.parametrize(("scopes", "opens"), [(("read",), True), (("write", "agent"), False)])
async def test_reading_opens_it(carol: User, scopes: tuple[str, ...], opens: bool):
    _, text = await sync_to_async(made)(carol, *scopes)
    async with connect(headers=by(text)) as client:
        if opens:
            assert (await client.receive())["user_id"] == str(carol.id)
        else:
            assert await client.closed_with() == 4403


async def test_a_ticket_carries_the_scopes(carol: User):
    def ticket() -> str:
        token, _ = made(carol, "read")
        return issue_ticket(SocketLogin(carol.id, token_id=token.id, scopes=frozenset(token.scopes)))

    offered = ["v2t.v1", f"ticket.{await sync_to_async(ticket)()}"]
    async with connect(subprotocols=offered) as client:
        await client.receive_type("ready")
        await client.send(type="message.send", id=str(uuid4()), text="buy milk")
        assert (await client.receive_type("error"))["code"] == "scope_missing"


async def test_without_the_scope_agent_it_only_listens(carol: User):
    _, text = await sync_to_async(made)(carol, "read", "write")
    turn = str(uuid4())
    async with connect(headers=by(text)) as client:
        await client.receive_type("ready")
        for frame in (
            {"type": "message.send", "id": turn, "text": "buy milk"},
            {"type": "audio.start", "id": turn, "mime": "audio/ogg", "recorded_at": "2026-01-01T00:00:00Z"},
            {"type": "turn.stop", "turn_id": turn},
            {"type": "turn.undo", "turn_id": turn},
            {"type": "approval.answer", "approval_id": turn, "decision": "approve"},
        ):
            await client.send(**frame)
            refused = await client.receive_type("error")
            assert (refused["code"], refused["id"]) == ("scope_missing", turn)
        await client.send_raw(bytes_data=b"sound")
        assert (await client.receive_type("error"))["code"] == "scope_missing"
        await client.send(type="resume", after=0, turns={})
        await client.send(type="ping")
        assert (await client.receive_type("pong")) == {"type": "pong"}


async def test_with_it_messages_are_taken(carol: User):
    _, text = await sync_to_async(made)(carol, "read", "agent")
    async with connect(headers=by(text)) as client:
        await client.receive_type("ready")
        await client.send(type="message.send", id=str(uuid4()), text="buy milk")
        assert UUID((await client.receive_type("ack"))["turn_id"])


async def test_revoking_it_closes_its_sockets(carol: User):
    token, text = await sync_to_async(made)(carol, "read")
    async with connect(headers=by(text)) as client:
        await client.receive_type("ready")
        revoke = sync_to_async(revoke_api_token)
        await revoke(actor=Actor(carol.id), token_id=token.id, now=timezone.now())
        assert await client.closed_with() == 4401


async def test_its_end_closes_its_sockets(carol: User):
    _, text = await sync_to_async(made)(carol, "read")
    async with connect(headers=by(text)) as client:
        await client.receive_type("ready")
        ended = timezone.now() - timedelta(seconds=1)
        await sync_to_async(ApiToken.objects.update)(expires_at=ended)
        assert await client.closed_with() == 4401
    async with connect(headers=by(text)) as client:
        assert await client.closed_with() == 4401
