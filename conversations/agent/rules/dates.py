"""From a sentence to its time expressions: find the pieces, join neighbours, and say what they mean.

The reading of vague words is fixed: a weekday is the coming one; "next Friday" is the Friday of the week
after this one, weeks beginning on Monday; a bare hour from 1 to 7 is in the afternoon, from 8 to 12 by day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from conversations.agent.rules import calendar, recurrence
from conversations.agent.rules.atoms import Amount, Atom, Clock, Context, Repeat, Shift
from conversations.agent.rules.date_rules import RULES
from conversations.agent.rules.groups import said
from conversations.agent.rules.model import Due, Span
from conversations.agent.rules.normalise import Canonical

_AFTERNOON_HOURS = range(1, 8)
_EARLY = range(4, 12)
_NOON = 12
_HALF_DAY = 12


@dataclass(frozen=True, slots=True)
class When:
    """A time expression: its place in the original, and its pieces, which `resolve` turns into a due moment.

    `possessive` says that it belongs to a noun, as in "tomorrow's alarm".
    """

    span: Span
    atoms: tuple[Atom, ...]
    possessive: bool = False

    @property
    def repeat(self) -> Repeat | None:
        return next((atom.repeat for atom in self.atoms if atom.repeat), None)

    @property
    def length(self) -> Amount | None:
        """The duration, if the expression is nothing but one."""
        found = [atom.length for atom in self.atoms]
        return found[0] if len(found) == 1 else None

    @property
    def has_day(self) -> bool:
        return any(atom.day or atom.moment or atom.repeat for atom in self.atoms)

    @property
    def has_time(self) -> bool:
        return any(atom.clock or atom.part or atom.moment for atom in self.atoms)

    @property
    def kinds(self) -> set[str]:
        """What its pieces say: "day", "clock", "part", "repeat" and so on."""
        return set().union(*map(_kinds, self.atoms))

    @property
    def last_day(self) -> date | None:
        return next((atom.last_day for atom in self.atoms if atom.last_day), None)


def find_whens(canonical: Canonical, context: Context) -> tuple[When, ...]:
    """The time expressions of a sentence in order, bare durations included."""
    pieces = _leading_somewhere(_scan(canonical.text, context), canonical.text, context)
    groups = _group(_choose(pieces), canonical.text, context)
    found = []
    for group in groups:
        start = _widen(canonical.text, group[0].start, context)
        end = group[-1].end
        if tail := context.language.patterns["tail"].match(canonical.text, end):
            end = tail.end()
        possessive = context.language.patterns["possessive"].match(canonical.text, end)
        found.append(
            When(
                canonical.span(start, possessive.end() if possessive else end), tuple(group), bool(possessive)
            )
        )
    return tuple(found)


def _scan(text: str, context: Context) -> list[Atom]:
    atoms = []
    for name, pattern in context.language.rules:
        for match in pattern.finditer(text):
            atom = RULES[name](match, context)
            if atom is not None:
                vague = "which" in pattern.groupindex and bool(said(match, "which"))
                atoms.append(replace(atom, rule=f"vague {name}" if vague else name))
    return atoms


def _leading_somewhere(atoms: list[Atom], text: str, context: Context) -> list[Atom]:
    """The pieces without those "2 hours before" that no time follows; their length is a piece of its own."""
    filler = context.language.patterns["filler"]
    times = [atom for atom in atoms if atom.day or atom.clock or atom.part]

    def leads(atom: Atom) -> bool:
        return any(o.start >= atom.end and filler.fullmatch(text, atom.end, o.start) for o in times)

    return [atom for atom in atoms if not atom.clock_shift or leads(atom)]


def _choose(atoms: list[Atom]) -> list[Atom]:
    """Of overlapping pieces the one that begins first, of those the longest."""
    chosen: list[Atom] = []
    for atom in sorted(atoms, key=lambda a: (a.start, -a.end, a.length is not None)):
        if not chosen or atom.start >= chosen[-1].end:
            chosen.append(atom)
    return chosen


def _kinds(atom: Atom) -> set[str]:
    kinds = {name for name in ("clock", "moment", "bound", "until", "length") if getattr(atom, name)}
    if (atom.day or atom.repeat) and not atom.until:
        kinds.add("day" if atom.day else "repeat")
    if atom.part:
        kinds.add("part")
    return kinds


def _group(atoms: list[Atom], text: str, context: Context) -> list[list[Atom]]:
    """Join neighbours with nothing but small words between them, as long as they do not repeat each other."""
    groups: list[list[Atom]] = []
    for atom in atoms:
        between = text[groups[-1][-1].end : atom.start] if groups else ""
        if groups and context.language.patterns["filler"].fullmatch(between) and _joins(groups[-1], atom):
            groups[-1].append(atom)
        else:
            groups.append([atom])
    return [trimmed for group in groups if (trimmed := _trim(group))]


def _joins(group: list[Atom], atom: Atom) -> bool:
    if any(member.length for member in group) or atom.length:
        return False
    after_until = group[-1].until
    if after_until:
        return atom.day is not None
    present = set().union(*map(_kinds, group)) - ({"day"} if any(member.until for member in group) else set())
    kinds = _kinds(atom)
    if "moment" in kinds or "moment" in present:
        return False
    if kinds & present - {"part"}:
        return False
    return not ({"bound", "until"} & kinds) or "repeat" in present


def _trim(group: list[Atom]) -> list[Atom]:
    """Drop what means nothing at the edge: a shift or an "until" without a day, a weak piece alone."""
    while group and (group[-1].until or group[-1].shift):
        group = group[:-1]
    while group and (group[0].until or isinstance(group[0].bound, int)):
        group = group[1:]
    if len(group) == 1 and group[0].bound is not None and isinstance(group[0].bound, Amount):
        return [Atom(group[0].start, group[0].end, length=group[0].bound)]
    return [] if all(atom.weak for atom in group) else group


def _widen(text: str, start: int, context: Context) -> int:
    """Take in the words that lead to a time expression, such as "on" or "by the"."""
    match = context.language.patterns["lead_in"].search(text, max(0, start - 40), start)
    return match.start() if match else start


@dataclass(frozen=True, slots=True)
class Meaning:
    """When something is due, how it recurs, and whether a time of day was said."""

    due: Due | None
    rrule: str = ""


def resolve(whens: tuple[When, ...], context: Context, *, early: bool = False) -> Meaning:
    """What time expressions mean together. `early` reads a bare hour as one at which people get up."""
    atoms = [atom for when in whens for atom in when.atoms]
    moment = next((atom.moment for atom in atoms if atom.moment), None)
    repeat, ends = _repeat(atoms, context)
    clock = _clock(atoms, context, early=early)
    day = _day(atoms, ends)
    if repeat is not None:
        if day is None and repeat.freq == "YEARLY" and not repeat.by:
            day = context.today
        hour = (clock.hour, clock.minute) if clock else None
        return Meaning(recurrence.first_due(repeat, context.now, hour, day), repeat.rule())
    if moment is not None:
        return Meaning(moment)
    if clock is None:
        return Meaning(day)
    hours = sum(atom.clock_shift for atom in atoms)
    return Meaning(_later(_moment(day, clock, context, early=early), hours))


def _repeat(atoms: list[Atom], context: Context) -> tuple[Repeat | None, Atom | None]:
    """The recurrence with its end, and the day that ends it."""
    found = next((atom.repeat for atom in atoms if atom.repeat), None)
    if found is None:
        return None, None
    index = next((i for i, atom in enumerate(atoms) if atom.until), None)
    ends = atoms[index + 1] if index is not None and index + 1 < len(atoms) else None
    bound = next((atom.bound for atom in atoms if atom.bound is not None), None)
    count = bound if isinstance(bound, int) else None
    until = ends.day if ends else bound.after(context.today) if isinstance(bound, Amount) else None
    return Repeat(found.freq, found.interval, found.by, count, until), ends


def _day(atoms: list[Atom], ends: Atom | None) -> date | None:
    """The day said, moved by what stands before it: the nearest first."""
    shifts: list[Shift] = []
    for atom in atoms:
        if atom.shift:
            shifts.append(atom.shift)
        if atom.day and atom is not ends:
            day: date | None = atom.day
            for shift in reversed(shifts):
                day = shift.after(day) if day is not None else None
            return day
    return None


def _clock(atoms: list[Atom], context: Context, *, early: bool) -> Clock | None:
    """The time said, or what its part of the day stands for."""
    clock = next((atom.clock for atom in atoms if atom.clock), None)
    word = next((atom.part for atom in atoms if atom.part), "")
    part = context.language.parts[word] if word else None
    if clock is None:
        return Clock(part.hour) if part else None
    if clock.sure and (part is None or not 0 < clock.hour < _NOON):
        return clock
    if part is not None:
        return _in_part(clock, part.name, part.half)
    # Where people count to 24 they mean the morning by six, and still the afternoon by three.
    if (counted := context.language.day_hours == 24) and (early or clock.counted):  # noqa: PLR2004 - hours of a day
        return clock
    wanted = _EARLY if early else range(6 if counted else 8, 13)
    later = clock.hour not in wanted and clock.hour < _NOON
    return Clock(clock.hour + _HALF_DAY if later else clock.hour, clock.minute, sure=False)


def _later(moment: datetime, seconds: int) -> datetime:
    """So much real time after a moment, as clocks show it there."""
    if not seconds:
        return moment
    return (moment.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(moment.tzinfo)


def _in_part(clock: Clock, name: str, half: str) -> Clock:
    if half == "am" or (name == "night" and clock.hour in range(1, 5)):
        return Clock(clock.hour % _NOON, clock.minute)
    if name == "night" and clock.hour == _NOON:
        return Clock(0, clock.minute)
    return Clock(clock.hour % _NOON + _HALF_DAY, clock.minute)


def _moment(day: date | None, clock: Clock, context: Context, *, early: bool) -> datetime:
    """The next such time, on the day said if there is one; a bare hour that has passed is tonight's."""
    now = context.now
    if day is not None and day != context.today:
        return calendar.at(day, clock.hour, clock.minute, now)
    first = calendar.at(context.today, clock.hour, clock.minute, now)
    if first > now:
        return first
    if not clock.sure and clock.hour < _NOON and not early:
        second = calendar.at(context.today, clock.hour + _HALF_DAY, clock.minute, now)
        if second > now:
            return second
    if day is not None:
        return first
    return calendar.at(context.today + timedelta(days=1), clock.hour, clock.minute, now)
