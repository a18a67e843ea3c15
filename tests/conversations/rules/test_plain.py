"""Words that were made plain say nothing but themselves, wherever they stand."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from conversations.agent.rules.model import Command, Span
from conversations.agent.rules.understand import understand

NOW = datetime(2025, 3, 12, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
SENTENCES = (
    "call Bob tomorrow at five pm",
    "tomorrow call Bob at 5",
    "add batteries to my shopping list",
    "add to my shopping list: milk and eggs",
    "put milk on the groceries list tomorrow",
    "buy milk #work on friday",
    "dentist next Friday at noon, high priority",
    "every other Tuesday at 9 water the plants",
    "pay rent on the first of every month",
    "call mom and email Anna the report by Friday",
    "remind me of the meeting at 5 10 minutes before",
    "Milch kaufen morgen um 9, hohe Priorität",
    "setze Brot auf meine Einkaufsliste",
    "acheter du lait demain à 9 heures",
    "comprar leche mañana a las 9",
)


def words(text: str, place: Span) -> str:
    return text[place.start : place.end]


def read(text: str, *plain: Span) -> tuple[Command, ...]:
    return understand(text, now=NOW, plain=plain, as_tasks=True).commands


def fields_of(commands: tuple[Command, ...]):
    for command in commands:
        for field in (command.due, command.rrule, command.lead, command.priority, command.list):
            if field is not None:
                yield field
        yield from command.labels


@pytest.mark.parametrize("text", SENTENCES)
def test_no_field_is_read_from_plain_words(text: str):
    found = list(fields_of(read(text)))
    assert found, "the sentence says something to begin with"
    for field in found:
        commands = read(text, *field.places)
        again = [place for other in fields_of(commands) for place in other.places]
        for place in field.places:
            assert not any(one.start < place.end and place.start < one.end for one in again), text
            titles = " ".join(command.title.value for command in commands if command.title)
            assert words(text, place).casefold() in titles.casefold()


def test_words_at_the_edge_of_blanks_come_to_an_end():
    text = "  put milk on the groceries list tomorrow  "
    for start in range(len(text)):
        assert read(text, Span(start, start + 1))


@pytest.mark.parametrize("text", SENTENCES)
def test_all_of_a_sentence_may_be_plain(text: str):
    (task,) = read(text, Span(0, len(text)))
    assert task.title is not None
    assert task.title.value.casefold() == text.casefold()
    assert list(fields_of((task,))) == []


def test_other_words_are_read_as_before():
    text = "watch The Day After Tomorrow on Sunday"
    (task,) = read(text, Span(6, 28))
    assert task.title is not None
    assert task.title.value == "Watch The Day After Tomorrow"
    assert task.due is not None
    assert task.due.value.isoformat() == "2025-03-16"


def test_a_due_moment_is_told_by_all_of_its_places():
    text = "tomorrow call Bob at 5"
    (task,) = read(text)
    assert task.due is not None
    assert [words(text, place) for place in task.due.places] == ["tomorrow", "at 5"]
    (task,) = read(text, Span(18, 22))
    assert task.due is not None
    assert task.due.value.isoformat() == "2025-03-13"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("delete old mails on Friday", "Delete old mails"),
        ("wake me up at 7", "Wake me up"),
        ("tomorrow", "tomorrow"),
        ("</div>", "</div>"),
        ("please buy milk", "Buy milk"),
    ],
)
def test_every_command_is_a_task_where_tasks_are_added(text: str, title: str):
    (task,) = read(text)
    assert task.intent == "create"
    assert task.title is not None
    assert task.title.value == title


def test_a_range_beyond_the_sentence_or_between_words_changes_nothing():
    text = "buy milk tomorrow"
    assert read(text, Span(90, 99)) == read(text, Span(3, 4)) == read(text)


def test_nothing_is_left_before_a_comma():
    (task,) = read("ring the bank tomorrow, then rest")
    assert task.title is not None
    assert task.title.value == "Ring the bank, then rest"
