"""Repeating by RFC 5545: checking a rule and moving a due on to its next occurrence.

Occurrences are computed in the wall time of the user's timezone, so that nine o'clock stays nine o'clock
across daylight-saving changes. The rule is read from the present due: COUNT is lowered as occurrences pass.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tasks.expansion import occurrences
from voice2task.kernel.errors import Invalid

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


def parse_rule(text: str, *, due: Due, zone: ZoneInfo, exdates: Collection[date] = ()) -> tuple[str, date]:
    """The rule in its stored form, upper case without the leading `RRULE:`, and the day it first comes true.

    `due` is from when on it must do so, on a day that is not left out.

    Raises:
        RuleInvalid: not a rule, one that never comes true, or one that has ended before it does.
    """
    rule = text.strip().upper().removeprefix("RRULE:").rstrip(";")
    parts = _parts(rule)
    if next(_walls({**parts, "COUNT": "", "UNTIL": ""}, due, zone), None) is None:
        raise RuleInvalid("This rule never comes true.")
    for wall in _walls(parts, due, zone):
        if wall.date() not in exdates:
            return rule, wall.date()
    raise RuleInvalid("This rule ends before it begins.")


def next_after_due(
    rrule: str, *, due: Due, now: datetime, zone: ZoneInfo, exdates: Collection[date] = ()
) -> Occurrence | None:
    """The first occurrence that follows `due` and is not past; None when the rule has ended.

    `exdates` are days in `zone` on which the rule does not hold. What falls on them counts for COUNT.
    """
    parts = _parts(rrule)
    count = int(parts.get("COUNT", 0))
    start = wall_time(due, zone)
    if not count:
        start = _fast_forward(parts, start, now.astimezone(zone).replace(tzinfo=None))
    for passed, wall in enumerate(_walls(parts, due, zone, start)):
        found = _due(wall, zone, timed=due.at is not None)
        if _follows(found, due) and not _is_past(found, now, zone) and found.on not in exdates:
            return Occurrence(found, _with_count(rrule, count - passed) if count else rrule)
    return None


def next_after_completion(
    rrule: str, *, due: Due, now: datetime, zone: ZoneInfo, exdates: Collection[date] = ()
) -> Occurrence | None:
    """The first occurrence counted from today, at the due's time of day; None when the rule has ended.

    It may be before the due, if that is far off, but is another one: what was completed is not due again.
    """
    parts = _parts(rrule)
    count = int(parts.pop("COUNT", 0))
    if count == 1:
        return None
    local = now.astimezone(zone).replace(tzinfo=None, microsecond=0)
    start = (
        local if parts["FREQ"] == "HOURLY" else datetime.combine(local.date(), wall_time(due, zone).time())
    )
    for wall in _walls(parts, due, zone, start):
        found = _due(wall, zone, timed=due.at is not None)
        later = found.at > now if found.at else found.on > local.date()
        if wall > start and later and found != due and found.on not in exdates:
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
    if "BYWEEKNO" in parts and (parts["FREQ"] != "YEARLY" or re.search(r"\d", parts.get("BYDAY", ""))):
        raise RuleInvalid("BYWEEKNO goes with FREQ=YEARLY, and with days without a number.")
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


def _walls(
    parts: Mapping[str, str], due: Due, zone: ZoneInfo, start: datetime | None = None
) -> Iterator[datetime]:
    """Wall times from `start`, or from the due on, until the rule ends."""
    endless = {name: value for name, value in parts.items() if name not in ("COUNT", "UNTIL")}
    until = _until(parts.get("UNTIL", ""), zone)
    found = occurrences(endless, start or wall_time(due, zone), timed=due.at is not None)
    try:
        for wall in itertools.islice(found, int(parts.get("COUNT") or 0) or None):
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
