"""Which time expressions of a command say when it is due."""

from __future__ import annotations

from typing import TypeVar

from conversations.agent.rules.dates import When
from conversations.agent.rules.model import Field, Span
from conversations.agent.rules.segment import Segment

T = TypeVar("T")


def choose_whens(segment: Segment, body: Span | None, *, timer: bool = False) -> tuple[When, ...]:
    """The time expressions that say when it is due.

    The first outside the title, else the first, and those that add what it lacks.
    """
    timed = [when for when in segment.whens if when.length is None and not when.possessive]
    if not timed:
        lengths = [when for when in segment.whens if when.length is not None]
        timer = timer or bool(segment.language.patterns["timer"].search(segment.masked))
        return tuple(lengths[:1]) if timer else ()
    outside = [when for when in timed if body is None or not body.start <= when.span.start < body.end]
    chosen = compatible(timed, outside)
    begins = [when for when in timed if when not in chosen and _begins(segment, when, chosen)]
    return _in_order([*chosen, *begins[:1]])


def compatible(timed: list[When], preferred: list[When]) -> tuple[When, ...]:
    """The first of the preferred, else the first, and of the others in order those that add what it lacks."""
    chosen: list[When] = []
    for when in (*preferred[:1], *timed):
        if not any(when is other or _clash(when, other) for other in chosen):
            chosen.append(when)
    return _in_order(chosen)


def _begins(segment: Segment, when: When, chosen: tuple[When, ...]) -> bool:
    """Whether it is the day with which the recurrence begins that others say: "weekly … starting Friday"."""
    if "day" not in when.kinds or when.kinds - {"day", "clock", "part"}:
        return False
    if not any(other.repeat for other in chosen) or any(when.kinds & other.kinds for other in chosen):
        return False
    begins = segment.language.patterns["begins"]
    return begins.match(segment.folded, when.span.start - segment.offset) is not None


def _in_order(whens: list[When]) -> tuple[When, ...]:
    return tuple(sorted(whens, key=lambda when: when.span.start))


def _clash(one: When, other: When) -> bool:
    both = one.kinds & other.kinds & {"clock", "part"}
    return bool(both) or (one.has_day and other.has_day) or "moment" in one.kinds | other.kinds


def said_again(segment: Segment, used: tuple[When, ...]) -> list[Span]:
    """The times beside those used that repeat or contradict them, and belong to no title either."""
    filler = segment.language.patterns["filler"]
    rest = [when for when in segment.whens if when.length is None and not when.possessive]

    def joined(one: Span, other: Span) -> bool:
        first, second = sorted((one, other), key=lambda span: span.start)
        between = segment.folded[first.end - segment.offset : second.start - segment.offset]
        return bool(filler.fullmatch(between))

    return [when.span for when in rest if any(joined(when.span, other.span) for other in used)]


def said_in(value: T, used: tuple[When, ...]) -> Field[T]:
    """What the time expressions say, with the range that covers them all and with their own."""
    spans = tuple(when.span for when in used)
    return Field(value, Span(min(span.start for span in spans), max(span.end for span in spans)), spans)
