"""What sentences are understood to say, whatever the moment."""

from __future__ import annotations

import re
import time
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.agent.rules.model import ALL, LAST, Command, Field, Understanding
from conversations.agent.rules.understand import MAX_CHARACTERS, understand, understand_message

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
WEDNESDAY = datetime(2025, 3, 12, 10, 0, tzinfo=BERLIN)
MOMENTS = (
    WEDNESDAY,
    datetime(2025, 3, 9, 23, 50, tzinfo=BERLIN),  # a Sunday, and in New York the clocks go forward
    datetime(2025, 3, 30, 1, 30, tzinfo=BERLIN),  # half an hour before the clocks go forward
    datetime(2025, 10, 26, 1, 30, tzinfo=BERLIN),  # the clocks go back
    datetime(2024, 2, 29, 12, 0, tzinfo=NEW_YORK),
    datetime(2025, 4, 30, 18, 0, tzinfo=NEW_YORK),
    datetime(2025, 12, 31, 23, 59, tzinfo=ZoneInfo("Asia/Kolkata")),
    datetime(2026, 1, 1, 0, 0, tzinfo=ZoneInfo("Pacific/Auckland")),
)


def commands(text: str, now: datetime = WEDNESDAY) -> tuple[Command, ...]:
    return understand(text, now=now).commands


def only(text: str, now: datetime = WEDNESDAY) -> Command:
    (command,) = commands(text, now)
    return command


def value(found: Field[Any] | None) -> Any:
    return None if found is None else found.value


def title_and_due(text: str, now: datetime = WEDNESDAY):
    return [(value(c.title), _plain(value(c.due))) for c in commands(text, now)]


def _plain(due):
    return f"{due:%Y-%m-%dT%H:%M}" if isinstance(due, datetime) else due and due.isoformat()


