"""One command of a sentence, prepared for the frames: its time expressions found and replaced by marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from conversations.agent.rules.atoms import Context
from conversations.agent.rules.dates import When, find_whens
from conversations.agent.rules.fields import Extras, read_extras
from conversations.agent.rules.language import (
    DEADLINE_MARK,
    DURATION_MARK,
    PRIORITY_MARK,
    WHEN_MARK,
    Frame,
    Language,
)
from conversations.agent.rules.model import Span
from conversations.agent.rules.normalise import canonicalise

_LEADING_TIME = re.compile(rf"[{WHEN_MARK}{DEADLINE_MARK}]+[\s,]+(?=\w)")


_NO_MARKS = dict.fromkeys(map(ord, (WHEN_MARK, DEADLINE_MARK)))


@dataclass(frozen=True, slots=True)
class Segment:
    """A command as the frames see it: `masked` is as long as `text`, which begins at `offset`.

    `asked` says that the polite words before it ask that the assistant itself do it ("can you …").
    """

    text: str
    folded: str
    masked: str
    offset: int
    whens: tuple[When, ...]
    extras: Extras
    lists: tuple[str, ...]
    context: Context
    asked: bool = False

    @property
    def language(self) -> Language:
        return self.context.language

    @property
    def span(self) -> Span:
        return Span(self.offset, self.offset + len(self.text))

    @property
    def is_time_only(self) -> bool:
        """Whether it says when, and not what."""
        return bool(self.whens) and not re.search(r"\w", self.masked.translate(_NO_MARKS))

    def words(self, span: Span) -> str:
        """The user's own words of a range of the sentence."""
        return self.text[span.start - self.offset : span.end - self.offset]


def prepare(
    text: str, folded: str, span: Span, language: Language, now: datetime, lists: tuple[str, ...]
) -> Segment:
    """Trim polite words off a command and mark its time expressions and priority."""
    start, end = _trim(folded, span, language)
    part, part_folded = text[start:end], folded[start:end]
    canonical = canonicalise(part_folded, language)
    context = Context(now, language, canonical.text)
    extras = read_extras(part, part_folded, canonical, start, language, lists)
    whens = []
    for when in find_whens(canonical, context):
        place = Span(when.span.start + start, when.span.end + start)
        if extras.lead is None or not _overlap(place, extras.lead.span):
            whens.append(replace(when, span=place))
        elif when.atoms[0].clock_shift:
            # "Remind me 10 minutes before 5": it is due at 5, and the lead says the rest.
            begin = canonical.span(when.atoms[1].start, when.atoms[-1].end).start + start
            whens.append(replace(when, span=Span(begin, place.end), atoms=when.atoms[1:]))
        elif when.length is None:
            # "Two days before Christmas" is a day of its own.
            extras = extras.without_lead()
            whens.append(replace(when, span=place))
    masked = list(part_folded)
    for when in whens:
        _mark(masked, when.span, start, _mark_of(when, part_folded[when.span.start - start :], language))
    if extras.priority:
        _mark(masked, extras.priority.span, start, PRIORITY_MARK)
    asked = bool(language.patterns["asked"].search(folded, span.start, start))
    return Segment(part, part_folded, "".join(masked), start, tuple(whens), extras, lists, context, asked)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _mark_of(when: When, words: str, language: Language) -> str:
    if when.length is not None:
        return DURATION_MARK
    return DEADLINE_MARK if language.patterns["deadline"].match(words) else WHEN_MARK


def _mark(masked: list[str], span: Span, offset: int, mark: str) -> None:
    masked[span.start - offset : span.end - offset] = mark * (span.end - span.start)


def _trim(folded: str, span: Span, language: Language) -> tuple[int, int]:
    start = language.patterns["polite_start"].match(folded, span.start, span.end)
    first = start.end() if start else span.start
    end = language.patterns["polite_end"].search(folded, first, span.end)
    last = end.start() if end else span.end
    return (first, last) if first < last else (span.start, span.end)


def match_frame(segment: Segment) -> tuple[Frame, re.Match[str]] | None:
    """The first frame of the language that the command fits, as a whole or after the time it begins with."""
    begin = _LEADING_TIME.match(segment.masked)
    polite = begin and segment.language.patterns["polite_start"].match(segment.folded, begin.end())
    for start in (0, polite.end()) if polite else (0,):
        for frame, pattern in segment.language.compiled_frames:
            match = pattern.match(segment.masked, start)
            if match is not None:
                return frame, match
    return None
