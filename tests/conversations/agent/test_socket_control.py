"""Over the WebSocket: turns are stopped and undone, approvals asked, seen again after a cut, answered."""

from __future__ import annotations

import asyncio
import threading
from uuid import UUID, uuid4

import pytest
from asgiref.sync import sync_to_async

from conversations import socket_checks
from conversations.models import Approval
from conversations.turn_stream import stream_key
from tasks.models import Task
from tests.conftest import register
from tests.conversations.agent.conftest import Person
from tests.conversations.conftest import Models
from tests.conversations.sockets import Client, connect, run, say
from tests.conversations.test_turn_stream import heard
from tests.fakes.script import Answer, Call, by_step, in_order
from voice2task.kernel.database import in_database
from voice2task.kernel.redis import push_client

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_closed_loop_connections"),
]

SEVEN = Call("create_tasks", {"tasks": [{"title": f"Task {number}"} for number in range(7)]})


async def until_end(client: Client) -> list[dict]:
    """The frames of the client's turn to its end."""
    frames: list[dict] = []
    while not frames or frames[-1]["type"] not in {"turn.completed", "turn.stopped", "turn.failed"}:
        frame = await client.receive()
        if frame["type"].startswith("turn."):
            frames.append(frame)
    return frames


async def asked(client: Client, models: Models) -> list[dict]:
    """The frames of a turn that wants to make seven tasks, to where it waits for the user."""
    models(openai=by_step(Answer("One moment.", calls=(SEVEN,)), Answer("Here you are.")))
    return await say(client, "make seven tasks")


def count_of(person: Person) -> int:
    return Task.objects.of(person.user.id).kept().count()


async def test_a_turn_asks_and_a_yes_lets_it_go_on(carol: Person, models: Models):
    async with connect(carol.user) as client:
        frames = await asked(client, models)
        approval = frames[-1]["approval"]
        assert (frames[-1]["type"], approval["tool"], approval["rows"]) == (
            "turn.approval",
            "create_tasks",
            7,
        )
        assert await in_database(count_of, carol) == 0
        await client.send(type="approval.answer", approval_id=approval["id"], decision="approve")
        event = await client.receive_type("event")
        while event["kind"] != "approval.approved":
            event = await client.receive_type("event")
        work = asyncio.create_task(run(frames[-1]["turn_id"]))
        rest = await until_end(client)
        await work
    assert rest[-1]["type"] == "turn.completed"
    assert len(rest[-1]["receipts"]) == 7
    reset = [frame["type"] for frame in rest].index("turn.reset")
    assert heard(rest[reset:]) == rest[-1]["message"]["text"] == "One moment.\n\nHere you are."


async def test_an_edited_answer_and_a_second_one(carol: Person, models: Models):
    async with connect(carol.user) as client:
        frames = await asked(client, models)
        answer = {
            "type": "approval.answer",
            "approval_id": frames[-1]["approval"]["id"],
            "decision": "approve",
            "arguments": {"tasks": [{"title": "Only this"}]},
            "digest": frames[-1]["approval"]["digest"],
        }
        await client.send(**answer)
        await client.send(**answer)
        error = await client.receive_type("error")
        assert (error["code"], error["id"]) == ("approval_answered", answer["approval_id"])
        await run(frames[-1]["turn_id"])
    assert await in_database(lambda: [task.title for task in Task.objects.all()]) == ["Only this"]


@pytest.mark.parametrize("stream_lost", [False, True])
async def test_what_is_asked_is_seen_again_by_who_comes_back(
    carol: Person, models: Models, stream_lost: bool
):
    async with connect(carol.user) as client:
        frames = await asked(client, models)
    turn_id = frames[-1]["turn_id"]
    if stream_lost:
        push_client().delete(stream_key(UUID(turn_id)))
    async with connect(carol.user) as client:
        await client.send(type="resume", after=0, turns={turn_id: "0-0"})
        again = await client.receive_type("turn.approval")
        assert again["approval"] == frames[-1]["approval"]
        await client.send(
            type="approval.answer", approval_id=again["approval"]["id"], decision="reject", digest=""
        )
        await client.receive_type("event")
        work = asyncio.create_task(run(turn_id))
        assert (await until_end(client))[-1]["receipts"] == []
        await work
    assert await in_database(count_of, carol) == 0


