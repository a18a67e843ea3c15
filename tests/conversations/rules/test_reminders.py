"""What the rules make of reminders: so long before something, and later again."""

from __future__ import annotations

from typing import Any

import pytest

from integrations.llm.base import ChatMessage
from tests.conversations.rules.test_provider import TOOLS, answered, ask, task, user

ALL = (*TOOLS, "set_reminder")
MISSING = {"status": "not_found", "reference": "Dentist"}


def reminds(title: str, at: str | None) -> dict[str, Any]:
    return {"status": "done", "task": task(title), "reminds_at": at}


def made(title: str, **fields: Any) -> dict[str, Any]:
    return {"status": "done", "tasks": [task(title, **fields)]}


async def goes_on(history: list[ChatMessage], result: dict[str, Any]) -> tuple[str, list[ChatMessage]]:
    """The one call that follows from a history, and the history with its result."""
    calls, _ = await ask(*history, tools=ALL)
    (call,) = calls
    answer = ChatMessage("tool", tool_call_id=call.id, result=result)
    told = f"{call.id} {call.name} {call.arguments}"
    return told, [*history, ChatMessage("assistant", tool_calls=(call,)), answer]


@pytest.mark.parametrize(
    ("sentence", "reference", "minutes"),
    [
        ("remind me 30 minutes before the dentist", "The dentist", 30),
        ("alert me an hour before the staff meeting please", "The staff meeting", 60),
        ("set a reminder for two hours before the flight", "The flight", 120),
        ("remind me a day ahead of the exam", "The exam", 1440),
        ("remind me about the exam 15 minutes before it starts", "The exam", 15),
        ("remind me of the exam a quarter of an hour in advance", "The exam", 15),
    ],
)
async def test_so_long_before_something_is_a_reminder_of_it(sentence, reference, minutes):
    calls, _ = await ask(user(sentence), tools=ALL)
    arguments = {"reference": reference, "minutes_before": minutes}
    assert [(call.name, call.arguments) for call in calls] == [("set_reminder", arguments)]


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("remind me two days before next Friday to buy presents", {"due_on": "2025-03-19"}),
        ("remind me 10 minutes before 4pm to buy presents", {"due_at": "2025-03-12T15:50"}),
    ],
)
async def test_so_long_before_a_time_is_a_time(sentence, due):
    calls, _ = await ask(user(sentence), tools=ALL)
    arguments = {"tasks": [{"title": "Buy presents", **due}]}
    assert [(call.name, call.arguments) for call in calls] == [("create_tasks", arguments)]


async def test_the_reminder_is_told_of():
    told, history = await goes_on(
        [user("remind me 30 minutes before the dentist")], reminds("Dentist", "2025-03-13T14:30+01:00")
    )
    assert told == "rules_1 set_reminder {'reference': 'The dentist', 'minutes_before': 30}"
    assert await ask(*history, tools=ALL) == ([], "I'll remind you of “Dentist” tomorrow at 14:30.")


async def test_what_is_not_there_yet_is_made():
    _, history = await goes_on([user("remind me 30 minutes before the dentist")], MISSING)
    told, history = await goes_on(history, made("The dentist", task_id="x"))
    assert told == "rules_1_new create_tasks {'tasks': [{'title': 'The dentist'}]}"
    told, history = await goes_on(history, reminds("The dentist", None))
    assert told == "rules_1_lead set_reminder {'reference': 'x', 'minutes_before': 30}"
    words = "Added “The dentist”. I'll remind you of “The dentist” once it has a due date."
    assert await ask(*history, tools=ALL) == ([], words)


async def test_a_new_task_is_reminded_of():
    sentence = "leave for the airport tomorrow at 3pm, remind me 15 minutes before"
    due = "2025-03-13T15:00+01:00"
    _, history = await goes_on([user(sentence)], made("Leave for the airport", task_id="x", due_at=due))
    told, history = await goes_on(history, reminds("Leave for the airport", "2025-03-13T14:45+01:00"))
    assert told == "rules_1_lead set_reminder {'reference': 'x', 'minutes_before': 15}"
    assert await ask(*history, tools=ALL) == (
        [],
        "Added “Leave for the airport”, due tomorrow at 15:00."
        " I'll remind you of “Leave for the airport” tomorrow at 14:45.",
    )


async def test_two_reminders_are_two_calls():
    sentence = "ring Eva tomorrow at 3pm, remind me 5 minutes before; post the form"
    calls, _ = await ask(user(sentence), tools=ALL)
    titles = [[one["title"] for one in call.arguments["tasks"]] for call in calls]
    assert titles == [["Ring Eva"], ["Post the form"]]


async def test_what_was_refused_is_told_and_nothing_follows():
    refused = {"status": "error", "code": "reminder_past", "message": "That moment is past."}
    _, history = await goes_on([user("remind me 30 minutes before the dentist")], refused)
    assert await ask(*history, tools=ALL) == ([], "That did not work: That moment is past.")


async def test_without_the_tool_the_task_is_made_all_the_same():
    calls, _ = await ask(user("remind me 30 minutes before the dentist"))
    assert [(call.name, call.arguments) for call in calls] == [
        ("create_tasks", {"tasks": [{"title": "The dentist"}]})
    ]


@pytest.mark.parametrize(
    ("sentence", "arguments"),
    [
        ("snooze", {"minutes": 10}),
        ("snooze it for 7 minutes", {"minutes": 7}),
        ("snooze that for half an hour", {"minutes": 30}),
        ("please snooze the reminder for another hour", {"minutes": 60}),
        ("snooze until 5", {"until": "2025-03-12T17:00"}),
        ("snooze it till tomorrow", {"until": "2025-03-13T09:00"}),
        ("snooze the dentist for two hours", {"reference": "dentist", "minutes": 120}),
        (
            "snooze the dentist reminder until Friday at 8 am",
            {"reference": "dentist", "until": "2025-03-14T08:00"},
        ),
        ("pause the alarm for 15 minutes", {"minutes": 15}),
    ],
)
async def test_snoozing(sentence, arguments):
    calls, text = await ask(user(sentence))
    assert [(call.name, call.arguments) for call in calls] == [("snooze", arguments)], text


@pytest.mark.parametrize(
    "sentence", ["set an alarm for Monday with 5 sec snooze", "reduce my snooze time by 3 minutes"]
)
async def test_talk_about_snoozing_snoozes_nothing(sentence):
    calls, text = await ask(user(sentence))
    assert calls == []
    assert "For how long" in text


async def test_snoozing_is_told_of():
    done = reminds("Call Bob", "2025-03-12T10:10+01:00")
    history = await answered([user("snooze")], done)
    assert await ask(*history) == ([], "I'll remind you of “Call Bob” today at 10:10.")
    history = await answered([user("snooze")], {"status": "no_reminder"})
    assert await ask(*history) == ([], "No reminder has come yet that could be snoozed.")
