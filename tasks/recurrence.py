"""Repeating by RFC 5545: checking a rule and moving a due on to its next occurrence.

Occurrences are computed in the wall time of the user's timezone, so that nine o'clock stays nine o'clock
across daylight-saving changes. The rule is read from the present due: COUNT is lowered as occurrences pass.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from voice2task.kernel.errors import Invalid

# dateutil looks for an occurrence until the last year there is: up to 16 s for a rule that never comes true.
# The Gregorian calendar repeats after 400 years, so occurrences are looked for as late as the start allows.
CALENDAR_CYCLE = 400
LAST_START_YEAR = 9939
FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY")
# Frequencies whose phase is kept when the start is moved by whole periods.
EVEN_PERIODS = {"WEEKLY": timedelta(weeks=1), "DAILY": timedelta(days=1), "HOURLY": timedelta(hours=1)}
LAST_MOMENT = datetime(9999, 12, 30, 23, 59, 59)  # noqa: DTZ001 - wall time

_DAY = r"(?:MO|TU|WE|TH|FR|SA|SU)"
_PATTERNS = {
    "FREQ": "|".join(FREQUENCIES),
    "INTERVAL": r"[1-9]\d{0,2}",
    "COUNT": r"[1-9]\d{0,2}",
    "UNTIL": r"\d{8}(?:T\d{6}Z?)?",
    "BYDAY": rf"[+-]?\d{{0,2}}{_DAY}(?:,[+-]?\d{{0,2}}{_DAY})*",
    "WKST": _DAY,
}
# The greatest number that a list of numbers may hold, and whether it may count from the end.
_NUMBERS = {
    "BYMONTHDAY": (31, True),
    "BYYEARDAY": (366, True),
    "BYWEEKNO": (53, True),
    "BYSETPOS": (366, True),
    "BYMONTH": (12, False),
    "BYHOUR": (23, False),
    "BYMINUTE": (59, False),
    "BYSECOND": (59, False),
}
_FROM_ZERO = ("BYHOUR", "BYMINUTE", "BYSECOND")


class RuleInvalid(Invalid):
    code = "rrule_invalid"
    message = "This is not a recurrence rule of RFC 5545 that a task can follow."

    def __init__(self, message: str = "") -> None:
        super().__init__(message, field="rrule")


@dataclass(frozen=True, slots=True)
class Due:
    """A day in the user's timezone, with a moment unless it is all-day."""

    on: date
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """The due that follows, and the rule as it reads from there."""

    due: Due
    rrule: str


def parse_rule(text: str, *, start: datetime) -> tuple[str, datetime]:
    """The rule in its stored form, upper case without the leading `RRULE:`, and its first occurrence.

    `start` is the wall time from which the rule must have one.

    Raises:
        RuleInvalid: not a rule, or one that never comes true.
    """
    rule = text.strip().upper().removeprefix("RRULE:").rstrip(";")
    parts = _parts(rule)
    _until(parts.get("UNTIL", ""), ZoneInfo("UTC"))
    unbounded = {name: value for name, value in parts.items() if name not in ("COUNT", "UNTIL")}
    first = next(_occurrences(unbounded, start, LAST_MOMENT), None)
    if first is None:
        raise RuleInvalid("This rule never comes true.")
    return rule, first


def next_after_due(rrule: str, *, due: Due, now: datetime, zone: ZoneInfo) -> Occurrence | None:
    """The first occurrence that follows `due` and is not past; None when the rule has ended."""
    parts = _parts(rrule)
    count = int(parts.pop("COUNT", 0))
    until = _until(parts.pop("UNTIL", ""), zone)
    start = wall_time(due, zone)
    if not count:
        start = _fast_forward(parts, start, now.astimezone(zone).replace(tzinfo=None))
    for passed, wall in enumerate(itertools.islice(_occurrences(parts, start, until), count or None)):
        found = _due(wall, zone, timed=due.at is not None)
        if _follows(found, due) and not _is_past(found, now, zone):
            return Occurrence(found, _with_count(rrule, count - passed) if count else rrule)
    return None


