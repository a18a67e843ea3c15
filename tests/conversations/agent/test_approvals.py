"""Calls that wait for the user: which do, how they are answered, and that an answer counts once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from activities.models import Outbox
from conversations import services
from conversations.agent.approvals import answer_approval
from conversations.models import AllowedTool, Approval, Memory, Turn
from tasks.models import Task
from tasks.services import create_tasks
from tests.conftest import client_of, register
from tests.conversations.agent.conftest import Person, receipts, reply, run
from tests.conversations.conftest import Models
from tests.fakes.script import Answer, Call, by_step, results

pytestmark = pytest.mark.django_db(transaction=True)


def with_tasks(person: Person, count: int) -> list[Task]:
    drafts: list[Any] = [{"title": f"Task number {number}"} for number in range(count)]
    return create_tasks(actor=person.actor, drafts=drafts, now=timezone.now())


def completing(tasks: list[Task]) -> Call:
    return Call("complete_tasks", {"references": [str(task.id) for task in tasks]})


def done_of(person: Person) -> int:
    return Task.objects.of(person.user.id).filter(status="done").count()


def asking(person: Person, models: Models, count: int = 20) -> tuple[Turn, list[Task]]:
    """A turn that waits to complete so many tasks."""
    tasks = with_tasks(person, count)

    def script(body: dict) -> Answer:
        answered = results(body)
        if not answered:
            return Answer("Let me do that.", calls=(completing(tasks),))
        return Answer("That is settled." if answered[0]["status"] == "done" else "I left them alone.")

    models(openai=script)
    return person.say("complete them all"), tasks


def rest(person: Person) -> APIClient:
    return client_of(person.user)


def answer(person: Person, approval: Approval, **body: Any):
    return rest(person).post(f"/api/v1/approvals/{approval.id}/answer/", {"decision": "approve"} | body)


def test_completing_twenty_waits_and_completing_one_does_not(carol: Person, models: Models):
    tasks = with_tasks(carol, 21)
    models(openai=by_step(Answer(calls=(completing(tasks[:1]),)), Answer("That is settled.")))
    assert carol.say("complete the first").status == "completed"
    assert done_of(carol) == 1
    models(openai=by_step(Answer(calls=(completing(tasks[1:]),)), Answer("That is settled.")))
    turn = carol.say("complete the others")
    assert turn.status == "awaiting_approval"
    assert done_of(carol) == 1
    approval = carol.waiting()
    assert (approval.tool, approval.reason, approval.rows) == ("complete_tasks", "many", 20)
    assert {change["name"] for change in approval.preview} == {task.title for task in tasks[1:]}
    assert "task.completed" not in carol.kinds()[carol.kinds().index("approval.requested") - 2 :]


def test_approved_it_really_runs_and_its_result_goes_on_into_the_turn(carol: Person, models: Models):
    turn, _ = asking(carol, models)
    response = answer(carol, carol.waiting())
    assert (response.status_code, response.json()["status"]) == (200, "approved")
    assert Outbox.objects.filter(argument=turn.id, job=services.RUN_TURN).exists()
    turn = run(turn.id)
    assert turn.status == "completed"
    assert done_of(carol) == 20
    assert len(receipts(turn)) == 20
    assert reply(turn) == "Let me do that.\n\nThat is settled."


def test_rejected_it_does_not_run_and_the_model_hears_of_it(carol: Person, models: Models):
    turn, _ = asking(carol, models)
    answer(carol, carol.waiting(), decision="reject")
    turn = run(turn.id)
    assert (turn.status, done_of(carol), receipts(turn)) == ("completed", 0, [])
    assert reply(turn).endswith("I left them alone.")


def test_edited_it_runs_with_the_edited_arguments(carol: Person, models: Models):
    turn, tasks = asking(carol, models)
    chosen = [str(task.id) for task in tasks[:3]]
    response = answer(carol, carol.waiting(), arguments={"references": chosen})
    assert response.json()["arguments"] == {"references": chosen}
    run(turn.id)
    assert set(Task.objects.filter(status="done").values_list("id", flat=True)) == {
        task.id for task in tasks[:3]
    }
    step = Turn.objects.get(id=turn.id).steps.get(kind="tool")
    assert step.result["arguments_changed_by_user"] == {"references": chosen}


@pytest.mark.parametrize("arguments", [{}, {"references": []}, {"references": ["x"], "user_id": "y"}])
def test_edited_arguments_that_the_tool_does_not_take_are_refused(
    carol: Person, models: Models, arguments: dict
):
    asking(carol, models)
    response = answer(carol, carol.waiting(), arguments=arguments)
    assert response.status_code == 400
    assert response.json()["errors"][0]["code"] == "arguments_invalid"
    assert carol.waiting().status == "pending"


def test_an_answer_about_other_arguments_than_those_that_wait_is_refused(carol: Person, models: Models):
    asking(carol, models)
    response = answer(carol, carol.waiting(), digest="0" * 64)
    assert (response.status_code, response.json()["errors"][0]["code"]) == (409, "approval_changed")
    assert answer(carol, carol.waiting(), digest=carol.waiting().digest).status_code == 200


@pytest.mark.parametrize("second", ["approve", "reject"])
def test_a_second_answer_is_refused(carol: Person, models: Models, second: str):
    turn, _ = asking(carol, models)
    approval = carol.waiting()
    answer(carol, approval, decision="reject")
    response = answer(carol, approval, decision=second)
    assert (response.status_code, response.json()["errors"][0]["code"]) == (409, "approval_answered")
    run(turn.id)
    assert done_of(carol) == 0


def test_nobody_else_can_answer_or_see_it(carol: Person, models: Models):
    asking(carol, models)
    bob = client_of(register("bob@example.com"))
    approval = carol.waiting()
    assert bob.get(f"/api/v1/approvals/{approval.id}/").status_code == 404
    assert bob.post(f"/api/v1/approvals/{approval.id}/answer/", {"decision": "approve"}).status_code == 404
    assert bob.get("/api/v1/approvals/").json()["results"] == []
    assert APIClient().get("/api/v1/approvals/").status_code == 401
    assert rest(carol).get("/api/v1/approvals/", {"status": "pending"}).json()["results"][0]["id"] == str(
        approval.id
    )
    assert carol.waiting() == approval


def test_too_late_the_turn_ends_and_says_what_was_not_done(carol: Person, models: Models):
    turn, _ = asking(carol, models)
    approval = carol.waiting()
    late = approval.expires_at + timedelta(seconds=1)
    assert approval.expires_at - approval.created_at == timedelta(minutes=15)
    with pytest.raises(services.ApprovalExpired):
        answer_approval(actor=carol.actor, approval_id=approval.id, decision="approve", now=late)
    assert services.sweep_approvals(now=late) == 1
    assert services.sweep_approvals(now=late) == 0
    turn = run(turn.id)
    assert (turn.status, done_of(carol)) == ("completed", 0)
    assert reply(turn).endswith("Nobody approved this in time, so it was not done: finishing tasks.")
    assert "approval.expired" in carol.kinds()


@pytest.mark.parametrize(("word", "done"), [("Yes, please!", 20), ("nein danke", 0), ("d'accord", 20)])
def test_a_plain_yes_or_no_answers_it(carol: Person, models: Models, word: str, done: int):
    turn, _ = asking(carol, models)
    yes = carol.say(word, conversation_id=turn.conversation_id)
    assert (yes.status, yes.engine) == ("completed", "rules")
    run(turn.id)
    assert done_of(carol) == done
    assert Approval.objects.get(turn=turn).status == ("approved" if done else "rejected")


def test_a_yes_to_nothing_is_a_sentence_like_any_other(carol: Person, models: Models):
    models(openai=Answer("Yes to what?"))
    assert reply(carol.say("yes")) == "Yes to what?"


def test_a_yes_elsewhere_answers_nothing(carol: Person, models: Models):
    asking(carol, models)
    models(openai=Answer("Yes to what?"))
    assert reply(carol.say("yes")) == "Yes to what?"
    assert carol.waiting().status == "pending"


def test_another_sentence_leaves_it_waiting(carol: Person, models: Models):
    turn, _ = asking(carol, models)
    models(openai=Answer("Hello."))
    assert carol.say("hello", conversation_id=turn.conversation_id).status == "completed"
    assert carol.waiting().turn_id == turn.id


def test_a_tool_that_was_always_allowed_asks_no_more_until_it_is_told_to(carol: Person, models: Models):
    turn, _ = asking(carol, models)
    answer(carol, carol.waiting(), decision="always")
    run(turn.id)
    assert [row["tool"] for row in rest(carol).get("/api/v1/allowed-tools/").json()] == ["complete_tasks"]
    more = with_tasks(carol, 20)
    models(openai=by_step(Answer(calls=(completing(more),)), Answer("That is settled.")))
    assert carol.say("complete those too").status == "completed"
    assert done_of(carol) == 40
    assert rest(carol).delete("/api/v1/allowed-tools/complete_tasks/").status_code == 204
    assert not AllowedTool.objects.exists()
    assert {"tool.allowed", "tool.disallowed"} <= set(carol.kinds())


def test_many_small_calls_are_added_up(carol: Person, models: Models):
    tasks = with_tasks(carol, 9)
    calls = tuple(completing([task]) for task in tasks)
    models(openai=by_step(Answer(calls=calls), Answer("That is settled.")))
    turn = carol.say("complete them one by one")
    assert (turn.status, done_of(carol)) == ("awaiting_approval", 5)


def test_what_was_approved_is_not_added_up_again(carol: Person, models: Models):
    tasks = with_tasks(carol, 8)
    models(
        openai=by_step(
            Answer(calls=(completing(tasks[:7]), completing(tasks[7:]))), Answer("That is settled.")
        )
    )
    turn = carol.say("complete them")
    answer(carol, carol.waiting())
    assert run(turn.id).status == "completed"
    assert done_of(carol) == 8


def test_what_cannot_be_taken_back_always_asks(carol: Person, models: Models):
    services.create_memory(actor=carol.actor, text="Likes tea.", now=timezone.now())
    forget = Call("forget", {"reference": "tea"})
    models(openai=by_step(Answer(calls=(forget,)), Answer("I have forgotten that you like tea.")))
    turn = carol.say("forget that I like tea")
    assert (turn.status, carol.waiting().reason) == ("awaiting_approval", "irreversible")
    assert Memory.objects.count() == 1
    answer(carol, carol.waiting())
    assert reply(run(turn.id)) == "I have forgotten that you like tea."
    assert not Memory.objects.exists()


def test_reading_never_asks(carol: Person, models: Models):
    with_tasks(carol, 30)
    models(openai=by_step(Answer(calls=(Call("find_tasks", {"limit": 30}),)), Answer("There are thirty.")))
    assert carol.say("show me everything").status == "completed"


def test_a_turn_that_waits_holds_up_no_other_and_can_be_stopped(carol: Person, models: Models):
    turn, _ = asking(carol, models)
    response = rest(carol).post(f"/api/v1/turns/{turn.id}/stop/")
    assert (response.status_code, response.json()["status"]) == (202, "stopped")
    assert response.json()["message"]["text"] == "Let me do that."
    assert Approval.objects.get(turn=turn).status == "cancelled"
    assert answer(carol, Approval.objects.get(turn=turn)).status_code == 409
    assert run(turn.id).status == "stopped"
    assert done_of(carol) == 0


def test_a_conversation_that_waits_cannot_be_deleted(carol: Person, models: Models):
    turn, _ = asking(carol, models)
    assert rest(carol).delete(f"/api/v1/conversations/{turn.conversation_id}/").status_code == 409


def test_the_turn_shows_what_it_waits_for(carol: Person, models: Models):
    turn, _ = asking(carol, models)
    shown = rest(carol).get(f"/api/v1/turns/{turn.id}/").json()
    assert shown["status"] == "awaiting_approval"
    assert shown["approval"]["id"] == str(carol.waiting().id)


def test_rules_ask_too(carol: Person, models: Models):
    models()
    turn = carol.say(
        "buy milk, call Anna, write the report, feed the cat, paint the fence, water the plants, book a bus"
    )
    assert turn.status == "awaiting_approval"
    approval = carol.waiting()
    assert (approval.tool, approval.rows) == ("create_tasks", 7)
    assert reply(turn := answered(carol, turn)).count("“") >= 7
    assert len(receipts(turn)) == 7


def answered(person: Person, turn: Turn) -> Turn:
    answer(person, person.waiting())
    return run(turn.id)
