"""Tasks know which words of which message they come from."""

from __future__ import annotations

from typing import Any

import pytest

from conversations.models import Message
from conversations.receipts import receipts_of
from tasks.models import Task
from tests.conversations.agent.conftest import Person
from tests.conversations.conftest import Models
from tests.fakes.script import Answer, Call, by_step

pytestmark = pytest.mark.django_db(transaction=True)


def words_of(task: Task) -> dict[str, str]:
    """Field -> the words that gave it."""
    texts = {str(message.id): message.text for message in Message.objects.all()}
    spans: dict[str, Any] = task.source_span or {}
    return {name: texts[span["message_id"]][span["start"] : span["end"]] for name, span in spans.items()}


def task_of(carol: Person, title: str) -> Task:
    return Task.objects.of(carol.user.id).get(title=title)


def test_each_task_of_a_sentence_has_its_own_words(carol: Person):
    carol.say("remind me to call Bob tomorrow at five pm and buy milk every Friday, high priority")
    bob = words_of(task_of(carol, "Call Bob"))
    assert bob["title"] == "call Bob"
    assert bob["due"] == "tomorrow at five pm"
    milk = words_of(task_of(carol, "Buy milk"))
    assert milk["title"] == "buy milk"
    assert "Friday" in milk["rrule"]
    assert "high" in milk["priority"]


def test_a_sentence_in_another_language_than_its_users_has_its_words_too(carol: Person):
    assert carol.user.language == "en"
    carol.say("erinnere mich morgen um 17 Uhr, den Zahnarzt anzurufen")
    (task,) = Task.objects.of(carol.user.id)
    words = words_of(task)
    assert "Zahnarzt" in words["title"]
    assert "morgen um 17 Uhr" in words["due"]


def test_a_change_adds_its_words_and_leaves_those_of_other_fields(carol: Person):
    turn = carol.say("add call the plumber to my chores list")
    carol.say("move the plumber to Friday", conversation_id=turn.conversation_id)
    task = task_of(carol, "Call the plumber")
    assert task.due_on is not None
    words = words_of(task)
    assert (words["title"], words["due"]) == ("call the plumber", "Friday")
    carol.say("undo that", conversation_id=turn.conversation_id)
    assert "due" not in words_of(task_of(carol, "Call the plumber"))


def test_a_models_task_has_the_words_that_are_like_it(carol: Person, models: Models):
    tasks = [{"title": "Milk (buy!)"}, {"title": "Feed the neighbours' cat", "priority": "high"}]
    models(openai=by_step(Answer(calls=(Call("create_tasks", {"tasks": tasks}),)), Answer("There.")))
    carol.say("buy milk and call the cat sitter")
    assert words_of(task_of(carol, "Milk (buy!)")) == {"title": "buy milk"}
    assert task_of(carol, "Feed the neighbours' cat").source_span is None


def test_the_receipt_says_where_the_words_have_won(carol: Person, models: Models):
    given = {"tasks": [{"title": "Ring the bank", "due_on": "2031-02-04"}]}
    models(openai=by_step(Answer(calls=(Call("create_tasks", given),)), Answer("There.")))
    turn = carol.say("ring the bank on 3 February 2031")
    (receipt,) = receipts_of([turn.id])[turn.id]
    due = receipt["task"]["source_span"]["due"]
    assert due["corrected"] == {"given": "2031-02-04", "due": "2031-02-03", "said": "on 3 February 2031"}


def test_a_model_cannot_make_them_up(carol: Person, models: Models):
    span = {"title": {"message_id": "0", "start": 0, "end": 10**9, "why": "x" * 1000}}
    given = {"tasks": [{"title": "Something else", "source_span": span}]}
    models(openai=by_step(Answer(calls=(Call("create_tasks", given),)), Answer("There.")))
    turn = carol.say("no such words")
    assert turn.steps.get(kind="tool").result["code"] == "arguments_invalid"
    assert not Task.objects.of(carol.user.id).exists()
