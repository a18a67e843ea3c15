"""The provider, seen from a turn: a history goes in, tool calls or sentences come out."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from conversations.agent.rules.provider import RulesProvider
from integrations.llm.base import (
    ChatMessage,
    ModelRequest,
    ProviderError,
    TextDelta,
    ToolCall,
    ToolCallReady,
    ToolSpec,
)

NOW = datetime(2025, 3, 12, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # a Wednesday
TOOLS = (
    "create_tasks",
    "find_tasks",
    "update_task",
    "complete_tasks",
    "trash_tasks",
    "reopen_tasks",
    "undo",
    "snooze",
)


def user(text: str) -> ChatMessage:
    return ChatMessage("user", text)


def task(title: str, task_id: str = "t1", **fields: Any) -> dict[str, Any]:
    blank: dict[str, Any] = {
        "status": "open",
        "priority": "none",
        "due_on": None,
        "due_at": None,
        "rrule": "",
        "list": "",
        "labels": [],
    }
    return {"id": task_id, "title": title, **blank, **fields}


async def ask(*messages: ChatMessage, tools: tuple[str, ...] = TOOLS) -> tuple[list[ToolCall], str]:
    request = ModelRequest(
        system="",
        messages=messages,
        tools=tuple(ToolSpec(name, "", {}) for name in tools),
        moment=NOW,
    )
    calls, text = [], ""
    async for event in RulesProvider().stream(request):
        if isinstance(event, ToolCallReady):
            calls.append(event.call)
        else:
            assert isinstance(event, TextDelta)
            text += event.text
    return calls, text


async def answered(history: list[ChatMessage], *results: dict[str, Any]) -> list[ChatMessage]:
    """The history after the calls it leads to were answered with `results`."""
    calls, _ = await ask(*history)
    assert len(calls) == len(results)
    replies = [ChatMessage("tool", tool_call_id=c.id, result=r) for c, r in zip(calls, results, strict=True)]
    return [*history, ChatMessage("assistant", tool_calls=tuple(calls)), *replies]


@pytest.mark.parametrize(
    ("sentence", "tool", "arguments"),
    [
        (
            "remind me to phone Ada tomorrow at six pm and fetch the parcel",
            "create_tasks",
            {"tasks": [{"title": "Phone Ada", "due_at": "2025-03-13T18:00"}, {"title": "Fetch the parcel"}]},
        ),
        (
            "water the ferns every Friday, urgent",
            "create_tasks",
            {
                "tasks": [
                    {
                        "title": "Water the ferns",
                        "due_on": "2025-03-14",
                        "rrule": "FREQ=WEEKLY;BYDAY=FR",
                        "priority": "urgent",
                    }
                ]
            },
        ),
        ("put candles on my party list", "create_tasks", {"tasks": [{"title": "Candles", "list": "party"}]}),
        ("tick off the candles", "complete_tasks", {"references": ["candles"]}),
        ("get rid of the passport reminder", "trash_tasks", {"references": ["passport"]}),
        ("reopen the tax form", "reopen_tasks", {"references": ["tax form"]}),
        (
            "push the haircut to Thursday at 4pm",
            "update_task",
            {"reference": "haircut", "due_at": "2025-03-13T16:00"},
        ),
        ("rename the haircut to barber", "update_task", {"reference": "haircut", "title": "Barber"}),
        ("make the haircut high priority", "update_task", {"reference": "haircut", "priority": "high"}),
        ("move the lamp to my attic list", "update_task", {"reference": "lamp", "list": "attic"}),
        ("remove the due date from the haircut", "update_task", {"reference": "haircut", "due_on": None}),
        ("make the haircut urgent", "update_task", {"reference": "haircut", "priority": "urgent"}),
        (
            "set the priority of the haircut to low",
            "update_task",
            {"reference": "haircut", "priority": "low"},
        ),
        ("show me everything tagged home", "find_tasks", {"label": "home"}),
        ("what did I finish", "find_tasks", {"status": "done"}),
        ("what do I have to do tomorrow", "find_tasks", {"due_from": "2025-03-13", "due_to": "2025-03-13"}),
        ("undo that", "undo", {}),
        ("what's due tomorrow?", "find_tasks", {"due_from": "2025-03-13", "due_to": "2025-03-13"}),
        ("which tasks are overdue", "find_tasks", {"overdue": True}),
        ("what's on my party list", "find_tasks", {"list": "party"}),
        ("wake me up at 6", "create_tasks", {"tasks": [{"title": "Alarm", "due_at": "2025-03-13T06:00"}]}),
        (
            "set a timer for 20 minutes",
            "create_tasks",
            {"tasks": [{"title": "Timer", "due_at": "2025-03-12T10:20"}]},
        ),
        ("cancel the wake-up alarm", "trash_tasks", {"references": ["Alarm"]}),
        ("show my alarms", "find_tasks", {"text": "Alarm"}),
    ],
)
async def test_a_sentence_becomes_a_call(sentence, tool, arguments):
    calls, text = await ask(user(sentence))
    assert [(call.id, call.name, call.arguments) for call in calls] == [("rules_1", tool, arguments)]
    assert text == ""


async def test_several_commands_become_calls_in_order():
    calls, _ = await ask(user("mark the bread as done, buy flour and delete the cake task"))
    assert [(call.id, call.name) for call in calls] == [
        ("rules_1", "complete_tasks"),
        ("rules_2", "create_tasks"),
        ("rules_3", "trash_tasks"),
    ]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("hello", "Hello"),
        ("thank you", "welcome"),
        ("what can you do?", "tasks"),
        ("will it snow tonight?", "only look after your tasks"),
        ("shorten the snooze time", "For how long"),
        ("the third one", "nothing to choose"),
        ("mark it as done", "Which task"),
        ("", "catch anything"),
        ("long " * 2_000, "too long"),
    ],
)
async def test_what_needs_no_tool_is_answered_in_words(sentence, words):
    calls, text = await ask(user(sentence))
    assert calls == []
    assert words in text


async def test_a_tool_that_is_missing_is_never_called():
    calls, text = await ask(user("delete the passport reminder"), tools=("create_tasks",))
    assert calls == []
    assert "deleting tasks" in text


@pytest.mark.parametrize(
    ("sentence", "result", "text"),
    [
        (
            "phone Ada tomorrow at five",
            {"status": "done", "tasks": [task("Phone Ada", due_at="2025-03-13T17:00:00+01:00")]},
            "Added “Phone Ada”, due tomorrow at 17:00.",
        ),
        (
            "buy oats every Friday",
            {
                "status": "done",
                "tasks": [task("Buy oats", due_on="2025-03-14", rrule="FREQ=WEEKLY;BYDAY=FR")],
            },
            "Added “Buy oats”, due on Friday, repeating every Friday.",
        ),
        (
            "tick off the oats",
            {"status": "done", "tasks": [task("Oats", status="done")]},
            "Marked “Oats” as done.",
        ),
        (
            "tick off the oats",
            {"status": "done", "tasks": [task("Oats", due_on="2025-03-21", rrule="FREQ=WEEKLY")]},
            "Done for this time: “Oats”, due on 21 March, repeating every week.",
        ),
        ("delete the oats", {"status": "done", "tasks": [task("Oats")]}, "Moved “Oats” to the trash."),
        (
            "delete the oats",
            {"status": "not_found", "reference": "oats"},
            "I found no task for “oats”, so nothing was changed.",
        ),
        (
            "move the oats to Friday",
            {"status": "done", "task": task("Oats", due_on="2025-03-14"), "changed": ["due"]},
            "“Oats” is now due on Friday.",
        ),
        (
            "move the oats to Friday",
            {"status": "done", "task": task("Oats"), "changed": []},
            "What should I change about “Oats”?",
        ),
        ("undo that", {"status": "nothing"}, "There is nothing to undo."),
        (
            "undo that",
            {
                "status": "done",
                "undone": [{"kind": "task.completed", "title": "Oats"}],
                "conflicts": [{"title": "Rye", "fields": ["title"]}],
            },
            "Undone: “Oats”. I left “Rye” as it is, because it was changed since.",
        ),
        ("show my tasks", {"status": "done", "tasks": [], "more": False}, "I found no such tasks."),
        (
            "show my tasks",
            {
                "status": "done",
                "tasks": [task("Oats", list="Food"), task("Rye", priority="high")],
                "more": True,
            },
            "I found 2 tasks: “Oats”, on the list “Food”. “Rye”, high priority. There are more.",
        ),
        (
            "buy oats",
            {"status": "error", "code": "invalid", "message": "The title is too long."},
            "That did not work: The title is too long.",
        ),
    ],
)
async def test_the_reply_says_what_the_results_say(sentence, result, text):
    history = await answered([user(sentence)], result)
    assert await ask(*history) == ([], text)


def choices(reference: str) -> dict[str, Any]:
    return {
        "status": "choices",
        "reference": reference,
        "choices": [
            {"number": 1, "task": task("Call Anna", "a", due_on="2025-03-13")},
            {"number": 2, "task": task("Call Anna back", "b")},
        ],
    }


async def chosen(first: str, second: str, reference: str) -> list[ToolCall]:
    history = await answered([user(first)], choices(reference))
    _, text = await ask(*history)
    assert text == f"Which “{reference}” do you mean? 1. “Call Anna”, due tomorrow. 2. “Call Anna back”."
    calls, _ = await ask(*history, ChatMessage("assistant", text), user(second))
    return calls


@pytest.mark.parametrize(
    ("answer", "ids"),
    [
        ("the second one", ["b"]),
        ("2", ["b"]),
        ("number two", ["b"]),
        ("the first", ["a"]),
        ("the last one", ["b"]),
        ("both", ["a", "b"]),
    ],
)
async def test_a_choice_repeats_the_call_with_the_chosen_task(answer, ids):
    calls = await chosen("finish the Anna call", answer, "Anna call")
    assert [(call.name, call.arguments) for call in calls] == [("complete_tasks", {"references": ids})]


async def test_a_choice_keeps_what_was_to_change():
    calls = await chosen("move the Anna call to Monday", "the second one", "Anna call")
    assert [(call.name, call.arguments) for call in calls] == [
        ("update_task", {"reference": "b", "due_on": "2025-03-17"})
    ]


async def test_a_choice_that_does_not_exist_is_refused():
    history = await answered([user("finish the Anna call")], choices("Anna call"))
    calls, text = await ask(*history, user("the fifth one"))
    assert calls == []
    assert "from 1 to 2" in text


async def test_an_old_choice_is_no_longer_open():
    history = await answered([user("finish the Anna call")], choices("Anna call"))
    history = [*history, user("hello"), ChatMessage("assistant", "Hello!")]
    calls, text = await ask(*history, user("the second one"))
    assert calls == []
    assert "nothing to choose" in text


async def test_it_means_the_task_spoken_of_last():
    history = await answered([user("buy rye")], {"status": "done", "tasks": [task("Buy rye", "r")]})
    calls, _ = await ask(*history, user("move it to Friday"))
    assert [call.arguments for call in calls] == [{"reference": "r", "due_on": "2025-03-14"}]


async def test_a_length_moves_the_due_moment_the_task_has():
    told = {"status": "done", "task": task("Timer", "x", due_at="2025-03-12T10:30:00+01:00"), "changed": []}
    history = await answered([user("add 5 minutes to my timer")], told)
    calls, _ = await ask(*history)
    assert [(call.id, call.arguments) for call in calls] == [
        ("rules_1_move", {"reference": "x", "due_at": "2025-03-12T10:35"})
    ]
    moved = {
        "status": "done",
        "task": task("Timer", "x", due_at="2025-03-12T10:35:00+01:00"),
        "changed": ["due"],
    }
    history = [
        *history,
        ChatMessage("assistant", tool_calls=tuple(calls)),
        ChatMessage("tool", tool_call_id="rules_1_move", result=moved),
    ]
    assert await ask(*history) == ([], "“Timer” is now due today at 10:35.")


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ({"due_at": "2025-03-14T15:00:00+01:00"}, "2025-03-14T17:00"),
        ({"due_on": "2025-03-20"}, "2025-03-20T17:00"),
        ({}, "2025-03-12T17:00"),
    ],
)
async def test_a_new_time_keeps_the_day(due, expected):
    told = {"status": "done", "task": task("Dentist", "x", **due), "changed": []}
    history = await answered([user("move the dentist to 5pm")], told)
    calls, _ = await ask(*history)
    assert [call.arguments for call in calls] == [{"reference": "x", "due_at": expected}]


async def test_remarks_and_results_come_in_the_order_of_the_sentence():
    history = await answered(
        [user("silence the alarm and buy rye")], {"status": "done", "tasks": [task("Buy rye")]}
    )
    assert await ask(*history) == ([], "I can't silence alarms yet. Added “Buy rye”.")


async def test_each_sentence_is_a_delta_of_its_own():
    found = {"status": "done", "tasks": [task("Oats"), task("Rye")], "more": False}
    history = await answered([user("show my tasks")], found)
    request = ModelRequest("", tuple(history), (ToolSpec("find_tasks", "", {}),), NOW)
    deltas = [event async for event in RulesProvider().stream(request)]
    assert len(deltas) == 3


async def test_a_history_without_a_sentence_is_an_error():
    with pytest.raises(ProviderError):
        await ask(ChatMessage("assistant", "Hello!"))