async def test_what_is_asked_is_told_once_however_often_is_looked(
    carol: Person, models: Models, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(socket_checks, "CHECK_SECONDS", 0.02)
    async with connect(carol.user) as client:
        frames = await asked(client, models)
        push_client().delete(stream_key(UUID(frames[-1]["turn_id"])))
        await client.send(type="ping")
        while (frame := await client.receive())["type"] != "pong":
            assert frame["type"] != "turn.approval"
        assert not [frame async for frame in soon(client) if frame["type"].startswith("turn.")]


async def soon(client: Client):
    """What comes while nothing happens, for some checks."""
    while not await client.silent():
        yield await client.receive()


async def test_choices_are_still_there_after_a_cut(carol: Person, models: Models):
    models()
    async with connect(carol.user) as client:
        frames = await say(client, "call Anna about the house, call Anna about the car")
        where = {"conversation_id": (await in_database(lambda: conversation_of(frames[-1]["turn_id"])))}
        frames = await say(client, "mark call Anna as done", **where)
    assert [choice["number"] for choice in frames[-1]["choices"]] == [1, 2]
    turn_id = frames[-1]["turn_id"]
    push_client().delete(stream_key(UUID(turn_id)))
    async with connect(carol.user) as client:
        await client.send(type="resume", after=0, turns={turn_id: "0-0"})
        again = await client.receive_type("turn.completed")
        assert again["choices"] == frames[-1]["choices"]
        done = await say(client, "the second one", **where)
    chosen = frames[-1]["choices"][1]["task"]["id"]
    assert [receipt["subject"]["id"] for receipt in done[-1]["receipts"]] == [chosen]


def conversation_of(turn_id: str) -> str:
    from conversations.models import Turn

    return str(Turn.objects.get(id=turn_id).conversation_id)


async def test_a_running_turn_is_stopped(carol: Person, models: Models):
    (fake,) = models(
        openai=in_order(Answer("I have begun to think", gate=threading.Event(), pieces=4)),
    )
    async with connect(carol.user) as client:
        await client.send(type="message.send", id=str(uuid4()), text="think")
        ack = await client.receive_type("ack")
        work = asyncio.create_task(run(ack["turn_id"]))
        await client.receive_type("turn.delta")
        await client.send(type="turn.stop", turn_id=ack["turn_id"])
        stopped = await client.receive_type("turn.stopped")
        await work
    assert "I have begun".startswith(stopped["message"]["text"])
    assert await asyncio.to_thread(fake.requests[0].closed.wait, 10)


async def test_a_turn_that_waits_is_stopped_and_its_approval_gone(carol: Person, models: Models):
    async with connect(carol.user) as client:
        frames = await asked(client, models)
        await client.send(type="turn.stop", turn_id=frames[-1]["turn_id"])
        stopped = await client.receive_type("turn.stopped")
        assert stopped["message"]["text"] == "One moment."
    assert await in_database(lambda: Approval.objects.get().status) == "cancelled"


async def test_a_turn_that_nobody_works_on_is_stopped_at_once(carol: Person):
    async with connect(carol.user) as client:
        await client.send(type="message.send", id=str(uuid4()), text="buy milk")
        ack = await client.receive_type("ack")
        await client.send(type="turn.stop", turn_id=ack["turn_id"])
        assert (await client.receive_type("turn.stopped"))["message"] is None
        await client.send(type="turn.stop", turn_id=ack["turn_id"])
        error = await client.receive_type("error")
        assert (error["code"], error["id"]) == ("turn_ended", ack["turn_id"])


async def test_a_turn_is_undone_and_told_by_an_event(carol: Person, models: Models):
    models()
    async with connect(carol.user) as client:
        frames = await say(client, "buy milk")
        await client.send(type="turn.undo", turn_id=frames[-1]["turn_id"])
        event = await client.receive_type("event")
        while event["kind"] != "turn.undone":
            event = await client.receive_type("event")
    assert event["subject"]["id"] == frames[-1]["turn_id"]
    assert [row["name"] for row in event["data"]["after"]["undone"]] == ["Buy milk"]
    assert await in_database(count_of, carol) == 0


async def test_nobody_else_can_stop_undo_or_answer(carol: Person, models: Models):
    stranger = await sync_to_async(register)("stranger@example.com")
    async with connect(carol.user) as client, connect(stranger) as outside:
        frames = await asked(client, models)
        turn_id, approval_id = frames[-1]["turn_id"], frames[-1]["approval"]["id"]
        for frame, code in (
            ({"type": "turn.stop", "turn_id": turn_id}, "turn_not_found"),
            ({"type": "turn.undo", "turn_id": turn_id}, "turn_not_found"),
            (
                {"type": "approval.answer", "approval_id": approval_id, "decision": "approve"},
                "approval_not_found",
            ),
        ):
            await outside.send(**frame)
            assert (await outside.receive_type("error"))["code"] == code
    assert (await in_database(carol.waiting)).id == UUID(approval_id)


@pytest.mark.parametrize(
    "frame",
    [
        {"type": "turn.stop"},
        {"type": "turn.undo", "turn_id": "x"},
        {"type": "approval.answer", "approval_id": str(uuid4()), "decision": "perhaps"},
        {"type": "approval.answer", "approval_id": str(uuid4()), "decision": "approve", "arguments": []},
    ],
)
async def test_a_bad_control_frame_is_refused(carol: Person, frame: dict):
    async with connect(carol.user) as client:
        await client.send(**frame)
        assert (await client.receive_type("error"))["code"] == "invalid_frame"
