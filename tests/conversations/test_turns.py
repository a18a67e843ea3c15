"""A message becomes a turn, the turn becomes tasks: the engine in this process, on the real stores."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import User
from activities.models import Activity, Outbox, UserStream
from activities.services import FIRST_SWEEP_AFTER
from conversations import services
from conversations.agent.loop import MAX_ANSWERS
from conversations.agent.tools import TOOLS, run_tool
from conversations.models import Conversation, Message, Turn, TurnStep
from conversations.representation import render_conversation, render_message
from conversations.runner import runner
from integrations.llm.base import ProviderError, ToolCall, ToolCallReady
from tasks.models import Task
from tasks.services import create_tasks, update_task
from tests.conftest import register
from voice2task.kernel.identifiers import uuid7

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def carol(transactional_db: None, empty_redis: None) -> User:
    return register("carol@example.com")


def post(user: User, text: str, **fields) -> services.Posted:
    return services.post_message(actor=Actor(user.id), text=text, now=timezone.now(), **fields)


def say(user: User, text: str, **fields) -> Turn:
    posted = post(user, text, **fields)
    runner().run(posted.turn_id)
    return Turn.objects.get(id=posted.turn_id)


def reply(turn: Turn) -> str:
    return Message.objects.get(turn=turn, role=Message.Role.ASSISTANT).text


def test_a_sentence_becomes_tasks(carol: User):
    turn = say(carol, "remind me to call Bob tomorrow at five pm and buy milk")
    assert turn.status == Turn.Status.COMPLETED
    assert turn.engine == "rules"
    call, milk = Task.objects.of(carol.id).order_by("id")
    local = call.due_at.astimezone(carol.zone)
    tomorrow = datetime.now(carol.zone).date() + timedelta(days=1)
    assert (call.title, local.date(), local.hour, local.minute) == ("Call Bob", tomorrow, 17, 0)
    assert (milk.title, milk.due_on, milk.due_at) == ("Buy milk", None, None)
    assert "Call Bob" in reply(turn)
    assert not Outbox.objects.filter(argument=turn.id).exists()


def test_the_same_message_again_is_the_same_message(carol: User):
    client_id = uuid4()
    first = post(carol, "buy milk", client_id=client_id)
    again = post(carol, "buy something else", client_id=client_id)
    assert (again.message_id, again.turn_id, again.created) == (first.message_id, first.turn_id, False)
    assert Message.objects.of(carol.id).count() == 1


def test_the_same_job_three_times_does_the_work_once(carol: User):
    posted = post(carol, "buy milk")
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(runner().run, [posted.turn_id] * 3))
    assert Task.objects.of(carol.id).count() == 1
    assert Message.objects.filter(turn_id=posted.turn_id, role=Message.Role.ASSISTANT).count() == 1


def test_turns_of_a_conversation_run_in_order(carol: User):
    first = post(carol, "buy milk")
    second = post(carol, "mark the milk as done", conversation_id=first.conversation_id)
    runner().run(second.turn_id)
    assert Turn.objects.get(id=second.turn_id).status == Turn.Status.QUEUED
    runner().run(first.turn_id)
    runner().run(second.turn_id)
    assert Task.objects.of(carol.id).get().status == Task.Status.DONE


def test_tomorrow_is_the_day_after_the_sentence_was_said(carol: User):
    said = datetime(2026, 3, 28, 23, 50, tzinfo=carol.zone)
    say(carol, "call Bob tomorrow at nine", recorded_at=said)
    due = Task.objects.of(carol.id).get().due_at.astimezone(carol.zone)
    assert (due.day, due.hour, due.utcoffset()) == (29, 9, timedelta(hours=2))


def test_an_ambiguous_reference_changes_nothing_and_offers_both(carol: User):
    conversation_id = None
    for text in ("call Anna", "call Anna about lunch"):
        turn = say(carol, text)
    turn = say(carol, "finish the Anna call", conversation_id=conversation_id)
    assert not Task.objects.of(carol.id).filter(status=Task.Status.DONE).exists()
    assert [choice["number"] for choice in turn.choices] == [1, 2]
    chosen = turn.choices[1]["task"]["title"]
    say(carol, "the second one", conversation_id=turn.conversation_id)
    done = Task.objects.of(carol.id).get(status=Task.Status.DONE)
    assert done.title == chosen


def test_undo_takes_back_the_last_turn(carol: User):
    turn = say(carol, "buy milk and call mom")
    say(carol, "undo that", conversation_id=turn.conversation_id)
    assert Task.objects.of(carol.id).kept().count() == 0


@pytest.mark.parametrize("text", ["hello", "what can you do?"])
def test_small_talk_creates_nothing(carol: User, text: str):
    turn = say(carol, text)
    assert turn.status == Turn.Status.COMPLETED
    assert reply(turn)
    assert not Task.objects.of(carol.id).exists()


@pytest.mark.parametrize("text", ["", "  \n", "x" * 20_001, "a\0b"])
def test_texts_that_cannot_be_taken_are_refused_and_nothing_is_stored(carol: User, text: str):
    with pytest.raises(services.TextInvalid):
        post(carol, text)
    assert not Message.objects.exists()


def test_a_moment_without_an_offset_or_in_the_future_is_refused(carol: User):
    for moment in (datetime(2026, 1, 1), timezone.now() + timedelta(days=3)):  # noqa: DTZ001
        with pytest.raises(services.RecordedAtInvalid):
            post(carol, "buy milk", recorded_at=moment)


def test_the_conversation_of_another_user_does_not_exist(carol: User):
    posted = post(carol, "buy milk")
    stranger = register("stranger@example.com")
    with pytest.raises(services.ConversationNotFound):
        post(stranger, "hello", conversation_id=posted.conversation_id)


# What happens when workers die


def claim(posted: services.Posted):
    claimed = services.claim_turn(turn_id=posted.turn_id, now=timezone.now())
    assert claimed is not None
    return claimed


def ending(answer: services.Answer, **fields: Any) -> dict[str, Any]:
    given = {"text": "x", "answer": answer, "engine": answer.engine, "fallbacks": [], "choices": []}
    return given | fields


def nothing(actor: Actor, arguments: dict, approved: bool) -> services.Effected:
    return services.Effected({}, rows=0)


def expire(turn_id: UUID) -> None:
    Turn.objects.filter(id=turn_id).update(lease_expires_at=timezone.now() - timedelta(seconds=1))


def test_a_claimed_turn_is_nobody_elses_until_its_lease_runs_out(carol: User):
    posted = post(carol, "buy milk")
    first = claim(posted)
    assert services.claim_turn(turn_id=posted.turn_id, now=timezone.now()) is None
    expire(posted.turn_id)
    second = claim(posted)
    assert (first.epoch, second.epoch, second.failures) == (1, 2, 1)


def test_a_worker_that_woke_up_late_can_write_nothing(carol: User):
    posted = post(carol, "buy milk")
    late = claim(posted)
    expire(posted.turn_id)
    claim(posted)
    now = timezone.now()
    end = ending(services.Answer(1, "rules", "x"))
    call = {"id": "call_1", "name": "create_tasks", "arguments": {}}
    with pytest.raises(services.TurnLost):
        services.run_tool_step(claim=late, index=1, call=call, effect=nothing, now=now)
    with pytest.raises(services.TurnLost):
        services.finish_turn(claim=late, now=now, **end)
    with pytest.raises(services.TurnLost):
        services.fail_turn(claim=late, code="x", message="x", now=now)
    assert services.renew_turns({late.turn_id: late.epoch}, now=now).lost == {late.turn_id}
    assert not TurnStep.objects.exists()


def test_a_turn_that_has_just_ended_is_not_lost_to_its_worker(carol: User):
    """The renewal may come between the commit of the reply and the frame that tells it."""
    posted = post(carol, "buy milk")
    held = claim(posted)
    epochs = {held.turn_id: held.epoch}
    assert not services.renew_turns(epochs, now=timezone.now()).lost
    answer = services.Answer(0, "rules", "x")
    services.finish_turn(claim=held, now=timezone.now(), **ending(answer))
    assert not services.renew_turns(epochs, now=timezone.now()).lost


def test_a_turn_taken_up_again_repeats_no_step(carol: User):
    posted = post(carol, "buy milk")
    dead = claim(posted)
    now = timezone.now()
    call = {"id": "call_1", "name": "create_tasks", "arguments": {"tasks": [{"title": "Buy milk"}]}}
    answer = services.Answer(0, "rules", "", [call])

    def effect(actor: Actor, arguments: dict, approved: bool) -> services.Effected:
        return run_tool(TOOLS, ToolCall(**call), actor=actor, now=now, standing=None)

    step = {"claim": dead, "index": 1, "call": call, "effect": effect, "answer": answer, "now": now}
    assert services.run_tool_step(**step).result == services.run_tool_step(**step).result
    expire(posted.turn_id)
    runner().run(posted.turn_id)
    assert Turn.objects.get(id=posted.turn_id).status == Turn.Status.COMPLETED
    assert Task.objects.of(carol.id).count() == 1
    assert list(TurnStep.objects.order_by("index").values_list("index", flat=True)) == [0, 1, 2]


def test_a_refusal_leaves_nothing_behind(carol: User):
    posted = post(carol, "buy milk")
    held = claim(posted)

    def effect(actor: Actor, arguments: dict, approved: bool) -> services.Effected:
        create_tasks(actor=actor, drafts=[{"title": "Half done"}], now=timezone.now())
        update_task(actor=actor, task_id=uuid7(), changes={"title": "x"}, now=timezone.now())
        return services.Effected({}, rows=0)

    call = {"id": "call_1", "name": "create_tasks", "arguments": {}}
    result = services.run_tool_step(claim=held, index=0, call=call, effect=effect, now=timezone.now())
    assert result.result["status"] == "error"
    assert not Task.objects.exists()
    assert not Activity.objects.filter(kind="task.created").exists()


def test_the_sweep_brings_back_what_nobody_works_on(carol: User):
    posted = post(carol, "buy milk")
    claim(posted)
    now = timezone.now()
    assert services.sweep_turns(now=now) == 0
    expire(posted.turn_id)
    assert services.sweep_turns(now=now) == 1
    turn = Turn.objects.get(id=posted.turn_id)
    assert (turn.status, turn.failures) == (Turn.Status.QUEUED, 1)
    assert services.sweep_turns(now=now) == 0
    runner().run(posted.turn_id)
    assert Turn.objects.get(id=posted.turn_id).status == Turn.Status.COMPLETED


def test_the_third_lost_worker_ends_the_turn_visibly(carol: User):
    posted = post(carol, "buy milk")
    waiting = post(carol, "hello", conversation_id=posted.conversation_id)
    for _ in range(3):
        claim(posted)
        expire(posted.turn_id)
        services.sweep_turns(now=timezone.now())
    turn = Turn.objects.get(id=posted.turn_id)
    assert (turn.status, turn.error_code) == (Turn.Status.FAILED, "worker_lost")
    assert Activity.objects.of(carol.id).filter(kind="turn.failed", turn_id=turn.id).count() == 1
    runner().run(waiting.turn_id)
    assert Turn.objects.get(id=waiting.turn_id).status == Turn.Status.COMPLETED


def test_a_turn_claimed_after_too_many_failures_fails_without_work(carol: User):
    posted = post(carol, "buy milk")
    Turn.objects.filter(id=posted.turn_id).update(failures=3)
    runner().run(posted.turn_id)
    assert Turn.objects.get(id=posted.turn_id).error_code == "worker_lost"
    assert not Task.objects.exists()


def test_what_is_given_back_counts_as_no_failure(carol: User):
    posted = post(carol, "buy milk")
    held = claim(posted)
    assert services.release_turns({held.turn_id: held.epoch}, now=timezone.now()) == 1
    assert services.release_turns({held.turn_id: held.epoch}, now=timezone.now()) == 0
    assert services.release_turns({}, now=timezone.now()) == 0
    runner().run(posted.turn_id)
    turn = Turn.objects.get(id=posted.turn_id)
    assert (turn.status, turn.failures, turn.epoch) == (Turn.Status.COMPLETED, 0, 2)


def test_a_worker_that_wakes_up_late_gives_nothing_back(carol: User):
    posted = post(carol, "buy milk")
    late = claim(posted)
    expire(posted.turn_id)
    held = claim(posted)
    assert services.release_turns({late.turn_id: late.epoch}, now=timezone.now()) == 0
    turn = Turn.objects.get(id=posted.turn_id)
    assert (turn.status, turn.epoch) == (Turn.Status.RUNNING, held.epoch)
    assert turn.lease_expires_at is not None


# What happens when the inside breaks


def test_a_provider_that_cannot_answer_fails_the_turn(carol: User, monkeypatch: pytest.MonkeyPatch):
    turn = say_with(carol, monkeypatch, ProviderError("away"))
    assert (turn.status, turn.error_code) == (Turn.Status.FAILED, "provider_failed")


def test_a_fault_inside_fails_the_turn_and_is_logged(carol: User, monkeypatch: pytest.MonkeyPatch, caplog):
    turn = say_with(carol, monkeypatch, ZeroDivisionError())
    assert (turn.status, turn.error_code) == (Turn.Status.FAILED, "internal_error")
    assert "turn_broke" in caplog.text


def test_a_provider_that_never_ends_is_ended(carol: User, monkeypatch: pytest.MonkeyPatch):
    turn = say_with(carol, monkeypatch, None)
    assert turn.status == Turn.Status.COMPLETED
    assert turn.steps.filter(kind=TurnStep.Kind.ANSWER).count() == MAX_ANSWERS
    assert "found no such tasks" in reply(turn)


def say_with(user: User, monkeypatch: pytest.MonkeyPatch, failure: Exception | None) -> Turn:
    """Say something to a provider that raises `failure`, or else asks for a tool again and again."""

    class Broken:
        name = "broken"
        model = ""

        async def stream(self, request):
            if failure is not None:
                raise failure
            yield ToolCallReady(ToolCall(f"call_{len(request.messages)}", "find_tasks", {}))

    monkeypatch.setattr("conversations.turn_work.providers", lambda: (Broken(),))
    return say(user, "buy milk")


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        ("fly_away", {}, "tool_unknown"),
        ("create_tasks", {"tasks": []}, "arguments_invalid"),
        ("create_tasks", {"tasks": [{"title": "x", "user_id": "y"}]}, "arguments_invalid"),
        (
            "create_tasks",
            {"tasks": [{"title": "x", "due_on": "2026-01-01", "due_at": "2026-01-01T10:00"}]},
            "arguments_invalid",
        ),
        ("create_tasks", {"tasks": [{"title": "x", "rrule": "FREQ=NEVER"}]}, None),
        ("find_tasks", {"limit": 1000}, "arguments_invalid"),
    ],
)
def test_wrong_arguments_come_back_as_an_error_that_names_the_field(
    carol: User, name: str, arguments: dict, code
):
    held = claim(post(carol, "buy milk"))
    call = {"id": "call_1", "name": name, "arguments": arguments}
    done = services.run_tool_step(
        claim=held,
        index=0,
        call=call,
        effect=lambda actor, *_: run_tool(
            TOOLS, ToolCall(**call), actor=actor, now=timezone.now(), standing=None
        ),
        now=timezone.now(),
    )
    assert done.result["status"] == "error"
    assert code is None or done.result["code"] == code
    assert not Task.objects.exists()


# The hand-written statements beside what the ORM would do


def test_posting_twice_moves_no_number(carol: User):
    client_id = uuid4()
    post(carol, "buy milk", client_id=client_id)
    before = UserStream.objects.seq_of(carol.id)
    post(carol, "buy milk", client_id=client_id)
    with pytest.raises(services.ConversationNotFound):
        post(carol, "buy milk", conversation_id=uuid7())
    assert UserStream.objects.seq_of(carol.id) == before


def test_a_finish_that_is_refused_moves_no_number(carol: User):
    held = claim(post(carol, "buy milk"))
    expire(held.turn_id)
    services.claim_turn(turn_id=held.turn_id, now=timezone.now())
    before = UserStream.objects.seq_of(carol.id)
    with pytest.raises(services.TurnLost):
        answer = services.Answer(0, "rules", "x")
        services.finish_turn(claim=held, now=timezone.now(), **ending(answer))
    assert UserStream.objects.seq_of(carol.id) == before


def stored(row) -> dict:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_what_is_posted_is_what_the_orm_would_store(carol: User):
    now, client_id = timezone.now(), uuid4()
    posted = services.post_message(actor=Actor(carol.id), text="buy “milk” %s", now=now, client_id=client_id)
    conversation = Conversation.objects.get(id=posted.conversation_id)
    message = Message.objects.get(id=posted.message_id)
    turn = Turn.objects.get(id=posted.turn_id)
    begun, said = Activity.objects.of(carol.id).filter(turn_id=turn.id).order_by("seq")
    twins = [
        (conversation, Conversation(user=carol, title="buy “milk” %s", created_at=now, updated_at=now)),
        (turn, Turn(user=carol, conversation=conversation, seq=said.seq, created_at=now)),
        (
            message,
            Message(
                user=carol,
                conversation=conversation,
                turn=turn,
                client_id=client_id,
                role="user",
                text="buy “milk” %s",
                recorded_at=now,
                created_at=now,
            ),
        ),
        (
            begun,
            twin_activity(
                carol, turn, begun.seq, "conversation.created", render_conversation(conversation), now
            ),
        ),
        (said, twin_activity(carol, turn, begun.seq + 1, "message.posted", render_message(message), now)),
    ]
    for row, twin in twins:
        twin.id = row.id
        assert stored(row) == stored(twin)
    owed = Outbox.objects.get(activity=said)
    assert (owed.job, owed.argument, owed.due_at) == (services.RUN_TURN, turn.id, now + FIRST_SWEEP_AFTER)


def twin_activity(user: User, turn: Turn, seq: int, kind: str, after: dict, now: datetime) -> Activity:
    subject = kind.partition(".")[0]
    return Activity(
        user=user,
        seq=seq,
        kind=kind,
        actor="user",
        turn_id=turn.id,
        subject_type=subject,
        subject_id=UUID(after["id"]),
        after=after,
        at=now,
    )


def test_what_is_finished_is_what_the_orm_would_store(carol: User):
    held = claim(post(carol, "buy milk"))
    waiting = post(carol, "hello", conversation_id=held.conversation_id)
    before = Turn.objects.get(id=held.turn_id)
    now = timezone.now()
    choices = [{"number": 1, "task": {"title": "x"}}]
    answer = services.Answer(2, "rules", "Last {} words.")
    fallbacks = [{"engine": "openai", "code": "overloaded"}]
    given = ending(answer, text="All {} words.", choices=choices, fallbacks=fallbacks)
    reply_ = services.finish_turn(claim=held, now=now, **given)
    before.fallbacks = fallbacks
    before.status, before.engine, before.choices, before.finished_at = "completed", "rules", choices, now
    before.lease_expires_at = before.next_attempt_at = None
    assert stored(Turn.objects.get(id=held.turn_id)) == stored(before)
    assert stored(Message.objects.get(id=reply_.id)) == stored(reply_)
    step = TurnStep.objects.get(turn_id=held.turn_id, index=2)
    twin = TurnStep(
        id=step.id, turn=before, index=2, kind="answer", engine="rules", text="Last {} words.", created_at=now
    )
    assert stored(step) == stored(twin)
    activity = Activity.objects.of(carol.id).get(kind="turn.completed")
    assert activity.seq == UserStream.objects.seq_of(carol.id)
    assert (activity.actor, activity.turn_id, activity.subject_id) == ("agent", held.turn_id, held.turn_id)
    assert activity.after == {"status": "completed", "engine": "rules", "message": render_message(reply_)}
    assert activity.before == {"status": "running"}
    assert Turn.objects.next_in(held.conversation_id) == waiting.turn_id