@pytest.mark.parametrize("now", MOMENTS, ids=str)
class TestWheneverItIsSaid:
    def test_tomorrow_belongs_to_its_own_task_only(self, now):
        first, second = commands("remind me to ring the bank tomorrow at five pm and buy rice", now)
        assert (value(first.title), value(second.title)) == ("Ring the bank", "Buy rice")
        assert value(first.due) == datetime.combine(
            now.date() + timedelta(days=1), datetime.min.time().replace(hour=17), tzinfo=now.tzinfo
        )
        assert second.due is None

    def test_a_length_counts_real_time(self, now):
        due = value(only("in two hours turn the roast", now).due)
        assert due.timestamp() - now.timestamp() == 7200

    def test_a_weekday_is_the_coming_one(self, now):
        due = value(only("email Ben the slides by Friday", now).due)
        assert due.weekday() == 4
        assert 1 <= (due - now.date()).days <= 7

    def test_next_weekday_is_of_the_next_week(self, now):
        due = value(only("optician next Thursday at noon", now).due)
        monday = now.date() - timedelta(days=now.weekday())
        assert (due.date() - monday).days == 10
        assert (due.hour, due.minute) == (12, 0)

    def test_a_recurrence_begins_on_the_first_fitting_day_ahead(self, now):
        command = only("every other Tuesday at 9 feed the cat", now)
        due = value(command.due)
        assert value(command.rrule) == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"
        assert (due.weekday(), due.hour, due.minute) == (1, 9, 0)
        assert timedelta(0) < due - now <= timedelta(days=7, hours=1)

    def test_a_day_of_every_month(self, now):
        command = only("pay the gas bill on the first of every month", now)
        due = value(command.due)
        assert value(command.rrule) == "FREQ=MONTHLY;BYMONTHDAY=1"
        assert due.day == 1
        assert 0 <= (due - now.date()).days <= 31

    def test_morning_is_nine(self, now):
        command = only("move the Ben call to Monday morning", now)
        due = value(command.due)
        assert (command.intent, value(command.reference)) == ("update", "Ben call")
        assert (due.weekday(), due.hour, due.minute) == (0, 9, 0)
        assert due > now

    def test_the_last_day_of_the_month(self, now):
        due = value(only("send the timesheet at the end of the month", now).due)
        assert (due.year, due.month) == (now.year, now.month)
        assert (due + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("buy rice, beans and salt", [("Buy rice, beans and salt", None)]),
        ("buy rice, water and salt", [("Buy rice, water and salt", None)]),
        (
            "phone dad and post Eva the keys by Friday",
            [("Phone dad", None), ("Post Eva the keys", "2025-03-14")],
        ),
        ("wash and iron the shirts", [("Wash and iron the shirts", None)]),
        ("go upstairs and rest a bit", [("Go upstairs and rest a bit", None)]),
        ("check the gate and make sure it is locked", [("Check the gate and make sure it is locked", None)]),
        ("book a table. then call Eva", [("Book a table", None), ("Call Eva", None)]),
        ("paint the fence\nmow the lawn", [("Paint the fence", None), ("Mow the lawn", None)]),
        ("I am cold so set a timer for 3 minutes", [(None, "2025-03-12T10:03")]),
        ("I need to thank Eva; can you remind me on Thursday?", [("Thank Eva", "2025-03-13")]),
    ],
)
def test_a_new_command_starts_only_with_a_new_verb(text, expected):
    assert title_and_due(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "watch The 7th Seal",
        "march to the harbour",
        "call Monday's plumber",
        "buy 7up",
        "read Catch 22",
        "order from 5 Guys",
        "check in",
        "meet at 10 Downing Street",
        "finish the May report draft 2",
        "sun screen for Eva",
        "ship parcel 1.2.30",
        "watch Avatar in 3D",
        "read Henry the 5th",
    ],
)
def test_titles_are_never_eaten(text):
    found = [c.title or c.reference for c in commands(text)]
    words = value(found[0])
    assert words.lower() in text.lower()
    assert len(words) >= len(text) - len("finish the ")
    assert commands(text)[0].due is None


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("cook at 5", "2025-03-12T17:00"),
        ("cook at 9", "2025-03-12T21:00"),
        ("cook at half past six", "2025-03-12T18:30"),
        ("cook at quarter to eight pm", "2025-03-12T19:45"),
        ("cook at 20:15", "2025-03-12T20:15"),
        ("cook at 7 30 in the evening", "2025-03-12T19:30"),
        ("cook tonight at 8", "2025-03-12T20:00"),
        ("cook at 8.30 pm", "2025-03-12T20:30"),
        ("cook tomorrow ten am", "2025-03-13T10:00"),
        ("cook the day after tomorrow", "2025-03-14"),
        ("cook this weekend", "2025-03-15"),
        ("cook next week", "2025-03-17"),
        ("cook a week from Friday", "2025-03-21"),
        ("cook on the 3rd", "2025-04-03"),
        ("cook on March 20th", "2025-03-20"),
        ("cook on 20 March at 6pm", "2025-03-20T18:00"),
        ("cook on the 4th of July @noon", "2025-07-04T12:00"),
        ("cook on January 5", "2026-01-05"),
        ("cook on 4/15", "2025-04-15"),
        ("cook on 2025-06-01", "2025-06-01"),
        ("cook in 3 days", "2025-03-15"),
        ("cook in half an hour", "2025-03-12T10:30"),
        ("cook in an hour and a half", "2025-03-12T11:30"),
        ("cook in two weeks", "2025-03-26"),
        ("cook on Christmas", "2025-12-25"),
        ("cook on the last Friday of April", "2025-04-25"),
        ("cook two days before Christmas", "2025-12-23"),
        ("cook in the morning", "2025-03-13T09:00"),
        ("cook Saturday from 5-7pm", "2025-03-15T17:00"),
        ("cook by the end of the day", "2025-03-12"),
        ("cook by the end of the day tomorrow", "2025-03-13"),
        ("cook 3 hours before Friday at noon", "2025-03-14T09:00"),
        ("cook from 10 pm to 2 am tomorrow", "2025-03-12T22:00"),
        ("cook on 2025-03-20T18:30:00Z", "2025-03-20T19:30"),
        ("cook on 2025-03-20T18:30", "2025-03-20T18:30"),
        ("cook first thing tomorrow", "2025-03-13T09:00"),
        ("cook in the middle of June", "2025-06-15"),
        ("cook on the 3rd day of next week", "2025-03-19"),
        ("cook 2 nights from now", "2025-03-14T20:00"),
        ("cook at ten to seven", "2025-03-12T18:50"),
        ("cook within the hour", "2025-03-12T11:00"),
    ],
)
def test_days_and_times(text, due):
    assert title_and_due(text) == [("Cook", due)]


