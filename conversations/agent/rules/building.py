"""From a command that fits a frame to its fields."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from conversations.agent.rules.choosing import choose_whens, compatible, said_again, said_in
from conversations.agent.rules.cleaning import clean
from conversations.agent.rules.dates import Meaning, When, resolve
from conversations.agent.rules.fields import known_list
from conversations.agent.rules.groups import group_said, said
from conversations.agent.rules.language import Frame
from conversations.agent.rules.model import ALL, LAST, Command, Due, Field, Priority, Query, Span
from conversations.agent.rules.normalise import canonicalise
from conversations.agent.rules.segment import Segment

_SHORT = 4
# What alarm clocks do when they are not told for how long.
_SNOOZE = timedelta(minutes=10)
# Intents about tasks that exist, which may be told by their time.
_TIMED = frozenset({"complete", "delete", "reopen", "other"})
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def build(segment: Segment, frame: Frame, match: re.Match[str]) -> Command:
    """The command that a frame reads out of a segment."""
    if frame.intent in ("create", "update"):
        return (_create if frame.intent == "create" else _update)(segment, frame, match)
    if frame.intent == "query":
        query = _query(segment, frame, match)
        return _with_time(Command("query", segment.span, kind=_kind(segment, frame), query=query), segment)
    if frame.intent == "snooze":
        return _snooze(segment, frame, match)
    if frame.intent == "choose":
        return Command("choose", segment.span, choices=(_choice(segment, match),))
    if frame.intent == "other":
        return _outside(segment)
    reference = _reference(segment, match)
    topic: Literal["", "thanks"] = "thanks" if frame.asks == "thanks" else ""
    command = Command(
        frame.intent, segment.span, kind=_kind(segment, frame), reference=reference, topic=topic
    )
    return _with_time(command, segment) if frame.intent in _TIMED else command


def _with_time(command: Command, segment: Segment) -> Command:
    """The command with the time that it speaks of, which tells what is meant and changes nothing."""
    used = compatible([when for when in segment.whens if when.length is None], [])
    early = bool(segment.language.patterns["early"].search(segment.folded))
    meaning = resolve(used, segment.context, early=early)
    return replace(command, due=_due(meaning, used))


def build_bare(segment: Segment) -> Command:
    """A command that fits no frame: a task if it reads like one, otherwise outside of what tasks are."""
    patterns, folded = segment.language.patterns, segment.folded
    task = _task(segment, Frame("create", ""), segment.span)
    other = _outside(segment)
    words = re.findall(r"[\w-]+", folded) or [""]
    known = segment.language.verbs
    verb = words[0] in known or bool(patterns["verb_form"].fullmatch(words[0]))
    verb = verb or (segment.language.verb_last and words[-1] in known)
    timed = any(when.length is None for when in segment.whens)
    outside = bool(patterns["elsewhere"].match(folded) or patterns["question"].match(folded))
    if not (timed and verb):
        outside = outside or segment.asked or bool(patterns["outside"].match(folded))
    if outside or task.title is None or segment.is_time_only or not _LETTERS.search(folded):
        return other
    likely = verb or timed or segment.extras.taken or len(folded.split()) <= _SHORT
    if likely and not patterns["statement"].match(folded):
        return task
    return replace(other, topic="statement", title=task.title)


def build_task(segment: Segment) -> Command:
    """The command as one that makes a task, whatever else it could be read as."""
    task = _task(segment, Frame("create", ""), segment.span)
    return task if task.title else Command("create", segment.span, title=Field(segment.text, segment.span))


def _outside(segment: Segment) -> Command:
    """What no tool does; when it speaks of is told."""
    said_when = _task(segment, Frame("other", ""), None)
    return Command("other", segment.span, due=said_when.due, rrule=said_when.rrule)


def _kind(segment: Segment, frame: Frame) -> Literal["task", "alarm", "timer"]:
    for kind in ("alarm", "timer"):
        if segment.language.patterns[kind].search(segment.folded):
            return kind
    return frame.kind


def _create(segment: Segment, frame: Frame, match: re.Match[str]) -> Command:
    groups = [group for group in (group_said(match, "title"), group_said(match, "name")) if group]
    command = _task(segment, frame, _group_span(segment, match, groups[0]) if groups else None)
    if command.title is None and len(groups) > 1:
        command = _task(segment, frame, _group_span(segment, match, groups[1]))
    if name := group_said(match, "list"):
        command = replace(command, list=_named_list(segment, match, name))
    return replace(command, topic="new list") if frame.asks == "new list" else command


def _named_list(segment: Segment, match: re.Match[str], group: str) -> Field[str]:
    span = _group_span(segment, match, group)
    return Field(known_list(segment.words(span), segment.lists), span)


def _group_span(segment: Segment, match: re.Match[str], group: str) -> Span:
    start, end = match.span(group)
    return Span(start + segment.offset, end + segment.offset)


def _task(segment: Segment, frame: Frame, body: Span | None) -> Command:
    """The command to create a task whose title lies in `body`."""
    extras = segment.extras
    used = choose_whens(segment, body, timer=frame.kind == "timer")
    early = bool(segment.language.patterns["early"].search(segment.folded))
    meaning = _meaning(segment, used, timer=frame.kind == "timer", early=early)
    taken = [*(when.span for when in used), *said_again(segment, used), *extras.taken]
    title = clean(segment, body, taken, "title") if body else None
    return Command(
        "create",
        segment.span,
        kind=_kind(segment, frame),
        title=title,
        due=_due(meaning, used),
        rrule=said_in(meaning.rrule, used) if meaning.rrule else None,
        lead=extras.lead,
        priority=extras.priority,
        list=extras.list,
        labels=extras.labels,
    )


def _meaning(segment: Segment, used: tuple[When, ...], *, timer: bool, early: bool) -> Meaning:
    if timer and len(used) == 1 and used[0].length is not None:
        moment = segment.context.now + used[0].length.delta
        return Meaning(moment.replace(second=0, microsecond=0))
    return resolve(used, segment.context, early=early)


def _due(meaning: Meaning, used: tuple[When, ...]) -> Field[Due] | None:
    return None if meaning.due is None or not used else said_in(meaning.due, used)


def _reference(segment: Segment, match: re.Match[str]) -> Field[str] | None:
    name = group_said(match, "ref")
    if not name:
        return None
    body = _group_span(segment, match, name)
    found = clean(
        segment,
        body,
        [when.span for when in segment.whens if when.length is None] + list(segment.extras.taken),
        "reference",
    )
    if found is not None:
        return found
    words = segment.words(body).strip()
    return Field(words, body) if words else None


def _update(segment: Segment, frame: Frame, match: re.Match[str]) -> Command:
    groups = match.groupdict()
    to = _group_span(segment, match, "to") if groups.get("to") else None
    named = match.start(name) + segment.offset if (name := group_said(match, "ref")) else None
    # "The daily reminder": how often is what it is told by, and not what it is changed to.
    timed = [
        when
        for when in segment.whens
        if when.length is None and not (when.repeat and when.span.start == named)
    ]
    used = _new_whens(() if frame.keeps_dates else tuple(timed))
    early = bool(segment.language.patterns["early"].search(segment.folded))
    meaning = resolve(used, segment.context, early=early)
    lengths = [when for when in segment.whens if when.length is not None]
    label = group_said(match, "label")
    labels = segment.extras.labels
    if label:
        span = _group_span(segment, match, label)
        labels = (Field(segment.words(span), span),)
    found_list = segment.extras.list
    if name := group_said(match, "list"):
        found_list = _named_list(segment, match, name)
    return Command(
        "update",
        segment.span,
        kind=_kind(segment, frame),
        title=clean(segment, to, [], "title") if to else None,
        due=_due(meaning, used),
        rrule=said_in(meaning.rrule, used) if meaning.rrule else None,
        shift=_shift(segment, lengths[0]) if lengths and not used else None,
        priority=_level(segment, match) or segment.extras.priority,
        list=found_list,
        labels=labels,
        reference=_reference(segment, match),
        cleared=_cleared(groups),
        keeps_day=bool(used) and not any(when.has_day for when in used),
    )


def _level(segment: Segment, match: re.Match[str]) -> Field[Priority] | None:
    words = said(match, "level")
    if words not in segment.language.priorities:
        return None
    return Field(segment.language.priorities[words], _group_span(segment, match, "level"))


def _new_whens(whens: tuple[When, ...]) -> tuple[When, ...]:
    """Of several time expressions the last is the new one; without a day, it keeps the day before it."""
    last = whens[-1:]
    if last and not last[0].has_day:
        day = next((when for when in reversed(whens) if when.has_day and not when.repeat), None)
        if day is not None:
            return (replace(day, atoms=tuple(atom for atom in day.atoms if atom.day)), *last)
    return last


def _shift(segment: Segment, when: When) -> Field[timedelta] | None:
    if when.length is None:
        return None
    less = segment.language.patterns["less"].search(segment.folded)
    return Field(-when.length.delta if less else when.length.delta, when.span)


def _cleared(groups: dict[str, str | None]) -> frozenset[Literal["due", "rrule"]]:
    if groups.get("clear_rrule"):
        return frozenset({"rrule"})
    return frozenset({"due"}) if groups.get("clear") else frozenset()


def _snooze(segment: Segment, frame: Frame, match: re.Match[str]) -> Command:
    if frame.asks != "at once":
        return Command("snooze", segment.span, frame.kind)
    used = _new_whens(tuple(when for when in segment.whens if when.length is None))
    length = next((when.length.delta for when in segment.whens if when.length is not None), _SNOOZE)
    due = _due(resolve(used, segment.context), used) if length is _SNOOZE else None
    return Command(
        "snooze",
        segment.span,
        frame.kind,
        due=due,
        shift=None if due else Field(length, segment.span),
        reference=_reference(segment, match),
    )


def _choice(segment: Segment, match: re.Match[str]) -> int:
    groups = match.groupdict()
    if group_said(match, "both"):
        return ALL
    said_number = groups.get("choice") or groups.get("number") or ""
    number = re.search(r"[0-9]+", canonicalise(said_number, segment.language).text)
    return int(number.group()) if number else LAST


def _query(segment: Segment, frame: Frame, match: re.Match[str]) -> Query:
    patterns = segment.language.patterns
    whens = [when for when in segment.whens if when.length is None]
    meaning = resolve(tuple(whens[:1]), segment.context)
    first = meaning.due.date() if isinstance(meaning.due, datetime) else meaning.due
    last = next((when.last_day for when in whens[:1] if when.last_day), None) or first
    about = patterns["query_text"].search(segment.masked)
    text = said(match, "text") or (about["text"] if about else "")
    found = patterns["query_list"].search(segment.masked)
    name = found["list"] if found and not patterns["query_noise"].fullmatch(found["list"]) else ""
    return Query(
        text=text.strip(" ?.!"),
        due_from=None if frame.asks == "done" else first,
        due_to=None if frame.asks == "done" else last,
        overdue=frame.asks == "overdue",
        status="done" if frame.asks == "done" else "open",
        list=known_list(name, segment.lists),
        label=segment.extras.labels[0].value if segment.extras.labels else "",
    )
