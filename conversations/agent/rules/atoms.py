"""The smallest pieces of a time expression, as the rules find them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from conversations.agent.rules.calendar import add_months, coming_weekday, is_plausible
from conversations.agent.rules.groups import said
from conversations.agent.rules.language import Language, UnitName

_SECONDS: dict[UnitName, int] = {"second": 1, "minute": 60, "hour": 3600}
_DAYS: dict[UnitName, int] = {"day": 1, "week": 7, "weekend": 7}


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may look at. `now` is aware; `sentence` is the canonical text."""

    now: datetime
    language: Language
    sentence: str = ""

    @property
    def today(self) -> date:
        return self.now.date()


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day. `sure` is false for a spoken hour such as "five", which may be morning or evening.

    `counted` says that it was said with its unit ("um 5 Uhr"), as people do who count to 24.
    """

    hour: int
    minute: int = 0
    sure: bool = True
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """A length of time in calendar months, days and seconds."""

    months: int = 0
    days: int = 0
    seconds: int = 0

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.months + other.months, self.days + other.days, self.seconds + other.seconds)

    def __neg__(self) -> Amount:
        return Amount(-self.months, -self.days, -self.seconds)

    def after(self, day: date) -> date | None:
        """The day this long after `day`, or None where no task can be due."""
        try:
            moved = add_months(day, self.months) + timedelta(days=self.days)
        except (ValueError, OverflowError):
            return None
        return moved if is_plausible(moved) else None

    @property
    def delta(self) -> timedelta:
        """The length with months of 30 days."""
        return timedelta(days=self.days + 30 * self.months, seconds=self.seconds)


@dataclass(frozen=True, slots=True)
class WeekdayBeside:
    """The `number`th such weekday after a day, before it where negative; or of those nearest to it."""

    weekday: int
    number: int = 1
    nearest: bool = False

    def after(self, day: date) -> date | None:
        """The weekday beside `day`, or None where no task can be due."""
        try:
            found = self._found(day)
        except OverflowError:
            return None
        return found if is_plausible(found) else None

    def _found(self, day: date) -> date:
        if self.nearest:
            first = coming_weekday(day - timedelta(days=1), self.weekday)
            around = [first + timedelta(days=7 * step) for step in range(-self.number, self.number + 1)]
            return sorted(around, key=lambda candidate: abs(candidate - day))[self.number - 1]
        if self.number > 0:
            return coming_weekday(day, self.weekday) + timedelta(days=7 * (self.number - 1))
        before = coming_weekday(day - timedelta(days=8), self.weekday)
        return before + timedelta(days=7 * (self.number + 1))


Shift = Amount | WeekdayBeside


@dataclass(frozen=True, slots=True)
class Repeat:
    """Parts of an RFC 5545 recurrence rule. `by` are its BY… parts."""

    freq: str
    interval: int = 1
    by: tuple[tuple[str, str], ...] = ()
    count: int | None = None
    until: date | None = None

    def rule(self) -> str:
        """The rule as text, without DTSTART."""
        parts = [f"FREQ={self.freq}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        parts += [f"{name}={value}" for name, value in self.by]
        if self.count is not None:
            parts.append(f"COUNT={self.count}")
        elif self.until is not None:
            parts.append(f"UNTIL={self.until:%Y%m%d}")
        return ";".join(parts)


@dataclass(frozen=True, slots=True)
class Atom:
    """One piece and where it stands in the canonical text.

    day: a date (`last_day` ends a range such as a week).
    clock: a time of day. part: a part of the day. moment: now plus a length. repeat: a recurrence.
    shift: a length to add to the day that follows, or a weekday beside it; clock_shift: seconds to add to the
    moment that follows.
    bound: how long, or how often, a recurrence goes on. length: a bare duration.
    until: the day that follows ends the recurrence. starts: it begins there.
    weak: counts only next to other pieces. rule: which one found it.
    """

    start: int
    end: int
    day: date | None = None
    last_day: date | None = None
    clock: Clock | None = None
    part: str = ""
    moment: datetime | None = None
    repeat: Repeat | None = None
    shift: Shift | None = None
    clock_shift: int = 0
    bound: Amount | int | None = None
    length: Amount | None = None
    until: bool = False
    weak: bool = False
    rule: str = ""


def read_number(text: str) -> float:
    """The value of a number as the canonical text writes it; words such as "an" count as one."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return 1.0


def read_amount(text: str, language: Language) -> Amount | None:
    """The length that a text such as "1 hour and 30 minutes" says, or None where there is none."""
    total = Amount()
    found = False
    for match in _amount_pattern(language).finditer(text):
        found = True
        unit = language.units[match["unit"]]
        number = read_number(match["num"]) + (0.5 if said(match, "half") else 0.0)
        total += amount_of(unit.name, number * unit.size)
        if said(match, "minutes") and unit.name == "hour":
            total += Amount(seconds=60 * int(said(match, "minutes")))
    return total if found else None


@cache
def _amount_pattern(language: Language) -> re.Pattern[str]:
    return language.compile(
        r"{num}{half}?{more}{unit}(?:{half}|\s?(?P<minutes>[0-5][0-9])(?!\s?(?:{unit}))|)"
    )


def amount_of(unit: UnitName, number: float) -> Amount:
    """So many of a unit; parts of a day or a month are rounded."""
    if unit in _SECONDS:
        return Amount(seconds=round(number * _SECONDS[unit]))
    if unit in _DAYS:
        return Amount(days=round(number * _DAYS[unit]))
    return Amount(months=round(number * (12 if unit == "year" else 1)))
