"""Arithmetic on days and months. Weekdays count from Monday = 0."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

_LAST_YEAR = 9000


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day.

    Raises:
        ValueError: outside the years that a date can hold.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def coming_weekday(day: date, weekday: int) -> date:
    """The first such weekday after `day`."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def week_of(day: date, weekday: int, *, weeks: int) -> date:
    """The weekday of the week that lies `weeks` after the one `day` is in; weeks begin on Monday."""
    return day + timedelta(days=weekday - day.weekday() + 7 * weeks)


def nth_weekday(year: int, month: int, weekday: int, number: int) -> date:
    """The `number`th weekday of a month; -1 is the last.

    Raises:
        ValueError: the month has no such day.
    """
    if number < 0:
        last = last_of_month(date(year, month, 1))
        return last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-number - 1))
    first = date(year, month, 1)
    return first.replace(day=1 + (weekday - first.weekday()) % 7 + 7 * (number - 1))


def first_match(start: date, fits: Callable[[date], bool], *, days: int = 366 * 8) -> date | None:
    """The first day from `start` on that fits, looking at most `days` ahead."""
    for offset in range(days):
        day = start + timedelta(days=offset)
        if fits(day):
            return day
    return None


def easter(year: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, ch. 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    n = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * n) // 451
    month, day = divmod(h + n - 7 * m + 114, 31)
    return date(year, month, day + 1)


def advent(year: int) -> date:
    """The fourth Sunday before Christmas."""
    christmas = date(year, 12, 25)
    return christmas - timedelta(days=(christmas.weekday() + 1) % 7 or 7) - timedelta(days=21)


def at(day: date, hour: int, minute: int, like: datetime) -> datetime:
    """A wall-clock time in the timezone of `like`. A time skipped by a clock change moves on by the gap."""
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=like.tzinfo)
    return local.astimezone(UTC).astimezone(like.tzinfo)


def is_plausible(day: date) -> bool:
    """Whether a task can sensibly be due on it, leaving room for arithmetic in any timezone."""
    return 1 < day.year < _LAST_YEAR