def next_after_completion(rrule: str, *, due: Due, now: datetime, zone: ZoneInfo) -> Occurrence | None:
    """The first occurrence counted from today, at the due's time of day; None when the rule has ended."""
    parts = _parts(rrule)
    count = int(parts.pop("COUNT", 0))
    until = _until(parts.pop("UNTIL", ""), zone)
    if count == 1:
        return None
    local = now.astimezone(zone).replace(tzinfo=None, microsecond=0)
    start = (
        local if parts["FREQ"] == "HOURLY" else datetime.combine(local.date(), wall_time(due, zone).time())
    )
    for wall in _occurrences(parts, start, until):
        found = _due(wall, zone, timed=due.at is not None)
        if wall > start and (found.at > now if found.at else found.on > local.date()):
            return Occurrence(found, _with_count(rrule, count - 1) if count else rrule)
    return None


def wall_time(due: Due, zone: ZoneInfo) -> datetime:
    return due.at.astimezone(zone).replace(tzinfo=None) if due.at else datetime.combine(due.on, time.min)


def _follows(found: Due, due: Due) -> bool:
    return found.at > due.at if found.at and due.at else found.on > due.on


def _is_past(found: Due, now: datetime, zone: ZoneInfo) -> bool:
    return found.at <= now if found.at else found.on < now.astimezone(zone).date()


def _parts(rule: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in rule.split(";"):
        name, _, value = part.partition("=")
        if name in parts or not _is_value(name, value):
            raise RuleInvalid(f"{part[:60]!r} is not part of a recurrence rule that a task can follow.")
        parts[name] = value
    if "FREQ" not in parts:
        raise RuleInvalid(f"FREQ is missing; it is one of {', '.join(FREQUENCIES)}.")
    if "COUNT" in parts and "UNTIL" in parts:
        raise RuleInvalid("A rule ends by COUNT or by UNTIL, not by both.")
    return parts


def _is_value(name: str, value: str) -> bool:
    if name in _PATTERNS:
        return re.fullmatch(_PATTERNS[name], value, re.ASCII) is not None
    if name not in _NUMBERS:
        return False
    greatest, signed = _NUMBERS[name]
    number = r"[+-]?\d{1,3}" if signed else r"\d{1,2}"
    if re.fullmatch(rf"{number}(?:,{number})*", value, re.ASCII) is None:
        return False
    least = 0 if name in _FROM_ZERO else 1
    return all(least <= abs(int(one)) <= greatest for one in value.split(","))


def _occurrences(parts: Mapping[str, str], start: datetime, until: datetime) -> Iterator[datetime]:
    """Wall times from `start` on, which is among them only if the rule says so."""
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    shift = max((LAST_START_YEAR - start.year) // CALENDAR_CYCLE, 0) * CALENDAR_CYCLE
    try:
        for late in rrulestr(text, dtstart=start.replace(year=start.year + shift), cache=False):
            wall = late.replace(year=late.year - shift)
            if wall > until:
                return
            yield wall
    except ValueError as error:
        raise RuleInvalid from error


def _fast_forward(parts: Mapping[str, str], start: datetime, now: datetime) -> datetime:
    """A later start with the same occurrences after `now`, so that a due of long ago costs nothing."""
    if parts["FREQ"] not in EVEN_PERIODS or now <= start:
        return start
    period = EVEN_PERIODS[parts["FREQ"]] * int(parts.get("INTERVAL", 1))
    return start + max((now - start) // period - 1, 0) * period


def _until(value: str, zone: ZoneInfo) -> datetime:
    if not value:
        return LAST_MOMENT
    try:
        day = datetime.strptime(value[:8], "%Y%m%d")  # noqa: DTZ007 - wall time
        if len(value) == len("20260131"):
            return day.replace(hour=23, minute=59, second=59)
        moment = day.replace(hour=int(value[9:11]), minute=int(value[11:13]), second=int(value[13:15]))
        if value.endswith("Z"):
            return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
    except (ValueError, OverflowError) as error:
        raise RuleInvalid("UNTIL is not a date or moment.") from error
    return moment


def _due(wall: datetime, zone: ZoneInfo, *, timed: bool) -> Due:
    # A wall time that a clock skips is read with the offset before the gap, as RFC 5545 says (3.3.5).
    moment = wall.replace(tzinfo=zone).astimezone(UTC) if timed else None
    return Due(moment.astimezone(zone).date() if moment else wall.date(), moment)


def _with_count(rrule: str, count: int) -> str:
    return re.sub(r"(?<=COUNT=)\d+", str(count), rrule)