@pytest.mark.parametrize(
    ("text", "rule", "due"),
    [
        ("cook daily at 6pm", "FREQ=DAILY", "2025-03-12T18:00"),
        ("cook every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2025-03-12"),
        ("cook every Monday and Thursday", "FREQ=WEEKLY;BYDAY=MO,TH", "2025-03-13"),
        ("cook on Sundays", "FREQ=WEEKLY;BYDAY=SU", "2025-03-16"),
        ("cook every 3 days", "FREQ=DAILY;INTERVAL=3", "2025-03-12"),
        ("cook every morning", "FREQ=DAILY", "2025-03-13T09:00"),
        ("cook on the first Monday of every month", "FREQ=MONTHLY;BYDAY=1MO", "2025-04-07"),
        ("cook on the last day of every month", "FREQ=MONTHLY;BYMONTHDAY=-1", "2025-03-31"),
        ("cook every year on May 2nd", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=2", "2025-05-02"),
        ("cook every Friday until April 30", "FREQ=WEEKLY;BYDAY=FR;UNTIL=20250430", "2025-03-14"),
        ("cook every Friday 10 times", "FREQ=WEEKLY;BYDAY=FR;COUNT=10", "2025-03-14"),
        ("cook every day except Sunday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA", "2025-03-12"),
        ("cook every Saturday starting next month", "FREQ=WEEKLY;BYDAY=SA", "2025-04-05"),
        ("cook every two weeks on Tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2025-03-18"),
        ("cook every Tuesday twice", "FREQ=WEEKLY;BYDAY=TU;COUNT=2", "2025-03-18"),
        ("cook on the third to last Monday of every month", "FREQ=MONTHLY;BYDAY=-3MO", "2025-03-17"),
        (
            "cook on the first and third Monday and the second Friday of every month",
            "FREQ=MONTHLY;BYDAY=1MO,3MO,2FR",
            "2025-03-14",
        ),
        (
            "cook every month on the first workday",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
            "2025-04-01",
        ),
        ("cook every year on the 2nd Friday", "FREQ=YEARLY;BYDAY=2FR", "2026-01-09"),
        ("cook every year on the 80th day", "FREQ=YEARLY;BYYEARDAY=80", "2025-03-21"),
    ],
)
def test_recurrences(text, rule, due):
    command = only(text)
    assert (value(command.title), value(command.rrule), _plain(value(command.due))) == ("Cook", rule, due)


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("fix the tap, high priority", "priority", "high"),
        ("fix the tap asap", "priority", "urgent"),
        ("fix the tap with low priority", "priority", "low"),
        ("add nails to my hardware store list", "list", "hardware store"),
        ("fix the tap on my house list", "list", "house"),
        ("remind me 15 minutes before to leave tomorrow at 3pm", "lead", timedelta(minutes=15)),
    ],
)
def test_fields(text, field, expected):
    assert value(getattr(only(text), field)) == expected


def test_labels():
    command = only("fix the tap #home #water")
    assert value(command.title) == "Fix the tap"
    assert [value(label) for label in command.labels] == ["home", "water"]


def test_a_list_is_spelt_as_the_user_spells_it():
    (command,) = understand("add nails to my DIY list", now=WEDNESDAY, lists=("Diy",)).commands
    assert value(command.list) == "Diy"


