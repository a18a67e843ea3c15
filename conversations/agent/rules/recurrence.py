"""Rules for what comes again and again, as parts of RFC 5545 recurrence rules."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from conversations.agent.rules import calendar
from conversations.agent.rules.atoms import Amount, Atom, Context, Repeat, amount_of, read_amount, read_number
from conversations.agent.rules.groups import said
from conversations.agent.rules.language import UnitName

DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKDAYS = "MO,TU,WE,TH,FR"
WEEKEND = "SA,SU"
_FREQ: dict[UnitName, str] = {
    "minute": "MINUTELY",
    "hour": "HOURLY",
    "day": "DAILY",
    "week": "WEEKLY",
    "month": "MONTHLY",
    "year": "YEARLY",
}
_SUB_DAILY = {"MINUTELY": Amount(seconds=60), "HOURLY": Amount(seconds=3600)}


def _interval(match: re.Match[str]) -> int:
    if said(match, "other"):
        return 2
    return max(1, int(said(match, "n"))) if said(match, "n") else 1


def _days(text: str, context: Context) -> str:
    """The BYDAY value of a list of weekdays, ranges such as "Monday to Thursday" included."""
    language = context.language
    codes: list[str] = []
    previous_end, open_range = 0, False
    for match in language.patterns["weekday"].finditer(text):
        number = language.weekdays[said(match, "weekday")]
        between = text[previous_end : match.start()]
        open_range = bool(codes) and bool(language.patterns["range"].search(between))
        if open_range:
            first = DAY_CODES.index(codes[-1])
            codes += [DAY_CODES[(first + step) % 7] for step in range(1, (number - first) % 7)]
        codes.append(DAY_CODES[number])
        previous_end = match.end()
    if language.patterns["workdays"].search(text):
        codes += WORKDAYS.split(",")
    if language.patterns["weekend"].search(text):
        codes += WEEKEND.split(",")
    return ",".join(code for code in DAY_CODES if code in codes)


def _atom(match: re.Match[str], repeat: Repeat, part: str = "") -> Atom:
    return Atom(match.start(), match.end(), repeat=repeat, part=part)


def weekdays(match: re.Match[str], context: Context) -> Atom | None:
    """Named weekdays: "every other Tuesday", "Mondays and Thursdays", "weekdays"."""
    codes = _days(said(match, "list"), context)
    if not codes:
        return None
    part = said(match, "part")
    return _atom(match, Repeat("WEEKLY", _interval(match), (("BYDAY", codes),)), part)


def all_but(match: re.Match[str], context: Context) -> Atom | None:
    """Every day except some weekdays."""
    without = _days(said(match, "list"), context).split(",")
    codes = ",".join(code for code in DAY_CODES if code not in without)
    return _atom(match, Repeat("WEEKLY", 1, (("BYDAY", codes),))) if codes else None


def units(match: re.Match[str], context: Context) -> Atom | None:
    """Every so many days, weeks, months or years, on weekdays or a day of the month if they are said."""
    unit = context.language.units[said(match, "unit")]
    if unit.name not in _FREQ:
        return None
    return _with_day(match, context, _FREQ[unit.name], _interval(match) * unit.size)


def adverb(match: re.Match[str], context: Context) -> Atom | None:
    """Daily, weekly and their like."""
    freq, interval = context.language.adverbs[said(match, "adverb")]
    atom = _with_day(match, context, freq, interval)
    free = context.language.patterns["after_adverb"].match(context.sentence, match.end())
    return atom if atom is None or free else replace(atom, weak=True)


def _with_day(match: re.Match[str], context: Context, freq: str, interval: int) -> Atom | None:
    day = said(match, "dom")
    by: tuple[tuple[str, str], ...] = ()
    if said(match, "list"):
        by = (("BYDAY", _days(said(match, "list"), context)),)
        freq = "WEEKLY" if freq == "DAILY" else freq
    elif day and said(match, "month"):
        month = context.language.months[said(match, "month")]
        by = (("BYMONTH", str(month)), ("BYMONTHDAY", re.sub(r"\D", "", day)))
    elif day:
        numbers = sorted({int(number) for number in re.findall(r"[0-9]+", day)})
        if not all(1 <= number <= 31 for number in numbers):  # noqa: PLR2004 - days of a month
            return None
        by = (("BYMONTHDAY", ",".join(map(str, numbers))),)
    return _atom(match, Repeat(freq, interval, by))


def parts(match: re.Match[str], _context: Context) -> Atom:
    """Every morning, every night."""
    return _atom(match, Repeat("DAILY", _interval(match)), said(match, "part"))


def month_days(match: re.Match[str], _context: Context) -> Atom | None:
    """Days of every month: "the 1st and 15th of each month", "the last day of every month"."""
    numbers = (
        [int(number) for number in re.findall(r"[0-9]+", said(match, "dom"))] if said(match, "dom") else [-1]
    )
    if not all(number == -1 or 1 <= number <= 31 for number in numbers):  # noqa: PLR2004 - days of a month
        return None
    value = ",".join(map(str, sorted(set(numbers))))
    return _atom(match, Repeat("MONTHLY", _interval(match), (("BYMONTHDAY", value),)))


def month_starts(match: re.Match[str], _context: Context) -> Atom:
    """The first day of every month, said without a number: "the beginning of each month"."""
    return _atom(match, Repeat("MONTHLY", _interval(match), (("BYMONTHDAY", "1"),)))


def month_weekdays(match: re.Match[str], context: Context) -> Atom | None:
    """Numbered weekdays of every month, or of a month or year: "the first Monday of each month".

    `ords` and `list` are the numbers and the weekdays; `back` is a number that counts from the end; `pairs`
    has several numbers, each with its own weekday.
    """
    if said(match, "pairs"):
        value = _pairs(said(match, "pairs"), context)
    else:
        codes = _days(said(match, "list"), context).split(",")
        back = re.findall(r"[0-9]+", said(match, "back"))
        numbers = [f"-{number}" for number in back] or _numbers(said(match, "ords"), context)
        value = ",".join(f"{number}{code}" for number in numbers for code in codes if code)
    if not value:
        return None
    if said(match, "every_year"):
        return _atom(match, Repeat("YEARLY", 1, (("BYDAY", value),)))
    month = said(match, "month")
    if month:
        by = (("BYMONTH", str(context.language.months[month])), ("BYDAY", value))
        return _atom(match, Repeat("YEARLY", 1, by))
    return _atom(match, Repeat("MONTHLY", _interval(match), (("BYDAY", value),)))


def _numbers(text: str, context: Context) -> list[str]:
    """The numbers of a text, and -1 where it says "last"."""
    last = ["-1"] if context.language.patterns["last"].search(text) else []
    return re.findall(r"[0-9]+", text) + last


def _pairs(text: str, context: Context) -> str:
    """The BYDAY value of numbered weekdays: "the 1st and 3rd Friday and the 2nd Tuesday"."""
    values: list[str] = []
    end = 0
    for match in context.language.patterns["weekday"].finditer(text):
        code = DAY_CODES[context.language.weekdays[said(match, "weekday")]]
        values += [f"{number}{code}" for number in _numbers(text[end : match.start()], context)]
        end = match.end()
    return ",".join(values)


def month_positions(match: re.Match[str], context: Context) -> Atom | None:
    """Days of every month by their place among some weekdays: "the last workday of each month"."""
    codes = _days(said(match, "list"), context)
    numbers = ",".join(_numbers(said(match, "ords"), context))
    if not codes or not numbers:
        return None
    return _atom(match, Repeat("MONTHLY", _interval(match), (("BYDAY", codes), ("BYSETPOS", numbers))))


def year_days(match: re.Match[str], _context: Context) -> Atom | None:
    """A day of every year by its number: "the 100th day of every year"."""
    number = int(re.sub(r"\D", "", said(match, "ord")))
    return _atom(match, Repeat("YEARLY", 1, (("BYYEARDAY", str(number)),))) if number else None


def yearly(match: re.Match[str], context: Context) -> Atom | None:
    """A day of every year: "every December 31st"."""
    return _with_day(match, context, "YEARLY", 1)


def bound(match: re.Match[str], context: Context) -> Atom | None:
    """How long a recurrence goes on: "for 3 weeks"."""
    words = said(match, "duration")
    if words in context.language.units:
        unit = context.language.units[words]
        amount: Amount | None = amount_of(unit.name, unit.size)
    else:
        amount = read_amount(words, context.language)
    return None if amount is None else Atom(match.start(), match.end(), bound=amount, weak=True)


def times(match: re.Match[str], _context: Context) -> Atom:
    """How often it comes: "10 times"."""
    return Atom(match.start(), match.end(), bound=int(read_number(said(match, "num"))) or 1, weak=True)


def until(match: re.Match[str], _context: Context) -> Atom:
    """The word before the day on which a recurrence ends."""
    return Atom(match.start(), match.end(), until=True, weak=True)


def first_due(
    repeat: Repeat, now: datetime, hour: tuple[int, int] | None, start: date | None
) -> date | datetime:
    """When it comes first: on the first fitting day from `start` or today whose time is still ahead."""
    day = start or now.date()
    if repeat.freq in _SUB_DAILY:
        return now.replace(second=0, microsecond=0) + _SUB_DAILY[repeat.freq].delta * repeat.interval
    found = calendar.first_match(day, lambda candidate: _fits(candidate, repeat)) or day
    if hour is None:
        return found
    moment = calendar.at(found, *hour, now)
    if moment > now:
        return moment
    later = calendar.first_match(found + timedelta(days=1), lambda candidate: _fits(candidate, repeat))
    return calendar.at(later or found, *hour, now)


def _fits(day: date, repeat: Repeat) -> bool:
    by = dict(repeat.by)
    if "BYMONTH" in by and day.month != int(by["BYMONTH"]):
        return False
    if "BYMONTHDAY" in by:
        last = calendar.last_of_month(day).day
        numbers = [int(number) for number in by["BYMONTHDAY"].split(",")]
        return day.day in [number if number > 0 else last + 1 + number for number in numbers]
    if "BYYEARDAY" in by:
        return day.timetuple().tm_yday == int(by["BYYEARDAY"])
    if "BYDAY" not in by:
        return True
    values = by["BYDAY"].split(",")
    if "BYSETPOS" in by:
        return _fits_position(day, values, by["BYSETPOS"].split(","))
    of_the_year = repeat.freq == "YEARLY" and "BYMONTH" not in by
    return any((_fits_weekday_of_year if of_the_year else _fits_weekday)(day, value) for value in values)


def _fits_position(day: date, codes: list[str], positions: list[str]) -> bool:
    """Whether the day is at one of the positions among the days of its month with such weekdays."""
    month = [day.replace(day=number) for number in range(1, calendar.last_of_month(day).day + 1)]
    days = [other for other in month if DAY_CODES[other.weekday()] in codes]
    return any(days[int(p) - (int(p) > 0)] == day for p in positions if abs(int(p)) <= len(days))


def _fits_weekday_of_year(day: date, value: str) -> bool:
    number = int(value[:-2] or 0)
    place = (day.timetuple().tm_yday - 1) // 7 + 1
    from_end = -((date(day.year, 12, 31) - day).days // 7 + 1)
    return DAY_CODES[day.weekday()] == value[-2:] and number in (0, place, from_end)


def _fits_weekday(day: date, value: str) -> bool:
    if day.weekday() != DAY_CODES.index(value[-2:]):
        return False
    number = int(value[:-2] or 0)
    if number < 0:
        return (calendar.last_of_month(day).day - day.day) // 7 == -number - 1
    return number == 0 or (day.day - 1) // 7 + 1 == number
