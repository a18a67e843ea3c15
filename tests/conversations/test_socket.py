"""The WebSocket: what each frame does, what each bad frame answers, and what survives a cut."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.actors import Actor
from accounts.models import User
from activities import feed
from activities.models import UserStream
from conversations import consumers, services, socket_checks
from conversations.models import Message, Turn
from conversations.turn_feed import LAST_FRAME_PATIENCE, TurnFeed
from conversations.turn_stream import stream_key
from tests.accounts.conftest import browser
from tests.activities.test_spine import record_one
from tests.conftest import register
from tests.conversations.sockets import access_token, connect, run, say
from tests.conversations.test_turn_stream import heard
from tests.waiting import wait_for_async
from voice2task.kernel import draining
from voice2task.kernel.database import in_database
from voice2task.kernel.redis import loop_client, push_client

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_closed_loop_connections"),
]


@pytest.fixture
def carol(transactional_db: None, empty_redis: None) -> User:
    return register("carol@example.com")


@pytest.fixture
def quick_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket_checks, "CHECK_SECONDS", 0.05)


# Who may open it


async def test_a_bearer_token_opens_it(carol: User):
    async with connect(carol, subprotocols=["v2t.v1"]) as client:
        ready = await client.receive()
    assert ready["type"] == "ready"
    assert ready["user_id"] == str(carol.id)
    assert ready["seq"] == await in_database(UserStream.objects.seq_of, carol.id)


async def test_a_ticket_opens_it_once(carol: User):
    def issue() -> str:
        from accounts.actors import SocketLogin
        from accounts.services import login_of_access_token
        from accounts.tickets import issue_ticket

        return issue_ticket(SocketLogin(carol.id, login_id=login_of_access_token(access_token(carol)).id))

    offered = ["v2t.v1", f"ticket.{await sync_to_async(issue)()}"]
    async with connect(subprotocols=offered) as client:
        assert (await client.receive())["type"] == "ready"
    async with connect(subprotocols=offered) as client:
        assert await client.closed_with() == 4401


async def cookie_of(user: User) -> tuple[bytes, bytes]:
    def log_in() -> str:
        client = APIClient()
        client.force_login(user)
        return client.cookies["sessionid"].value

    return b"cookie", f"sessionid={await sync_to_async(log_in)()}".encode()


@pytest.mark.parametrize(
    ("origin", "opens"),
    [(b"http://testserver", True), (None, True), (b"http://evil.example", False), (b"null", False)],
)
async def test_a_cookie_opens_it_from_this_site_only(carol: User, origin: bytes | None, opens: bool):
    headers = [await cookie_of(carol)] + ([(b"origin", origin)] if origin else [])
    async with connect(headers=headers) as client:
        if opens:
            assert (await client.receive())["type"] == "ready"
        else:
            assert await client.closed_with() == 4403


@pytest.mark.parametrize("headers", [[], [(b"authorization", b"Bearer x")], [(b"cookie", b"sessionid=x")]])
async def test_nobody_else_is_let_in(transactional_db: None, headers: list):
    async with connect(headers=headers) as client:
        assert await client.closed_with() == 4401


async def test_a_revoked_login_closes_its_socket(carol: User, quick_check: None):
    async with connect(carol) as client:
        await client.receive_type("ready")

        def revoke() -> None:
            from accounts.services import revoke_all_logins

            revoke_all_logins(actor=Actor(carol.id), now=timezone.now())

        await sync_to_async(revoke)()
        assert await client.closed_with() == 4401


async def test_signing_out_everywhere_else_closes_others_sockets(carol: User, quick_check: None):
    there = await sync_to_async(browser)(carol.email)
    here = await sync_to_async(browser)(carol.email)

    def opened_by(client: APIClient) -> Any:
        return connect(headers=[(b"cookie", f"sessionid={client.cookies['sessionid'].value}".encode())])

    def sign_out_elsewhere() -> None:
        token = here.cookies["csrftoken"].value
        assert here.delete("/api/v1/auth/sessions/", headers={"X-CSRFToken": token}).status_code == 204

    async with opened_by(there) as other, opened_by(here) as mine:
        await other.receive_type("ready")
        await mine.receive_type("ready")
        await sync_to_async(sign_out_elsewhere)()
        assert await other.closed_with() == 4401
        await mine.send(type="ping")
        await mine.receive_type("pong")


# What is said


async def test_a_sentence_is_acknowledged_answered_and_done(carol: User):
    async with connect(carol) as client:
        frames = await say(client, "buy milk")
    kinds = [frame["type"] for frame in frames]
    assert kinds[0] == "turn.started"
    assert [frame["status"] for frame in frames if frame["type"] == "turn.tool"] == ["started", "finished"]
    end = frames[-1]
    assert end["type"] == "turn.completed"
    assert heard(frames) == end["message"]["text"]
    assert [receipt["kind"] for receipt in end["receipts"]] == ["task.created"]
    assert end["receipts"][0]["task"]["title"] == "Buy milk"


async def test_events_arrive_gapless_and_in_order(carol: User):
    async with connect(carol) as client:
        seq = (await client.receive_type("ready"))["seq"]
        message_id = str(uuid4())
        await client.send(type="message.send", id=message_id, text="buy milk")
        turn_id = None
        seqs, kinds = [], []
        while "turn.completed" not in kinds:
            frame = await client.receive()
            if frame["type"] == "ack":
                turn_id = frame["turn_id"]
                work = asyncio.create_task(run(turn_id))
            elif frame["type"] == "event":
                seqs.append(frame["seq"])
                kinds.append(frame["kind"])
        await work
    assert seqs == list(range(seq + 1, seq + 1 + len(seqs)))
    assert kinds == ["conversation.created", "message.posted", "task.created", "turn.completed"]


async def test_the_same_message_sent_twice_is_acknowledged_alike(carol: User):
    frame = {"type": "message.send", "id": str(uuid4()), "text": "buy milk"}
    async with connect(carol) as client:
        await client.send(**frame)
        first = await client.receive_type("ack")
        await client.send(**frame)
        assert await client.receive_type("ack") == first


async def test_another_client_of_the_user_sees_it_and_a_stranger_does_not(carol: User):
    stranger = await sync_to_async(register)("stranger@example.com")
    async with connect(carol) as client, connect(carol) as other, connect(stranger) as outside:
        await outside.receive_type("ready")
        await other.receive_type("ready")
        frames = await say(client, "buy milk")
        end = await other.receive_type("turn.completed")
        assert end == frames[-1]
        assert await outside.silent()


async def test_ping(carol: User):
    async with connect(carol) as client:
        await client.send(type="ping")
        assert (await client.receive_type("pong")) == {"type": "pong"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"text_data": "{"}, "invalid_json"),
        ({"text_data": "[]"}, "invalid_frame"),
        ({"text_data": "{}"}, "unknown_type"),
        ({"text_data": '{"type": ["x"]}'}, "unknown_type"),
        ({"text_data": '{"type": "fly"}'}, "unknown_type"),
        ({"text_data": '{"type": "message.send"}'}, "invalid_frame"),
        ({"text_data": '{"type": "message.send", "id": "x", "text": "y"}'}, "invalid_frame"),
        ({"text_data": '{"type": "ping", "more": 1}'}, "invalid_frame"),
        ({"text_data": '{"type": "resume", "after": -1}'}, "invalid_frame"),
        ({"text_data": '{"type": "resume", "after": 0, "turns": {"x": "1-1"}}'}, "invalid_frame"),
        ({"text_data": f'{{"type": "resume", "after": 0, "turns": {{"{uuid4()}": "x"}}}}'}, "invalid_frame"),
        (
            {"text_data": f'{{"type": "resume", "after": 0, "turns": {{"{uuid4()}": "1-1"}}}}'},
            "turn_not_found",
        ),
        ({"text_data": json.dumps({"type": "ping", "text": "x" * 1_000_000})}, "frame_too_large"),
        (
            {"text_data": json.dumps({"type": "message.send", "id": str(uuid4()), "text": " "})},
            "text_invalid",
        ),
        (
            {
                "text_data": json.dumps(
                    {"type": "message.send", "id": str(uuid4()), "text": "x", "conversation_id": str(uuid4())}
                )
            },
            "conversation_not_found",
        ),
        ({"bytes_data": b"\x00\x01"}, "unexpected_binary"),
    ],
)
async def test_a_bad_frame_gets_its_code_and_the_socket_stays_open(carol: User, data: dict, code: str):
    async with connect(carol) as client:
        await client.receive_type("ready")
        await client.send_raw(**data)
        assert (await client.receive_type("error"))["code"] == code
        await client.send(type="ping")
        await client.receive_type("pong")
    assert not await sync_to_async(Message.objects.exists)()


async def test_a_fault_inside_answers_the_frame_and_keeps_the_socket(
    carol: User, monkeypatch: pytest.MonkeyPatch
):
    def broken(**kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(services, "post_message", broken)
    async with connect(carol) as client:
        await client.send(type="message.send", id=str(uuid4()), text="x")
        assert (await client.receive_type("error"))["code"] == "internal_error"


async def test_a_database_that_is_away_is_said_so(carol: User, monkeypatch: pytest.MonkeyPatch):
    from django.db import OperationalError

    def away(**kwargs):
        raise OperationalError("away")

    monkeypatch.setattr(services, "post_message", away)
    async with connect(carol) as client:
        message_id = str(uuid4())
        await client.send(type="message.send", id=message_id, text="x")
        error = await client.receive_type("error")
    assert (error["code"], error["id"]) == ("unavailable", message_id)


# Coming back


async def test_resume_brings_every_event_that_was_missed(carol: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(feed, "PAGE", 3)
    after = await in_database(UserStream.objects.seq_of, carol.id)
    for _ in range(8):
        await in_database(record_one, carol)
    async with connect(carol) as client:
        await client.send(type="resume", after=after)
        seqs = [(await client.receive_type("event"))["seq"] for _ in range(8)]
    assert seqs == list(range(after + 1, after + 9))


async def test_a_client_too_far_behind_or_ahead_is_reset(carol: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(feed, "FURTHEST", 2)
    for _ in range(4):
        await in_database(record_one, carol)
    async with connect(carol) as client:
        seq = (await client.receive_type("ready"))["seq"]
        for after in (0, seq + 100):
            await client.send(type="resume", after=after)
            assert await client.receive_type("reset") == {"type": "reset", "seq": seq}
        await in_database(record_one, carol)
        assert (await client.receive_type("event"))["seq"] == seq + 1


async def test_events_that_redis_lost_are_found_by_the_check(carol: User, quick_check: None, monkeypatch):
    from activities import relay

    async with connect(carol) as client:
        seq = (await client.receive_type("ready"))["seq"]
        with monkeypatch.context() as lost:
            lost.setattr(relay, "announce", lambda *args: None)
            await in_database(record_one, carol)
        assert (await client.receive_type("event"))["seq"] == seq + 1


async def test_a_push_that_overtook_another_waits_for_it(carol: User, monkeypatch):
    from activities import relay

    async with connect(carol) as client:
        seq = (await client.receive_type("ready"))["seq"]
        with monkeypatch.context() as lost:
            lost.setattr(relay, "announce", lambda *args: None)
            await in_database(record_one, carol)
        await in_database(record_one, carol)
        assert [(await client.receive_type("event"))["seq"] for _ in range(2)] == [seq + 1, seq + 2]


async def finished_turn(user: User) -> tuple[str, list[dict]]:
    async with connect(user) as client:
        frames = await say(client, "buy milk and call mom")
    return frames[0]["turn_id"], frames


async def test_a_turn_is_resumed_from_every_position(carol: User):
    turn_id, frames = await finished_turn(carol)
    for known in range(len(frames)):
        position = frames[known - 1]["position"] if known else "0-0"
        async with connect(carol) as client:
            await client.send(type="resume", after=0, turns={turn_id: position})
            rest = []
            while not rest or rest[-1]["type"] != "turn.completed":
                frame = await client.receive()
                if frame["type"].startswith("turn."):
                    rest.append(frame)
        assert frames[:known] + rest == frames


async def test_a_turn_whose_stream_is_gone_is_delivered_whole(carol: User):
    turn_id, frames = await finished_turn(carol)
    push_client().delete(stream_key(UUID(turn_id)))
    async with connect(carol) as client:
        await client.send(type="resume", after=0, turns={turn_id: frames[2]["position"]})
        await client.receive_type("turn.reset")
        delta = await client.receive_type("turn.delta")
        end = await client.receive_type("turn.completed")
    assert delta["text"] == end["message"]["text"] == heard(frames)
    assert end["receipts"] == frames[-1]["receipts"]


async def test_a_failed_turn_whose_stream_is_gone_is_told(carol: User):
    def fail() -> UUID:
        posted = services.post_message(actor=Actor(carol.id), text="x", now=timezone.now())
        claim = services.claim_turn(turn_id=posted.turn_id, now=timezone.now())
        services.fail_turn(claim=claim, code="time_limit", message="It took too long.", now=timezone.now())
        return posted.turn_id

    turn_id = await sync_to_async(fail)()
    async with connect(carol) as client:
        await client.send(type="resume", after=0, turns={str(turn_id): "0-0"})
        failed = await client.receive_type("turn.failed")
    assert failed["code"] == "time_limit"


async def test_a_turn_that_ended_unseen_is_found_by_the_check(carol: User, quick_check: None):
    """The worker died between its commit and its last frame."""
    async with connect(carol) as client:
        await client.send(type="message.send", id=str(uuid4()), text="buy milk")
        ack = await client.receive_type("ack")

        def end_silently() -> None:
            claim = services.claim_turn(turn_id=UUID(ack["turn_id"]), now=timezone.now())
            services.finish_turn(
                engine="rules",
                fallbacks=[],
                claim=claim,
                text="Done.",
                answer=services.Answer(0, "rules", "Done."),
                choices=[],
                now=timezone.now(),
            )

        await sync_to_async(end_silently)()
        await client.receive_type("turn.reset")
        assert (await client.receive_type("turn.completed"))["message"]["text"] == "Done."


async def test_a_turn_that_ended_just_now_is_not_begun_anew(carol: User):
    """Its last frame is on its way: to tell everything again would only be in the way of it."""
    sent: list[bytes] = []

    async def send(frame: bytes) -> None:
        sent.append(frame)

    def end_silently() -> UUID:
        posted = services.post_message(actor=Actor(carol.id), text="x", now=timezone.now())
        claim = services.claim_turn(turn_id=posted.turn_id, now=timezone.now())
        services.fail_turn(claim=claim, code="broken", message="It broke.", now=timezone.now())
        return posted.turn_id

    turn_id = await in_database(end_silently)
    turns = TurnFeed(carol.id, send, loop_client())
    turns.watch(turn_id)
    await turns.catch_up()
    assert not sent
    earlier = timezone.now() - LAST_FRAME_PATIENCE
    await in_database(Turn.objects.filter(id=turn_id).update, finished_at=earlier)
    await turns.catch_up()
    assert [json.loads(frame)["type"] for frame in sent] == ["turn.reset", "turn.failed"]
    assert not turns.has_silent()


async def test_the_sweep_tells_waiting_clients_that_a_turn_failed(carol: User):
    async with connect(carol) as client:
        await client.send(type="message.send", id=str(uuid4()), text="buy milk")
        ack = await client.receive_type("ack")

        def give_up() -> None:
            services.claim_turn(turn_id=UUID(ack["turn_id"]), now=timezone.now())
            past = timezone.now() - timedelta(seconds=1)
            Turn.objects.filter(id=ack["turn_id"]).update(lease_expires_at=past, failures=2)
            services.sweep_turns(now=timezone.now())

        await sync_to_async(give_up)()
        assert (await client.receive_type("turn.failed"))["code"] == "worker_lost"


async def test_a_redis_that_restarts_is_listened_to_again(carol: User):
    async with connect(carol) as client:
        seq = (await client.receive_type("ready"))["seq"]
        push_client().client_kill_filter(_type="pubsub")
        await in_database(record_one, carol)
        assert (await client.receive_type("event"))["seq"] == seq + 1

        async def subscribed() -> bool:
            return bool(push_client().pubsub_numsub(f"user:{carol.id}")[0][1])

        await wait_for_async(subscribed)
        await in_database(record_one, carol)
        assert (await client.receive_type("event"))["seq"] == seq + 2


async def test_a_client_that_cannot_keep_up_is_closed(carol: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(consumers, "WAITING_LIMIT", 5)
    blocked = asyncio.Event()

    async def stuck(self, payload: bytes) -> None:
        await blocked.wait()

    monkeypatch.setattr(feed.EventFeed, "push", stuck)
    async with connect(carol) as client:
        await client.receive_type("ready")
        for _ in range(10):
            await in_database(record_one, carol)
        assert await client.closed_with() == 4408


async def test_a_server_that_ends_sends_its_clients_elsewhere(carol: User):
    async with connect(carol) as client, connect(carol) as other:
        await client.receive_type("ready")
        await other.receive_type("ready")
        assert draining.still_open() == 2
        await draining.send_all_away()
        assert await client.closed_with() == await other.closed_with() == 1012
    assert draining.still_open() == 0