@pytest.mark.parametrize(
    ("text", "intent", "reference"),
    [
        ("tick off the rice", "complete", "rice"),
        ("I've paid the rent", "complete", "rent"),
        ("the rent is done", "complete", "rent"),
        ("finish the Eva call", "complete", "Eva call"),
        ("mark the rent as not done", "reopen", "rent"),
        ("delete the plumber one", "delete", "plumber"),
        ("take rice off the shopping list", "delete", "rice"),
        ("rename the tap job to plumbing", "update", "tap job"),
        ("reschedule the tap job for Friday", "update", "tap job"),
        ("postpone the tap job by 2 days", "update", "tap job"),
        ("undo", "undo", None),
        ("never mind", "smalltalk", None),
        ("good morning", "smalltalk", None),
        ("help", "help", None),
        ("play some jazz", "other", None),
        ("play chess on Sunday", "create", None),
        ("turn off the oven in 20 minutes", "create", None),
        ("hand the form in by Friday", "create", None),
        ("do the ironing asap", "create", None),
        ("what should I do today", "query", None),
        ("when is the optician", "query", None),
        ("is there anything due tomorrow", "query", None),
        ("what's next", "query", None),
        ("how is the weather", "other", None),
        ("snooze it for 7 minutes", "snooze", None),
        ("turn off the alarm", "silence", None),
        ("pause the egg timer", "pause", None),
        ("resume the timer", "resume", None),
        ("restart the timer", "restart", None),
        ("do I have any reminders today", "query", None),
        ("how long is left on my timer", "query", None),
        ("cancel the gym by Friday", "create", None),
    ],
)
def test_intents(text, intent, reference):
    command = only(text)
    assert (command.intent, value(command.reference)) == (intent, reference)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("the third one", (3,)), ("number 4", (4,)), ("2", (2,)), ("the last one", (LAST,)), ("both", (ALL,))],
)
def test_choices(text, numbers):
    assert only(text).choices == numbers


def test_a_query_has_inclusive_dates():
    query = only("what's due this week?").query
    assert query is not None
    assert (query.due_from, query.due_to) == (date(2025, 3, 12), date(2025, 3, 16))


def test_three_commands():
    kinds = [
        c.intent
        for c in commands(
            "remind me to ring Eva at five, buy rice every Friday, and move the tap job to Monday"
        )
    ]
    assert kinds == ["create", "create", "update"]


ODD = (
    "",
    "   \n\t ",
    "\u202etomorrow\u202c \u200f!",
    "🎉🎂🕐",
    "<script>alert(1)</script>",
    "SELECT * FROM tasks; DROP TABLE tasks",
    "def f(x): return {x: x**2}",
    "1234567890",
    "{{ 7*7 }} ${HOME}",
    "İstanbul'a uç",
    "\x00\x01\ue000\ue001",
    "at at at at every every the of of to to to",
    "'s 's 's",
)


@pytest.mark.parametrize("text", [*ODD, *(odd * 300 for odd in ODD), "a " * 5_000, "and buy " * 240])
def test_odd_input_is_answered_fast_and_invents_no_date(text):
    started = time.perf_counter()
    found = understand(text, now=WEDNESDAY)
    assert time.perf_counter() - started < 1
    if "tomorrow" not in text:
        assert all(command.due is None for command in found.commands)


def test_what_is_too_long_is_not_read():
    assert understand("x" * (MAX_CHARACTERS + 1), now=WEDNESDAY).too_long


WORDS = re.findall(
    r"\S+",
    """
    remind me to call buy the milk tomorrow at 5 pm every other friday next week until march 3rd , and . move
    delete to my shopping list high priority in two hours before after the last day of month done mark as
    alarm timer for 10 minutes no 31/12 2025-02-30 noon 's #tag \u200f 🎂 first 99 of may 25:99
    ago half a quarter
    """,
)


def spans(found: Understanding):
    for command in found.commands:
        yield command.span
        fields = (command.title, command.due, command.rrule, command.lead, command.priority, command.list)
        for field in (*fields, *command.labels, command.reference, command.shift):
            if field is not None:
                yield field.span


@settings(max_examples=400, deadline=None)
@given(
    text=st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)),
    now=st.datetimes(
        min_value=datetime(2000, 1, 1),  # noqa: DTZ001 - hypothesis adds the timezone
        max_value=datetime(2100, 1, 1),  # noqa: DTZ001
        timezones=st.sampled_from(
            [BERLIN, NEW_YORK, ZoneInfo("Asia/Kolkata"), ZoneInfo("Australia/Lord_Howe")]
        ),
    ),
)
def test_no_input_raises_and_every_span_lies_in_the_sentence(text, now):
    for span in spans(understand(text, now=now)):
        assert 0 <= span.start <= span.end <= len(text)


def test_the_same_moment_on_two_clocks_is_read_twice():
    moment = datetime(2026, 3, 1, 22, 50, tzinfo=BERLIN)
    dues = [
        understand_message("buy milk tomorrow", moment.astimezone(zone), (), "en").commands[0].due
        for zone in (BERLIN, ZoneInfo("Asia/Tokyo"))
    ]
    assert [due.value for due in dues if due] == [date(2026, 3, 2), date(2026, 3, 3)]
