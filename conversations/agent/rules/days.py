"""Rules for days: names, numbers and holidays. Each reads a match of its template."""

from __future__ import annotations

import re
from datetime import date, timedelta

from conversations.agent.rules import calendar
from conversations.agent.rules.atoms import Atom, Context, WeekdayBeside, read_number
from conversations.agent.rules.groups import group_said, said
from conversations.agent.rules.language import Holiday

_CENTURY = 100
_PIVOT = 70
_NEAR = 8


def _atom(match: re.Match[str], day: date | None, *, last_day: date | None = None) -> Atom | None:
    if day is None or not calendar.is_plausible(day):
        return None
    return Atom(match.start(), match.end(), day=day, last_day=last_day)


def _number(text: str) -> int:
    digits = re.match(r"[0-9]+", text)
    return int(digits.group()) if digits else 0


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(text: str) -> int:
    number = int(text.strip("'"))
    if number >= _CENTURY:
        return number
    return number + (1900 if number >= _PIVOT else 2000)


def year_of(match: re.Match[str], context: Context) -> int | None:
    """The year that a match says, by its number or as the next one."""
    if said(match, "next_year"):
        return context.today.year + 1
    return _year(said(match, "year")) if said(match, "year") else None


def _upcoming(context: Context, month: int, day: int) -> date | None:
    """That day of this year, or of the next in which it exists and has not passed."""
    years = range(context.today.year, context.today.year + _NEAR + 1)
    days = (_date(year, month, day) for year in years)
    return next((found for found in days if found is not None and found >= context.today), None)


def named(match: re.Match[str], context: Context) -> Atom | None:
    """Today, tomorrow and their like."""
    return _atom(match, context.today + timedelta(days=context.language.days[said(match, "days")]))


def weekday(match: re.Match[str], context: Context) -> Atom | None:
    """A weekday: the coming one; of this week with "this", of the week after with "next"."""
    number = context.language.weekdays[said(match, "weekday")]
    which = context.language.which.get(said(match, "which"), "")
    coming = calendar.coming_weekday(context.today, number)
    day = coming
    if (which == "next" and context.language.next_weekday == "next week") or said(match, "next_week"):
        day = calendar.week_of(context.today, number, weeks=1)
    elif said(match, "this_week"):
        day = calendar.week_of(context.today, number, weeks=0)
    elif said(match, "week_after"):
        day = calendar.week_of(context.today, number, weeks=2)
    elif which == "last":
        day = coming - timedelta(days=14 if coming - context.today == timedelta(days=7) else 7)
    atom = _atom(match, day)
    weak = said(match, "weekday") in context.language.weak_words and not which
    if atom is None or not weak or _stands_free(match, context):
        return atom
    return Atom(atom.start, atom.end, day=day, weak=True)


def _stands_free(match: re.Match[str], context: Context) -> bool:
    """Whether the words around a vague one make it a day: a preposition before it, or nothing behind it."""
    patterns = context.language.patterns
    before = patterns["preposition"].search(context.sentence, max(0, match.start() - 40), match.start())
    return bool(before) or bool(patterns["guard"].match(context.sentence, match.end()))


def weekday_after(match: re.Match[str], context: Context) -> Atom | None:
    """The weekday a number of weeks on: "2 Sundays from now"."""
    number = context.language.weekdays[said(match, "weekday")]
    weeks = int(read_number(said(match, "num")))
    # "Tuesday in eight days" is said on a Tuesday of the next one
    day = context.today - timedelta(days=1) if said(match, "or_today") else context.today
    return _atom(match, calendar.coming_weekday(day, number) + timedelta(days=7 * (weeks - 1)))


def weekday_week(match: re.Match[str], context: Context) -> Atom | None:
    """The weekday a week after the coming one: "a week from Friday", "Friday week"."""
    coming = calendar.coming_weekday(context.today, context.language.weekdays[said(match, "weekday")])
    return _atom(match, coming + timedelta(days=7))


def weekday_beside(match: re.Match[str], context: Context) -> Atom:
    """A weekday told by the day that follows: "the second Tuesday after Easter", "Monday closest to …"."""
    number = _number(said(match, "ord")) or 1
    step = WeekdayBeside(
        context.language.weekdays[said(match, "weekday")],
        -number if said(match, "before") else number,
        nearest=bool(said(match, "near_to")),
    )
    return Atom(match.start(), match.end(), shift=step, weak=True)


def last_days(match: re.Match[str], context: Context) -> Atom | None:
    """A day of a month counted from its end: "the third last day of May"."""
    month = _month(match, context)
    if month is None:
        return None
    back = timedelta(days=_number(said(match, "ord")) - 1)
    found = calendar.last_of_month(month) - back
    return _atom(match, found) if found.month == month.month else None


def weekday_and_number(match: re.Match[str], context: Context) -> Atom | None:
    """The next day on which both the weekday and the day of the month are right."""
    number, day_of_month = context.language.weekdays[said(match, "weekday")], _number(said(match, "dom"))
    found = calendar.first_match(
        context.today, lambda day: day.day == day_of_month and day.weekday() == number, days=500
    )
    return _atom(match, found)


