"""A user's tasks as an iCalendar object (RFC 5545): each a VTODO, one with a time of day a VEVENT besides.

Times of day are written in the user's timezone with its VTIMEZONE, so that a calendar repeats nine o'clock as
nine o'clock across daylight-saving changes. Everything follows from the tasks: the same tasks give the same
bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, Todo, vRecur

from tasks.models import Task

PRODUCT = "-//Voice2Task//Tasks//EN"
DOMAIN = "voice2task"
EVENT_LENGTH = timedelta(minutes=30)
# The years for which the changes of a timezone are written out; before and after, its first and last hold.
KNOWN_YEARS = (1970, 2100)
REPEATING_YEARS = 10

STATUS = {
    Task.Status.DONE: "COMPLETED",
    Task.Status.DISMISSED: "CANCELLED",
    Task.Status.IN_PROGRESS: "IN-PROCESS",
}
# RFC 5545, section 3.8.1.9: 1 is the highest, 9 the lowest, 0 undefined.
PRIORITY = {
    Task.Priority.URGENT: 1,
    Task.Priority.HIGH: 3,
    Task.Priority.MEDIUM: 5,
    Task.Priority.LOW: 7,
    Task.Priority.NONE: 0,
}

Row = Mapping[str, Any]


def calendar_of(rows: Iterable[Row], *, name: str, zone: ZoneInfo) -> bytes:
    """The calendar of rows of `TaskQuerySet.rows()`, as UTF-8."""
    rows = list(rows)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("x-wr-calname", name)
    timed = [row for row in rows if row["due_at"]]
    if timed and zone.key != "UTC":
        calendar.add_component(_timezone(timed, zone))
    for row in rows:
        calendar.add_component(_todo(row, zone))
        if row["due_at"] and row["status"] != Task.Status.DISMISSED:
            calendar.add_component(_event(row, zone))
    text: bytes = calendar.to_ical()
    return text


def _timezone(timed: list[Row], zone: ZoneInfo) -> Timezone:
    years = [row["due_at"].astimezone(UTC).year for row in timed]
    last = max(years) + (REPEATING_YEARS if any(row["rrule"] for row in timed) else 0)
    return _written_out(zone.key, _known(min(years) - 1), _known(last + 1))


def _known(year: int) -> int:
    return min(max(year, KNOWN_YEARS[0]), KNOWN_YEARS[1])


@lru_cache(maxsize=256)
def _written_out(name: str, first: int, last: int) -> Timezone:
    return Timezone.from_tzinfo(
        ZoneInfo(name), name, first_date=date(first, 1, 1), last_date=date(last, 12, 31)
    )


def _todo(row: Row, zone: ZoneInfo) -> Todo:
    todo = Todo()
    _describe(todo, row, f"{row['id']}@{DOMAIN}")
    todo.add("status", STATUS.get(row["status"], "NEEDS-ACTION"))
    todo.add("priority", PRIORITY[row["priority"]])
    if row["completed_at"]:
        todo.add("completed", row["completed_at"].astimezone(UTC))
    if row["parent_id"]:
        todo.add("related-to", f"{row['parent_id']}@{DOMAIN}")
    if (due := _due(row, zone)) is not None:
        if (start := _start(row, due)) is not None:
            todo.add("dtstart", start)
        todo.add("due", due)
    elif row["start_on"]:
        todo.add("dtstart", row["start_on"])
    _repeat(todo, row, zone)
    return todo


def _event(row: Row, zone: ZoneInfo) -> Event:
    event = Event()
    _describe(event, row, f"{row['id']}-event@{DOMAIN}")
    event.add("dtstart", _due(row, zone))
    minutes = row["estimate_minutes"]
    event.add("duration", timedelta(minutes=minutes) if minutes else EVENT_LENGTH)
    # A task leaves the time free for whoever looks for a free hour.
    event.add("transp", "TRANSPARENT")
    _repeat(event, row, zone)
    return event


def _describe(component: Todo | Event, row: Row, uid: str) -> None:
    component.add("uid", uid)
    component.add("dtstamp", row["updated_at"].astimezone(UTC))
    component.add("created", row["created_at"].astimezone(UTC))
    component.add("last-modified", row["updated_at"].astimezone(UTC))
    component.add("sequence", row["version"])
    component.add("summary", row["title"])
    if row["notes"]:
        component.add("description", row["notes"])
    if row["label_names"]:
        component.add("categories", sorted(row["label_names"]))


def _due(row: Row, zone: ZoneInfo) -> date | datetime | None:
    moment: datetime | None = row["due_at"]
    if moment is None:
        day: date | None = row["due_on"]
        return day
    return moment.astimezone(UTC) if zone.key == "UTC" else moment.astimezone(zone)


def _start(row: Row, due: date | datetime) -> date | datetime | None:
    """What a VTODO begins with, of the same type as its due (RFC 5545, section 3.8.2.4)."""
    if _repeats(row):
        # A rule is read from DTSTART, and that is the occurrence which is due.
        return due
    start: date | None = row["start_on"]
    if start is None or not isinstance(due, datetime):
        return start
    return min(datetime.combine(start, time.min, due.tzinfo), due)


def _repeats(row: Row) -> bool:
    """Whether the occurrences to come are known: counted from completion, they are not."""
    return bool(row["rrule"]) and row["repeat_from"] == Task.RepeatFrom.DUE and row["due_on"] is not None


def _repeat(component: Todo | Event, row: Row, zone: ZoneInfo) -> None:
    if not _repeats(row):
        return
    due = _due(row, zone)
    rule = vRecur.from_ical(row["rrule"])
    if until := rule.get("UNTIL"):
        rule["UNTIL"] = [_until(until[0], due, zone)]
    component.add("rrule", rule)
    for text in row["exdates"]:
        day = date.fromisoformat(text)
        component.add(
            "exdate", datetime.combine(day, due.time(), due.tzinfo) if isinstance(due, datetime) else day
        )


def _until(until: date | datetime, due: date | datetime | None, zone: ZoneInfo) -> date | datetime:
    """The end of a rule as RFC 5545 (3.3.10) wants it: of the type of DTSTART, and a moment in UTC."""
    if not isinstance(due, datetime):
        return until.date() if isinstance(until, datetime) else until
    if not isinstance(until, datetime):
        until = datetime.combine(until, time(23, 59, 59), zone)
    return (until if until.tzinfo else until.replace(tzinfo=zone)).astimezone(UTC)
