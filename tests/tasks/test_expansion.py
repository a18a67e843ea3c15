"""`tasks.expansion`: which occurrences a rule has, by RFC 5545.

`RULES` were worked out by hand from the RFC and a calendar. With `VOICE2TASK_DATA` naming a folder that has
`rrule_expansion_libical.jsonl`, libical's own test cases are held against it too.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime, time
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tasks.recurrence import Due, RuleInvalid, next_after_due, parse_rule

UTC = ZoneInfo("UTC")
LIBICAL = Path(os.environ.get("VOICE2TASK_DATA", "/nonexistent")) / "rrule_expansion_libical.jsonl"

# Rule, start, and its first occurrences, the last of them if it ends.
RULES = [
    # Weeks and BYSETPOS: the set is that of the whole week, also where the rule begins within it.
    ("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2", "2026-03-05", "2026-03-11 2026-03-18 2026-03-25"),
    ("FREQ=WEEKLY;BYDAY=MO,TU,TH;BYSETPOS=-1", "2026-03-03", "2026-03-05 2026-03-12"),
    ("FREQ=WEEKLY;BYDAY=MO,TU,TH;BYSETPOS=1,-1", "2026-03-03", "2026-03-05 2026-03-09 2026-03-12"),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;BYSETPOS=1", "2026-03-04", "2026-03-17 2026-03-31"),
    ("FREQ=WEEKLY;BYDAY=SU,SA;BYSETPOS=1;WKST=SU", "2026-03-04", "2026-03-08 2026-03-15"),
    ("FREQ=WEEKLY;BYDAY=SU,SA;BYSETPOS=1", "2026-03-04", "2026-03-07 2026-03-14"),
    ("FREQ=WEEKLY;BYHOUR=8,20;BYSETPOS=-1", "2026-03-04T08:00", "2026-03-04T20:00 2026-03-11T20:00"),
    # Weeks that begin on another day.
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO", "2026-03-03", "2026-03-03 2026-03-08 2026-03-17"),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU", "2026-03-03", "2026-03-03 2026-03-15 2026-03-17"),
    # Numbers of weeks: a week is the year's that has four of its days.
    ("FREQ=YEARLY;BYWEEKNO=1", "2024-12-31", "2024-12-31 2025-12-30 2027-01-05"),
    ("FREQ=YEARLY;BYWEEKNO=53", "2026-01-01", "2026-12-31 2032-12-30"),
    ("FREQ=YEARLY;BYWEEKNO=-1;BYDAY=SU", "2026-01-01", "2027-01-03 2028-01-02 2028-12-31"),
    ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO,FR", "2026-05-12", "2026-05-15 2027-05-17 2027-05-21"),
    ("FREQ=YEARLY;INTERVAL=2;BYWEEKNO=1;BYDAY=MO", "2025-12-29", "2025-12-29 2028-01-03 2029-12-31"),
    ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=TH;WKST=SU", "2027-01-01", "2027-01-07 2028-01-06"),
    ("FREQ=YEARLY;BYWEEKNO=1;BYMONTH=12;BYMONTHDAY=-1,-2", "2024-12-01", "2024-12-30 2024-12-31 2025-12-30"),
    ("FREQ=YEARLY;BYWEEKNO=10,11;BYDAY=WE;BYSETPOS=-1", "2026-03-01", "2026-03-11 2027-03-17"),
    ("FREQ=YEARLY;BYWEEKNO=10;BYYEARDAY=-300", "2026-01-01", "2026-03-07 2028-03-07"),
    ("FREQ=YEARLY;BYWEEKNO=10;BYHOUR=9,17", "2026-03-03T12:00", "2026-03-03T17:00 2027-03-09T09:00"),
    # What a rule leaves open is taken from its start.
    ("FREQ=YEARLY;BYMONTHDAY=29", "2024-02-29", "2024-02-29 2028-02-29"),
    ("FREQ=YEARLY;BYMONTHDAY=-1", "2026-04-02", "2026-04-30 2027-04-30"),
    ("FREQ=YEARLY;BYMONTH=4,6", "2026-04-09", "2026-04-09 2026-06-09 2027-04-09"),
    ("FREQ=YEARLY;BYDAY=FR;BYMONTHDAY=13", "2026-01-01", "2026-02-13 2026-03-13 2026-11-13"),
    ("FREQ=MONTHLY", "2026-01-31", "2026-01-31 2026-03-31 2026-05-31"),
    # A day has no hours.
    ("FREQ=DAILY;BYHOUR=9,17;BYMINUTE=30", "2026-03-02", "2026-03-02 2026-03-03"),
    ("FREQ=DAILY;BYHOUR=9,17", "2026-03-02T10:00", "2026-03-02T17:00 2026-03-03T09:00"),
    # The last of months, days counted from the end, and ends.
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-01-01", "2026-01-30 2026-02-27 2026-03-31"),
    ("FREQ=MONTHLY;BYMONTHDAY=31,-1;COUNT=3", "2026-01-31", "2026-01-31 2026-02-28 2026-03-31 end"),
    ("FREQ=YEARLY;BYDAY=20MO", "2026-01-01", "2026-05-18 2027-05-17"),
    ("FREQ=YEARLY;BYYEARDAY=366", "2026-01-01", "2028-12-31 2032-12-31"),
    ("FREQ=DAILY;INTERVAL=10;UNTIL=20260320", "2026-03-01", "2026-03-01 2026-03-11 end"),
    (
        "FREQ=HOURLY;INTERVAL=7;BYHOUR=3,6;COUNT=2",
        "2025-01-01T03:05",
        "2025-01-01T03:05 2025-01-07T06:05 end",
    ),
]

# Rows of libical's that this project reads otherwise, and why.
REFUSED = "A task is not due every second or minute: such rules are refused."
EXCEPTIONS = {
    "icalrecur-84": REFUSED,
    "icalrecur-126": REFUSED,
    "icalrecur-135": REFUSED,
    "icalrecur-136": REFUSED,
    # libical says of itself that it does not do this one. 30 December is in week 1 when it is a Monday to
    # Wednesday.
    "icalrecur-79": ["20241230", "20251230", "20301230", "20311230"],
}


def due_of(text: str) -> Due:
    moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return Due(moment.date(), moment if "T" in text else None)


def steps(rrule: str, due: Due) -> Iterator[Due]:
    """What a task is due at that is made with this due, and completed again and again at its due."""
    rule, _ = parse_rule(rrule, due=due, zone=UTC)
    while True:
        now = due.at or datetime.combine(due.on, time.min, UTC)
        following = next_after_due(rule, due=due, now=now, zone=UTC)
        if following is None:
            return
        due, rule = following.due, following.rrule
        yield due


def assert_occurs(rrule: str, start: Due, expected: list[Due], *, ends: bool) -> None:
    """A due that is itself an occurrence is the first; else the task moves from there to the first."""
    following = expected[1:] if expected[0] == start else expected
    found = list(islice(steps(rrule, start), len(following) + (1 if ends else 0)))
    assert found == following
    assert parse_rule(rrule, due=start, zone=UTC)[1] == expected[0].on


@pytest.mark.parametrize(("rrule", "start", "expected"), RULES)
def test_a_rule_has_these_occurrences(rrule: str, start: str, expected: str) -> None:
    *days, last = expected.split()
    ends = last == "end"
    days = days if ends else [*days, last]
    assert_occurs(rrule, due_of(start), [due_of(day) for day in days], ends=ends)


def libical_rows() -> list[Any]:
    if not LIBICAL.exists():
        return [pytest.param({}, id="none", marks=pytest.mark.skip(reason="VOICE2TASK_DATA names no data"))]
    rows = [json.loads(line) for line in LIBICAL.read_text().splitlines()]
    return [pytest.param(row, id=row["id"]) for row in rows]


@pytest.mark.parametrize("row", libical_rows())
def test_libical_agrees(row: dict[str, Any]) -> None:
    rrule, start = row["rrule"], due_of(row["dtstart"].removesuffix("Z"))
    exception = EXCEPTIONS.get(row["id"])
    if exception == REFUSED:
        with pytest.raises(RuleInvalid):
            parse_rule(rrule, due=start, zone=UTC)
        return
    instances = [text.removesuffix("Z") for text in exception or row["instances"]]
    assert_occurs(
        rrule, start, [due_of(text) for text in instances], ends="COUNT" in rrule or "UNTIL" in rrule
    )
