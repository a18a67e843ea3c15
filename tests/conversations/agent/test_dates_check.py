"""Dates of a model, held against the words of the user."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from conversations.agent.dates_check import check_dates
from integrations.llm.base import ChatMessage, ModelRequest, ToolCall
from tasks.models import Task
from tests.conversations.agent.conftest import Person
from tests.conversations.conftest import Models
from tests.fakes.script import Answer, Call, by_step, results

NOW = datetime(2025, 3, 12, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # a Wednesday


def checked(words: str, arguments: dict[str, Any], tool: str = "create_tasks", call_id: str = "c1"):
    request = ModelRequest(system="", messages=(ChatMessage("user", words),), tools=(), moment=NOW)
    call, correction = check_dates(ToolCall(call_id, tool, arguments), request)
    return call.arguments, correction


def one(**due: str) -> dict[str, Any]:
    return {"tasks": [{"title": "Ring the bank", **due}]}


@pytest.mark.parametrize(
    ("words", "given", "right"),
    [
        ("ring the bank on Friday", {"due_on": "2025-03-15"}, {"due_on": "2025-03-14"}),
        ("ring the bank tomorrow at 5 pm", {"due_at": "2025-03-13T05:00"}, {"due_at": "2025-03-13T17:00"}),
        ("ring the bank on 3 June", {"due_on": "2025-03-06"}, {"due_on": "2025-06-03"}),
        (
            "ruf am Freitag um 17 Uhr die Bank an",
            {"due_at": "2025-03-13T17:00"},
            {"due_at": "2025-03-14T17:00"},
        ),
        ("appelle la banque demain", {"due_on": "2025-03-14"}, {"due_on": "2025-03-13"}),
        ("llama al banco mañana", {"due_on": "2025-03-14"}, {"due_on": "2025-03-13"}),
    ],
)
def test_clear_words_win(words, given, right):
    arguments, correction = checked(words, one(**given))
    assert arguments == one(**right)
    assert (correction["given"], correction["due"]) == (
        next(iter(given.values())),
        next(iter(right.values())),
    )
    assert correction["said"] in words


@pytest.mark.parametrize(
    ("words", "arguments"),
    [
        ("ring the bank on Friday", one(due_on="2025-03-21")),  # a Friday as well
        ("ring the bank next Friday", one(due_on="2025-03-15")),  # which one is in doubt
        ("ring the bank on Friday, or better on Monday", one(due_on="2025-03-18")),
        ("ring the bank at 5", one(due_at="2025-03-12T05:00")),
        ("ring the bank", one(due_on="2025-03-15")),
        ("ring the bank on Friday", one()),
        ("ring the bank on Friday", {"tasks": [*one()["tasks"], {"title": "Shop", "due_on": "2025-03-15"}]}),
        ("ring the bank on Friday", one(due_on="soon")),
    ],
)
def test_what_is_not_clear_is_left_to_the_model(words, arguments):
    assert checked(words, arguments) == (arguments, None)


def test_an_update_is_held_to_the_words_too():
    given = {"reference": "bank", "due_on": "2025-03-15"}
    arguments, correction = checked("move the bank to Friday", given, "update_task")
    assert arguments == {**given, "due_on": "2025-03-14"}
    assert correction is not None


def test_the_rules_are_not_held_against_themselves():
    arguments = one(due_on="2025-03-15")
    assert checked("ring the bank on Friday", arguments, call_id="rules_1") == (arguments, None)


@pytest.mark.django_db(transaction=True)
def test_the_task_is_due_when_the_words_say_and_the_model_is_told(carol: Person, models: Models):
    given = {"tasks": [{"title": "Ring the bank", "due_on": "2031-02-04"}]}
    (fake,) = models(openai=by_step(Answer(calls=(Call("create_tasks", given),)), Answer("Done.")))
    carol.say("ring the bank on 3 February 2031")
    assert Task.objects.of(carol.user.id).get().due_on.isoformat() == "2031-02-03"
    (result,) = results(fake.requests[-1].body)
    assert result["corrected"] == {"given": "2031-02-04", "due": "2031-02-03", "said": "on 3 February 2031"}