def month_day(match: re.Match[str], context: Context) -> Atom | None:
    """A day of a month, of the year said or of the next one in which it comes."""
    month, day = context.language.months[said(match, "month")], _number(said(match, "dom"))
    if year := year_of(match, context):
        return _atom(match, _date(year, month, day))
    return _atom(match, _upcoming(context, month, day))


def iso(match: re.Match[str], _context: Context) -> Atom | None:
    return _atom(match, _date(int(said(match, "year")), int(said(match, "m")), int(said(match, "d"))))


def numeric(match: re.Match[str], context: Context) -> Atom | None:
    """Two or three numbers, in the order of the language, or in the other where that one cannot be."""
    first, second = int(said(match, "a")), int(said(match, "b"))
    orders = (
        [(second, first), (first, second)]
        if context.language.day_first
        else [(first, second), (second, first)]
    )
    for month, day in orders:
        if said(match, "year"):
            found = _date(_year(said(match, "year")), month, day)
        else:
            found = _upcoming(context, month, day)
        if found is not None:
            return _atom(match, found)
    return None


def month_and_year(match: re.Match[str], context: Context) -> Atom | None:
    """The first day of a month: of the year said, or the next one to come."""
    month = context.language.months[said(match, "month")]
    year = year_of(match, context)
    first = _date(year, month, 1) if year else _upcoming(context, month, 1)
    return None if first is None else _atom(match, first, last_day=calendar.last_of_month(first))


def day_of_month(match: re.Match[str], context: Context) -> Atom | None:
    """A day of this month, or of the next month in which it exists and has not passed."""
    number = _number(said(match, "dom"))
    if said(match, "which"):
        month = _month(match, context)
        return None if month is None else _atom(match, _date(month.year, month.month, number))
    found = calendar.first_match(context.today, lambda day: day.day == number, days=70)
    return None if found is None else Atom(match.start(group_said(match, "dom")), match.end(), day=found)


def _month(match: re.Match[str], context: Context) -> date | None:
    """The first day of the month that a match names by `which` or by `month` and `year`."""
    if said(match, "month"):
        number = context.language.months[said(match, "month")]
        if said(match, "year"):
            return _date(_year(said(match, "year")), number, 1)
        year = context.today.year + (number < context.today.month)
        return date(year, number, 1)
    first = context.today.replace(day=1)
    which = context.language.which.get(said(match, "which"), "this") if said(match, "which") else "this"
    return calendar.add_months(first, {"this": 0, "next": 1, "last": -1}[which])


def nth_weekday(match: re.Match[str], context: Context) -> Atom | None:
    """The numbered, or last, weekday of a month; of the next year's where this one's has passed."""
    month = _month(match, context)
    if month is None:
        return None
    number = _number(said(match, "ord")) or -1
    weekday_number = context.language.weekdays[said(match, "weekday")]
    for candidate in (month, calendar.add_months(month, 12 if said(match, "month") else 1)):
        try:
            day = calendar.nth_weekday(candidate.year, candidate.month, weekday_number, number)
        except ValueError:
            continue
        if day >= context.today or said(match, "year"):
            return _atom(match, day)
    return None


def month_end(match: re.Match[str], context: Context) -> Atom | None:
    month = _month(match, context)
    return None if month is None else _atom(match, calendar.last_of_month(month))


def month_middle(match: re.Match[str], context: Context) -> Atom | None:
    """The 15th of a month."""
    month = _month(match, context)
    return None if month is None else _atom(match, month.replace(day=15))


def day_of_week(match: re.Match[str], context: Context) -> Atom | None:
    """A day of a week by its number: "the 2nd day of next week" is its Tuesday."""
    number = _number(said(match, "ord"))
    if not 1 <= number <= 7:  # noqa: PLR2004 - days of a week
        return None
    weeks = {"this": 0, "next": 1, "last": -1}[context.language.which[said(match, "which")]]
    return _atom(match, calendar.week_of(context.today, number - 1, weeks=weeks))


def day_end(match: re.Match[str], context: Context) -> Atom | None:
    return _atom(match, context.today)


def holiday(match: re.Match[str], context: Context) -> Atom | None:
    """A holiday of the year said, or the next one to come; behind the preposition `at` whatever follows."""
    rule = context.language.holidays[said(match, "holiday")]
    if year := year_of(match, context):
        return _atom(match, holiday_of(rule, year))
    guard = context.language.patterns["guard"]
    if not said(match, "at") and not guard.match(context.sentence, match.end()):
        return None
    found = (holiday_of(rule, context.today.year + years) for years in range(2))
    return _atom(match, next((day for day in found if day >= context.today), None))


def holiday_of(rule: Holiday, year: int) -> date:
    """The day of a holiday in a year."""
    if rule.easter:
        day = calendar.easter(year)
    elif rule.nth:
        day = calendar.nth_weekday(year, rule.month, rule.weekday, rule.nth)
    else:
        day = date(year, rule.month, rule.day)
    return day + timedelta(days=rule.plus)
