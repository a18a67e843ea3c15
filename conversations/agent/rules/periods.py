"""Rules for stretches of days: weeks, weekends, months, quarters and years, and their ends."""

from __future__ import annotations

import re
from datetime import date, timedelta

from conversations.agent.rules import calendar
from conversations.agent.rules.atoms import Atom, Context, read_number
from conversations.agent.rules.days import year_of
from conversations.agent.rules.groups import said

_STEPS = {"this": 0, "next": 1, "last": -1}
_QUARTER = 3


def _stretch(match: re.Match[str], first: date, last: date | None = None) -> Atom:
    return Atom(match.start(), match.end(), day=first, last_day=last)


def _which(match: re.Match[str], context: Context) -> str:
    return context.language.which.get(said(match, "which"), "this")


def week(match: re.Match[str], context: Context) -> Atom:
    """A whole week. This one begins today; the next, and the one after it, on its Monday."""
    which = _which(match, context)
    weeks = 2 if said(match, "after_next") else _STEPS[which]
    monday = calendar.week_of(context.today, 0, weeks=weeks)
    first = max(monday, context.today) if weeks == 0 else monday
    return _stretch(match, first, monday + timedelta(days=6))


def week_end(match: re.Match[str], context: Context) -> Atom:
    """The last working day of a week; its Sunday once that has passed."""
    friday = calendar.week_of(context.today, 4, weeks=int(_which(match, context) == "next"))
    return _stretch(match, friday if friday >= context.today else friday + timedelta(days=2))


def weekend(match: re.Match[str], context: Context) -> Atom:
    """The Saturday of a weekend, or the Sunday when that is today; of one so many weekends on."""
    if said(match, "num"):
        saturday = calendar.coming_weekday(context.today, 5)
        saturday += timedelta(days=7 * (int(read_number(said(match, "num"))) - 1))
        return _stretch(match, saturday, saturday + timedelta(days=1))
    which = _which(match, context)
    saturday = calendar.week_of(context.today, 5, weeks=_STEPS[which])
    first = max(saturday, context.today) if which == "this" else saturday
    return _stretch(match, first, saturday + timedelta(days=1))


def period(match: re.Match[str], context: Context) -> Atom | None:
    """A month, a quarter or a year. This one begins today; the next on its first day.

    A year that has passed is no moment: "born in 1985".
    """
    if year := year_of(match, context):
        first = date(year, 1, 1)
        return _stretch(match, first, date(year, 12, 31)) if first > context.today else None
    steps = _STEPS[_which(match, context)]
    unit = context.language.units[said(match, "unit")]
    if unit.name == "month":
        first = context.today.replace(day=1)
        if unit.size == _QUARTER:
            first = first.replace(month=first.month - (first.month - 1) % _QUARTER)
        first = calendar.add_months(first, steps * unit.size)
        last = calendar.last_of_month(calendar.add_months(first, unit.size - 1))
    else:
        first = context.today.replace(year=context.today.year + steps, month=1, day=1)
        last = first.replace(month=12, day=31)
    return _stretch(match, last if said(match, "end") else first if steps else context.today, last)


def year_end(match: re.Match[str], context: Context) -> Atom:
    """The last day of the year said, of the next, or of this one."""
    year = year_of(match, context) or context.today.year + (_which(match, context) == "next")
    return _stretch(match, date(year, 12, 31))
