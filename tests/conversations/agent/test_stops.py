"""Stopping a turn, and undoing one."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.utils import timezone

from conversations import services
from conversations.models import Message, Turn
from conversations.request_models import LLMRequest
from conversations.runner import runner
from tasks.models import Task
from tasks.services import update_task
from tests.conftest import client_of, register
from tests.conversations.agent.conftest import Person, frames_of, receipts, reply, run
from tests.conversations.conftest import Models
from tests.fakes.script import Answer, Call, by_step, in_order
from tests.waiting import wait_for

pytestmark = pytest.mark.django_db(transaction=True)

MILK = Call("create_tasks", {"tasks": [{"title": "Buy milk"}]})


def test_a_running_turn_is_stopped_and_its_request_closed(carol: Person, models: Models):
    gate = threading.Event()
    (fake,) = models(
        openai=in_order(Answer(calls=(MILK,)), Answer("I have begun to think", gate=gate, pieces=4))
    )
    posted = carol.post("buy milk and tell me all about it")
    with ThreadPoolExecutor(1) as worker:
        working = worker.submit(runner().run, posted.turn_id)
        wait_for(lambda: len(fake.requests) == 2 and Task.objects.exists(), what="the second request")
        wait_for(lambda: told(posted.turn_id) == "I have begun", what="the text")
        response = client_of(carol.user).post(f"/api/v1/turns/{posted.turn_id}/stop/")
        assert response.status_code == 202
        assert fake.requests[1].closed.wait(10)
        working.result(10)
    turn = Turn.objects.get(id=posted.turn_id)
    assert turn.status == "stopped"
    assert reply(turn) == "I have begun"
    assert receipts(turn) == [("task.created", "Buy milk")]
    assert carol.kinds()[-1] == "turn.stopped"
    assert list(LLMRequest.objects.order_by("id").values_list("status", flat=True)) == ["answered", "stopped"]


def told(turn_id: UUID) -> str:
    return "".join(frame["text"] for frame in frames_of(turn_id) if frame["type"] == "turn.delta")


def test_a_turn_that_nobody_works_on_is_stopped_at_once(carol: Person):
    posted = carol.post("buy milk")
    following = carol.post("hello", conversation_id=posted.conversation_id)
    turn = services.stop_turn(actor=carol.actor, turn_id=posted.turn_id, now=timezone.now())
    assert turn.status == "stopped"
    assert not Message.objects.filter(turn=turn, role="assistant").exists()
    assert run(posted.turn_id).status == "stopped"
    assert not Task.objects.exists()
    assert run(following.turn_id).status == "completed"


def test_a_turn_whose_worker_died_is_stopped_by_the_next_one(carol: Person):
    posted = carol.post("buy milk")
    services.claim_turn(turn_id=posted.turn_id, now=timezone.now())
    turn = services.stop_turn(actor=carol.actor, turn_id=posted.turn_id, now=timezone.now())
    assert turn.status == "running"
    Turn.objects.filter(id=posted.turn_id).update(lease_expires_at=timezone.now())
    assert run(posted.turn_id).status == "stopped"
    assert not Task.objects.exists()


def test_what_has_ended_cannot_be_stopped_and_what_is_anothers_not_found(carol: Person, models: Models):
    models()
    turn = carol.say("buy milk")
    client = client_of(carol.user)
    assert client.post(f"/api/v1/turns/{turn.id}/stop/").json()["errors"][0]["code"] == "turn_ended"
    bob = client_of(register("bob@example.com"))
    waiting = carol.post("hello")
    for path in (f"/api/v1/turns/{waiting.turn_id}/stop/", f"/api/v1/turns/{turn.id}/undo/"):
        assert bob.post(path).status_code == 404


def test_a_turn_is_undone_whole_and_its_undo_too(carol: Person, models: Models):
    models(
        openai=by_step(
            Answer(
                calls=(
                    Call("create_tasks", {"tasks": [{"title": "Buy milk"}, {"title": "Call Bob"}]}),
                    Call("manage_lists", {"action": "create", "name": "Garden"}),
                    Call("remember", {"text": "Likes tea."}),
                )
            ),
            Answer("All of it is noted."),
        )
    )
    turn = carol.say("milk, Bob, a list for the garden, and I like tea")
    client = client_of(carol.user)
    undone = client.post(f"/api/v1/turns/{turn.id}/undo/").json()
    assert [change["name"] for change in undone["undone"]] == ["Garden", "Call Bob", "Buy milk"]
    assert undone["conflicts"] == []
    assert Task.objects.of(carol.user.id).kept().count() == 0
    assert client.get("/api/v1/memories/").json()["results"] == []
    assert carol.kinds()[-1] == "turn.undone"
    assert client.post(f"/api/v1/turns/{turn.id}/undo/").json() == {"undone": [], "conflicts": []}


def test_what_was_changed_since_is_left_alone_and_told(carol: Person, models: Models):
    models()
    made = carol.say("buy milk")
    task = Task.objects.of(carol.user.id).get()
    models(
        openai=by_step(
            Answer(calls=(Call("update_task", {"reference": "milk", "priority": "high", "notes": "2 l"}),)),
            Answer("The milk has been updated."),
        )
    )
    turn = carol.say("the milk is important, two litres")
    update_task(actor=carol.actor, task_id=task.id, changes={"priority": "low"}, now=timezone.now())
    undone = client_of(carol.user).post(f"/api/v1/turns/{turn.id}/undo/").json()
    assert [(row["name"], row["fields"]) for row in undone["conflicts"]] == [("Buy milk", ["priority"])]
    task.refresh_from_db()
    assert (task.priority, task.notes) == ("low", "")
    assert made.status == "completed"


def test_a_turn_that_runs_cannot_be_undone(carol: Person):
    posted = carol.post("buy milk")
    response = client_of(carol.user).post(f"/api/v1/turns/{posted.turn_id}/undo/")
    assert (response.status_code, response.json()["errors"][0]["code"]) == (409, "turn_running")


def test_the_agent_can_undo_an_older_turn_by_its_id(carol: Person, models: Models):
    models()
    turn = carol.say("buy milk")
    carol.say("call Bob", conversation_id=turn.conversation_id)
    undo = Call("undo", {"turn_id": str(turn.id)})
    models(openai=by_step(Answer(calls=(undo,)), Answer("I've undone that: “Buy milk” is gone.")))
    later = carol.say("undo the milk", conversation_id=turn.conversation_id)
    assert later.status == "completed"
    assert [task.title for task in Task.objects.of(carol.user.id).kept()] == ["Call Bob"]
