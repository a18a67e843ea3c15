"""A turn with a model: it streams, acts, falls back, and says only what it did."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.services import budget_of
from conversations.agent.loop import MAX_ANSWERS
from conversations.models import TurnStep
from conversations.request_models import LLMRequest
from tasks.models import Task
from tests.conversations.agent.conftest import Person, frames_of, receipts, reply
from tests.conversations.conftest import Models
from tests.fakes.script import Answer, Call, by_step, demo, in_order, results, said

pytestmark = pytest.mark.django_db(transaction=True)

MILK = Call("create_tasks", {"tasks": [{"title": "Buy milk"}]})
FIND = Call("find_tasks", {})


@pytest.mark.parametrize("vendor", ["openai", "anthropic"])
def test_a_model_acts_and_tells(carol: Person, models: Models, vendor: str):
    (fake,) = models(**{vendor: demo})
    turn = carol.say("call Bob and buy milk")
    assert (turn.status, turn.engine, turn.fallbacks) == ("completed", vendor, [])
    assert reply(turn) == "I've added Call Bob and Buy milk to your tasks."
    assert receipts(turn) == [("task.created", "Call Bob"), ("task.created", "Buy milk")]
    frames = frames_of(turn.id)
    kinds = [frame["type"] for frame in frames]
    assert kinds[:5] == ["turn.started", "turn.tool", "turn.tool", "turn.tool", "turn.tool"]
    assert kinds[-1] == "turn.completed"
    assert "".join(frame["text"] for frame in frames if frame["type"] == "turn.delta") == reply(turn)
    assert len(fake.requests) == 2


def test_every_request_is_noted_as_it_went_and_what_it_took(carol: Person, models: Models):
    (fake,) = models(openai=demo)
    turn = carol.say("call Bob and buy milk")
    first, second = LLMRequest.objects.filter(turn=turn).order_by("id")
    assert [first.body, second.body] == [seen.body for seen in fake.requests]
    assert (first.status, first.input_tokens, first.output_tokens) == ("answered", 100, 20)
    assert first.cost_micros == 65
    assert first.latency_ms is not None
    assert first.first_token_ms is not None
    budget = budget_of(carol.user.id, now=timezone.now())
    assert (budget.spent, budget.reserved) == (130, 0)


def test_the_model_is_told_what_was_said_before_and_what_tools_answered(carol: Person, models: Models):
    (fake,) = models(openai=demo)
    first = carol.say("call Bob and buy milk")
    carol.say("what is there", conversation_id=first.conversation_id)
    told = str(fake.requests[-1].body["messages"])
    assert (
        told.index("call Bob and buy milk") < told.index("I've added Call Bob") < told.index("what is there")
    )


def test_where_the_first_is_overloaded_the_second_answers(carol: Person, models: Models):
    models(openai=Answer(status=529), anthropic=demo)
    turn = carol.say("call Bob and buy milk")
    assert (turn.engine, turn.fallbacks) == ("anthropic", [{"engine": "openai", "code": "overloaded"}])
    assert len(receipts(turn)) == 2
    assert LLMRequest.objects.filter(turn=turn, status="failed", cost_micros=0).count() == 1


def test_where_no_model_answers_the_rules_do(carol: Person, models: Models):
    models(openai=Answer(status=500), anthropic=Answer(status=401))
    turn = carol.say("buy milk")
    assert turn.engine == "rules"
    assert [fallback["code"] for fallback in turn.fallbacks] == ["unavailable", "refused"]
    assert receipts(turn) == [("task.created", "Buy milk")]


def test_text_of_an_engine_that_broke_off_is_taken_back(carol: Person, models: Models):
    models(openai=Answer("I will now begin to", pieces=4, cut=True), anthropic=Answer("Hello there."))
    turn = carol.say("hello")
    assert reply(turn) == "Hello there."
    frames = frames_of(turn.id)
    kinds = [frame["type"] for frame in frames]
    assert "turn.reset" in kinds
    after = frames[kinds.index("turn.reset") :]
    assert "".join(frame["text"] for frame in after if frame["type"] == "turn.delta") == "Hello there."


def test_what_was_begun_is_reported_and_not_done_again_when_the_model_breaks_off(
    carol: Person, models: Models
):
    models(openai=in_order(Answer(calls=(MILK,)), Answer(status=500)))
    turn = carol.say("buy milk")
    assert turn.engine == "rules"
    assert receipts(turn) == [("task.created", "Buy milk")]
    assert "Buy milk" in reply(turn)


def test_a_tool_that_ran_is_a_success_whatever_the_model_says_to_it(carol: Person, models: Models):
    models(openai=in_order(Answer(calls=(MILK,)), Answer("")))
    turn = carol.say("buy milk")
    assert turn.status == "completed"
    assert reply(turn).startswith("Added “Buy milk”")


def test_a_false_claim_is_withdrawn_and_made_good(carol: Person, models: Models):
    (fake,) = models(
        openai=in_order(
            Answer("I've added “Buy milk” to your list."),
            Answer(calls=(MILK,)),
            Answer("“Buy milk” is on your list now."),
        )
    )
    turn = carol.say("buy milk")
    assert reply(turn) == "“Buy milk” is on your list now."
    assert receipts(turn) == [("task.created", "Buy milk")]
    assert turn.steps.get(index=0).unsupported == ["I've added “Buy milk” to your list."]
    assert "claims changes that no tool has made" in str(fake.requests[1].body)


def test_who_insists_on_a_false_claim_is_not_heard(carol: Person, models: Models):
    models(openai=Answer("I've deleted all your tasks."))
    turn = carol.say("delete everything")
    assert reply(turn) == "Nothing was changed."
    assert turn.status == "completed"


def test_what_was_withdrawn_is_not_told_to_the_model_again(carol: Person, models: Models):
    (fake,) = models(openai=Answer("I've deleted all your tasks."))
    turn = carol.say("delete everything")
    fake.script = in_order(Answer("Hello."))
    carol.say("hello", conversation_id=turn.conversation_id)
    messages = fake.requests[-1].body["messages"]
    assert [message["content"] for message in messages[1:]] == [
        "delete everything",
        "Nothing was changed.",
        "hello",
    ]


def test_wrong_arguments_go_back_twice_and_then_another_engine_takes_over(carol: Person, models: Models):
    wrong = Answer(calls=(Call("create_tasks", {"tasks": [{"titel": "Buy milk"}]}),))
    (fake,) = models(openai=wrong)
    turn = carol.say("buy milk")
    assert len(fake.requests) == 3
    assert "tasks.0.title" in str(fake.requests[1].body["messages"])
    assert turn.engine == "rules"
    assert turn.fallbacks == [{"engine": "openai", "code": "arguments_invalid"}]
    assert receipts(turn) == [("task.created", "Buy milk")]


@pytest.mark.parametrize("call", [Call("create_tasks", '{"tasks": [{"ti'), Call("rm_rf", {})])
def test_nonsense_for_a_call_is_an_error_for_the_model_to_mend(carol: Person, models: Models, call: Call):
    models(openai=in_order(Answer(calls=(call,)), Answer(calls=(MILK,)), Answer("“Buy milk” is noted.")))
    turn = carol.say("buy milk")
    assert (turn.engine, receipts(turn)) == ("openai", [("task.created", "Buy milk")])


def test_a_model_that_never_ends_is_brought_to_an_end(carol: Person, models: Models):
    (fake,) = models(openai=Answer(calls=(FIND,)))
    turn = carol.say("look again and again")
    assert turn.status == "completed"
    assert len(fake.requests) == MAX_ANSWERS
    assert fake.requests[-1].body["tool_choice"] == "none"
    assert turn.steps.filter(kind=TurnStep.Kind.TOOL).count() == MAX_ANSWERS - 1


def test_a_turn_has_so_many_output_tokens_and_no_more(carol: Person, models: Models, settings):
    settings.TURN_MAX_OUTPUT_TOKENS = 1000
    (fake,) = models(openai=Answer(calls=(FIND,), usage=(10, 0, 480)))
    turn = carol.say("look again and again")
    assert turn.status == "completed"
    assert [seen.body["max_tokens"] for seen in fake.requests] == [1000, 520]


def test_a_turn_has_so_many_seconds_and_no_more(carol: Person, models: Models, settings):
    settings.TURN_MAX_SECONDS = 0.5
    (fake,) = models(openai=Answer("one two", pieces=2, silent=True))
    turn = carol.say("hello")
    assert (turn.status, turn.error_code) == ("failed", "time_limit")
    assert fake.requests[0].closed.wait(5)


def test_calls_with_the_same_id_are_told_apart(carol: Person, models: Models):
    eggs = Call("create_tasks", {"tasks": [{"title": "Buy eggs"}]}, "same")
    milk = Call("create_tasks", {"tasks": [{"title": "Buy milk"}]}, "same")
    models(openai=by_step(Answer(calls=(milk, eggs)), Answer("Both are noted.")))
    turn = carol.say("buy milk and eggs")
    ids = [step.tool_calls[0]["id"] for step in turn.steps.filter(kind=TurnStep.Kind.TOOL)]
    assert len(set(ids)) == 2
    assert Task.objects.of(carol.user.id).count() == 2


def test_facts_to_remember_are_given_to_the_model(carol: Person, models: Models):
    fact = Call("remember", {"text": "Works from nine to five."})
    (fake,) = models(openai=by_step(Answer(calls=(fact,)), Answer("I'll remember that.")))
    carol.say("I work from nine to five")
    fake.script = in_order(Answer("Hello."))
    carol.say("hello")
    assert "Works from nine to five." in fake.requests[-1].body["messages"][0]["content"]


def test_older_turns_are_told_in_a_line_each(carol: Person, models: Models, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("conversations.agent.history.BUDGET_BYTES", 200)
    (fake,) = models(openai=demo)
    first = carol.say("call Bob and buy milk")
    for _ in range(2):
        carol.say("again", conversation_id=first.conversation_id)
    system = fake.requests[-1].body["messages"][0]["content"]
    assert f"turn {first.id}: the user said “call Bob and buy milk”" in system
    assert "task.created “Call Bob”" in system
    assert said(fake.requests[-1].body) == "again"
    assert len(results(fake.requests[-1].body)) == 2


def test_a_deleted_conversation_takes_along_what_models_were_told(carol: Person, models: Models):
    from conversations import services

    models(openai=demo)
    turn = carol.say("call Bob and buy milk")
    services.delete_conversation(actor=carol.actor, conversation_id=turn.conversation_id, now=timezone.now())
    kept = [(row.body, row.turn_id, row.cost_micros) for row in LLMRequest.objects.all()]
    assert kept == [({}, None, 65)] * 2


def test_an_engine_that_fails_again_and_again_is_left_alone(carol: Person, models: Models):
    (fake,) = models(openai=Answer(status=500))
    for _ in range(4):
        turn = carol.say("hello")
    assert len(fake.requests) == 3
    assert turn.fallbacks == [{"engine": "openai", "code": "resting"}]


def test_the_only_engine_is_asked_even_while_it_rests(carol: Person, models: Models):
    (fake,) = models(openai=Answer(status=500), rules=False)
    for _ in range(4):
        turn = carol.say("hello")
    assert len(fake.requests) == 4
    assert (turn.status, turn.error_code) == ("failed", "provider_failed")
    assert [row["code"] for row in turn.fallbacks] == ["resting", "unavailable"]
    fake.script = in_order(Answer("Hello there."))
    assert reply(carol.say("hello")) == "Hello there."
