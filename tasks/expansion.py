"""The occurrences of a recurrence rule (RFC 5545, 3.3.10), in wall time.

dateutil expands most rules. What it reads differently is put right here: BYSETPOS counts from the first day
of the week even where the rule begins in the middle of it, weeks of BYWEEKNO belong to the year that has most
of their days, and a part that the others leave open is taken from the start.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import product

from dateutil.rrule import rrulestr

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# What says nothing about which days are meant.
OTHER_PARTS = {"FREQ", "INTERVAL", "WKST", "BYSETPOS", "BYHOUR", "BYMINUTE", "BYSECOND"}
TIME_PARTS = ("BYHOUR", "BYMINUTE", "BYSECOND")
# dateutil looks for an occurrence until the last year there is: up to 16 s for a rule that never comes true.
# The Gregorian calendar repeats after 400 years, so occurrences are looked for as late as the start allows.
CALENDAR_CYCLE = 400
LAST_START_YEAR = 9939
LAST_WEEK_YEAR = 9997

Parts = Mapping[str, str]


def occurrences(parts: Parts, start: datetime, *, timed: bool) -> Iterator[datetime]:
    """Wall times from `start` on, which is among them only if the rule says so. COUNT and UNTIL are not read.

    Of what has no time of day, BYHOUR, BYMINUTE and BYSECOND are ignored.

    Raises:
        ValueError: the parts make no rule.
    """
    shift = max((LAST_START_YEAR - start.year) // CALENDAR_CYCLE, 0) * CALENDAR_CYCLE
    late_start = start.replace(year=start.year + shift, microsecond=0)
    for late in _expanded(_completed(parts, start, timed=timed), late_start):
        yield late.replace(year=late.year - shift)


def _completed(parts: Parts, start: datetime, *, timed: bool) -> Parts:
    dropped = () if timed else TIME_PARTS
    kept = {name: value for name, value in parts.items() if name not in dropped}
    yearly_on = kept["FREQ"] == "YEARLY" and kept.keys() - OTHER_PARTS == {"BYMONTHDAY"}
    # Every year on the 29th: of the month in which it starts.
    return kept | {"BYMONTH": str(start.month)} if yearly_on else kept


def _expanded(parts: Parts, start: datetime) -> Iterator[datetime]:
    if "BYWEEKNO" in parts:
        yield from _by_week_number(parts, start)
        return
    begin = start
    if parts["FREQ"] == "WEEKLY" and "BYSETPOS" in parts:
        parts, begin = _from_week_start(parts, start)
    for found in rrulestr(_text(parts), dtstart=begin, cache=False):
        if found >= start:
            yield found


def _text(parts: Parts) -> str:
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _from_week_start(parts: Parts, start: datetime) -> tuple[Parts, datetime]:
    """The same rule from the first day of the start's week, all that it took from the start written out."""
    taken = {
        "BYDAY": WEEKDAYS[start.weekday()],
        "BYHOUR": str(start.hour),
        "BYMINUTE": str(start.minute),
        "BYSECOND": str(start.second),
    }
    day = start.date() - timedelta(days=(start.weekday() - _week_start(parts)) % 7)
    return taken | dict(parts), datetime.combine(day, time.min)


def _week_start(parts: Parts) -> int:
    return WEEKDAYS.index(parts.get("WKST", "MO"))


def _by_week_number(parts: Parts, start: datetime) -> Iterator[datetime]:
    begins = _week_start(parts)
    times = _times(parts, start)
    year = _week_year(start.date(), begins)
    while year <= LAST_WEEK_YEAR:
        days = [day for day in _days_of_weeks(parts, year, begins) if _is_meant(parts, day, start)]
        for found in _chosen(days, times, parts.get("BYSETPOS", "")):
            if found >= start:
                yield found
        year += int(parts.get("INTERVAL", 1))


def _first_week(year: int, begins: int) -> date:
    """The first day of a year's first week: the one that has the fourth of January."""
    fourth = date(year, 1, 4)
    return fourth - timedelta(days=(fourth.weekday() - begins) % 7)


def _week_year(day: date, begins: int) -> int:
    """The year to which the week of a day belongs."""
    return next(year for year in (day.year + 1, day.year, day.year - 1) if _first_week(year, begins) <= day)


def _days_of_weeks(parts: Parts, year: int, begins: int) -> Iterator[date]:
    first = _first_week(year, begins)
    count = (_first_week(year + 1, begins) - first).days // 7
    numbers = {number if number > 0 else count + 1 + number for number in _numbers(parts["BYWEEKNO"])}
    for number in sorted(numbers):
        if 1 <= number <= count:
            yield from (first + timedelta(days=7 * (number - 1) + offset) for offset in range(7))


def _is_meant(parts: Parts, day: date, start: datetime) -> bool:
    """Whether a day is one of those that the other parts name; without any, those of the start's weekday."""
    if not parts.keys() & {"BYDAY", "BYMONTHDAY", "BYYEARDAY"}:
        return day.weekday() == start.weekday() and _is_in(parts, "BYMONTH", [day.month])
    after_month = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    named = parts["BYDAY"].split(",") if "BYDAY" in parts else WEEKDAYS
    return (
        WEEKDAYS[day.weekday()] in named
        and _is_in(parts, "BYMONTH", [day.month])
        and _is_in(parts, "BYMONTHDAY", [day.day, (day - after_month).days])
        and _is_in(parts, "BYYEARDAY", [day.timetuple().tm_yday, (day - date(day.year + 1, 1, 1)).days])
    )


def _is_in(parts: Parts, name: str, values: Iterable[int]) -> bool:
    return name not in parts or not _numbers(parts[name]).isdisjoint(values)


def _times(parts: Parts, start: datetime) -> list[time]:
    taken = {"BYHOUR": start.hour, "BYMINUTE": start.minute, "BYSECOND": start.second}
    each = [_numbers(parts[name]) if name in parts else {value} for name, value in taken.items()]
    return sorted(time(hour, minute, second) for hour, minute, second in product(*each))


def _chosen(days: Sequence[date], times: Sequence[time], positions: str) -> Iterator[datetime]:
    """The moments of days and times in order, or those at the positions (from 1, or from the end by -1)."""
    count = len(days) * len(times)
    indices: Iterable[int] = range(count)
    if positions:
        wanted = {number - 1 if number > 0 else count + number for number in _numbers(positions)}
        indices = sorted(index for index in wanted if 0 <= index < count)
    for index in indices:
        day, moment = divmod(index, len(times))
        yield datetime.combine(days[day], times[moment])


def _numbers(values: str) -> set[int]:
    return {int(value) for value in values.split(",")}
