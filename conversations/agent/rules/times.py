"""Rules for times of day, parts of the day and lengths from now."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from conversations.agent.rules.atoms import Amount, Atom, Clock, Context, amount_of, read_amount
from conversations.agent.rules.calendar import at, is_plausible
from conversations.agent.rules.groups import group_said, said

_HOURS = 24
_NOON = 12
_WRITTEN = re.compile(r"[0-9](?::|h(?!\w))|[0-9]h[0-9]")


def clock(match: re.Match[str], context: Context) -> Atom | None:
    """An hour with or without minutes, and with what tells morning from evening if it was said."""
    hour, minute = int(said(match, "hour")), int(said(match, "minute") or 0)
    half = said(match, "ampm")
    sure = bool(half) or said(match, "hour").startswith("0") or hour > _NOON or hour == 0
    # Written with a colon or as "7h" it is the 24-hour clock where that is what people write.
    sure = sure or (context.language.day_hours == _HOURS and bool(_WRITTEN.search(match.group())))
    if half:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half[0] == context.language.pm_letter else 0)
    if hour > _HOURS or (hour == _HOURS and minute):
        return None
    return Atom(
        match.start(group_said(match, "hour")),
        match.end(),
        clock=Clock(hour % _HOURS, minute, sure, counted=context.language.day_hours == _HOURS),
        part=said(match, "part"),
    )


def clock_range(match: re.Match[str], context: Context) -> Atom | None:
    """Two times with a dash or a word between them: the first is when it begins."""
    hour, minute = int(said(match, "hour")), int(said(match, "minute") or 0)
    half = said(match, "ampm") or said(match, "half")
    if not 1 <= hour <= _NOON:
        return None
    if not half:
        return Atom(match.start(), match.end(), clock=Clock(hour, minute, sure=False))
    hour = hour % _NOON + (_NOON if half[0] == context.language.pm_letter else 0)
    # "from 9 pm to 2 am tomorrow": what is said of the day is said of the end.
    day = context.today if said(match, "next_day") else None
    return Atom(match.start(), match.end(), clock=Clock(hour, minute), day=day)


def hour_word(match: re.Match[str], context: Context) -> Atom | None:
    """An hour said as a bare number ("at 5"), which counts only where nothing else follows it."""
    atom = clock(match, context)
    if atom is None or atom.clock is None:
        return None
    bare = replace(atom, clock=replace(atom.clock, counted=False))
    free = context.language.patterns["after_hour"].match(context.sentence[match.end() :])
    return bare if free else replace(bare, weak=True)


def relative_clock(match: re.Match[str], context: Context) -> Atom | None:
    """Minutes before or after an hour: "half past 6", "10 to noon"."""
    minutes = context.language.shares.get(said(match, "amount")) or int(
        re.sub(r"\D", "", said(match, "amount"))
    )
    sign = -1 if said(match, "before") else 1
    if said(match, "part"):
        part = context.language.parts[said(match, "part")]
        base, sure = part.hour, True
    else:
        base, sure = int(said(match, "hour")), False
        if base > _HOURS:
            return None
        if half := said(match, "ampm"):
            base, sure = base % _NOON + (_NOON if half[0] == context.language.pm_letter else 0), True
        sure = sure or base > _NOON
    if said(match, "half_hour"):  # "five to half seven", as some languages count
        minutes, sign = sign * minutes - 30, 1
    total = (base * 60 + sign * minutes) % (_HOURS * 60)
    return Atom(match.start(), match.end(), clock=Clock(total // 60, total % 60, sure))


def part(match: re.Match[str], _context: Context) -> Atom:
    """A part of the day that stands alone: "in the morning", "at noon"."""
    return Atom(match.start(), match.end(), part=said(match, "part"))


def weak_part(match: re.Match[str], _context: Context) -> Atom:
    """A part of the day that needs a day beside it: "Monday morning"."""
    return Atom(match.start(), match.end(), part=said(match, "part"), weak=True)


def today_part(match: re.Match[str], context: Context) -> Atom:
    """A part of this day: "this evening"."""
    return Atom(match.start(), match.end(), day=context.today, part=said(match, "part"))


def tonight(match: re.Match[str], context: Context) -> Atom:
    return Atom(match.start(), match.end(), day=context.today, part=context.language.night)


def now_word(match: re.Match[str], context: Context) -> Atom:
    return Atom(match.start(), match.end(), moment=context.now.replace(second=0, microsecond=0))


def from_now(match: re.Match[str], context: Context) -> Atom | None:
    """A length from now: with hours, minutes or seconds in it, or where `exact`, a moment; else a day."""
    words = said(match, "duration")
    if words in context.language.units:  # "within the hour"
        unit = context.language.units[words]
        amount: Amount | None = amount_of(unit.name, unit.size)
    else:
        amount = read_amount(words, context.language)
    if amount is None:
        return None
    day = amount.after(context.today)
    if day is None:
        return None
    if not amount.seconds and not said(match, "exact"):
        return Atom(match.start(), match.end(), day=day)
    try:
        base = (
            at(day, context.now.hour, context.now.minute, context.now)
            if day != context.today
            else context.now
        )
        moment = (base.astimezone(UTC) + timedelta(seconds=amount.seconds)).astimezone(context.now.tzinfo)
    except OverflowError:
        return None
    if not is_plausible(moment.date()):
        return None
    return Atom(match.start(), match.end(), moment=moment.replace(second=0, microsecond=0))


def part_after(match: re.Match[str], context: Context) -> Atom | None:
    """A part of the day so many days on: "3 nights from now"."""
    day = Amount(days=int(said(match, "num"))).after(context.today)
    return None if day is None else Atom(match.start(), match.end(), day=day, part=said(match, "part"))


def iso_moment(match: re.Match[str], context: Context) -> Atom | None:
    """A date and a time as machines write them, in the user's timezone where none is said."""
    try:
        moment = datetime.fromisoformat(said(match, "moment").upper())
    except ValueError:
        return None
    zone = context.now.tzinfo
    try:
        moment = moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
    except OverflowError:
        return None
    if not is_plausible(moment.date()):
        return None
    return Atom(match.start(), match.end(), moment=moment.replace(second=0, microsecond=0))


def clock_shift(match: re.Match[str], context: Context) -> Atom | None:
    """Hours or minutes before or after the moment that follows: "3 hours before Friday at noon"."""
    amount = read_amount(said(match, "duration"), context.language)
    if amount is None:
        return None
    seconds = -amount.seconds if said(match, "before") else amount.seconds
    return Atom(match.start(), match.end(), clock_shift=seconds, weak=True)


def length(match: re.Match[str], context: Context) -> Atom | None:
    """A bare duration, which is no due moment by itself."""
    amount = read_amount(match.group(), context.language)
    return None if amount is None else Atom(match.start(), match.end(), length=amount)


def shift(match: re.Match[str], context: Context) -> Atom | None:
    """A length before or after the day that follows: "3 days before Christmas"."""
    words = said(match, "duration")
    amount = read_amount(words, context.language)
    if amount is None and words.split()[-1] in context.language.units:  # "the day before"
        unit = context.language.units[words.split()[-1]]
        amount = amount_of(unit.name, unit.size)
    if amount is None or amount.seconds:
        return None
    return Atom(match.start(), match.end(), shift=-amount if said(match, "before") else amount, weak=True)
