"""Dates that a model gives, held against the user's words: where both are clear and differ, the words win.

Only a call about one task is looked at, and only words with one time expression that has one reading.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from conversations.agent.rules.atoms import Atom
from conversations.agent.rules.detect import UNKNOWN, detect
from conversations.agent.rules.history import CALL_PREFIX, last_user_index
from conversations.agent.rules.language import load_language
from conversations.agent.rules.model import Span
from conversations.agent.rules.normalise import fold
from conversations.agent.rules.segment import Segment, prepare
from conversations.agent.rules.understand import MAX_CHARACTERS
from integrations.llm.base import JSON, ModelRequest, ToolCall

# Rules whose reading nobody disputes. A weekday is held only to be that weekday, a date to be that date
# of any year.
_WEEKDAY = frozenset({"weekday"})
_DATE = frozenset({"month_day", "iso", "named", "from_now"})
_CLOCK = frozenset({"clock", "relative_clock"})


def check_dates(call: ToolCall, request: ModelRequest) -> tuple[ToolCall, JSON | None]:
    """The call as the words have it, and the correction (`given` and `due` in ISO 8601, `said`) or None."""
    task = _one_task(call)
    index = last_user_index(request.messages)
    if task is None or index is None or call.id.startswith(CALL_PREFIX):
        return call, None
    given = _given(task)
    words = request.messages[index].text
    found = _said(words, request.moment, request.language)
    if given is None or found is None:
        return call, None
    segment, atoms, said = found
    right = _held_to(given, atoms, segment)
    if right is None or right == given:
        return call, None
    correction = {"given": _text(given), "due": _text(right), "said": words[said.start : said.end]}
    return _with_due(call, task, right), correction


def _one_task(call: ToolCall) -> JSON | None:
    """The arguments of the one task that the call creates or changes."""
    if call.malformed or call.name not in ("create_tasks", "update_task"):
        return None
    if call.name == "update_task":
        return call.arguments
    tasks = call.arguments.get("tasks")
    one = tasks[0] if isinstance(tasks, list) and len(tasks) == 1 else None
    return one if isinstance(one, dict) and not one.get("rrule") else None


def _given(task: JSON) -> date | datetime | None:
    try:
        if isinstance(task.get("due_at"), str):
            moment = datetime.fromisoformat(task["due_at"])
            return moment if moment.tzinfo is None else None
        return date.fromisoformat(task["due_on"]) if isinstance(task.get("due_on"), str) else None
    except ValueError:
        # The tool refuses it with a message of its own.
        return None


def _said(words: str, now: datetime, preferred: str) -> tuple[Segment, tuple[Atom, ...], Span] | None:
    """The pieces of the only time expression of the words, if it is clear."""
    folded = fold(words)
    code = UNKNOWN if len(words) > MAX_CHARACTERS else detect(folded, preferred=preferred)
    if code == UNKNOWN:
        return None
    segment = prepare(words, folded, Span(0, len(words)), load_language(code), now, ())
    if len(segment.whens) != 1 or segment.extras.lead is not None:
        return None
    when = segment.whens[0]
    clear = all(atom.rule in _WEEKDAY | _DATE | _CLOCK for atom in when.atoms)
    if not clear or when.possessive or when.repeat or when.length:
        return None
    return segment, when.atoms, when.span


def _held_to(given: date | datetime, atoms: tuple[Atom, ...], segment: Segment) -> date | datetime | None:
    """The due moment with the day and the time that the words say, where they differ."""
    day = given.date() if isinstance(given, datetime) else given
    for atom in atoms:
        if atom.day is not None and not _agrees(atom, atom.day, day):
            day = atom.day
    if not isinstance(given, datetime):
        return day
    if any(atom.moment for atom in atoms):
        return None
    clock = next((atom.clock for atom in atoms if atom.clock), None)
    if clock is not None and clock.sure:
        return datetime.combine(day, given.time().replace(hour=clock.hour, minute=clock.minute))
    return datetime.combine(day, given.time())


def _agrees(atom: Atom, said: date, given: date) -> bool:
    if atom.rule in _WEEKDAY:
        return said.weekday() == given.weekday()
    if atom.rule == "month_day":
        return (said.month, said.day) == (given.month, given.day)
    return said == given


def _with_due(call: ToolCall, task: JSON, due: date | datetime) -> ToolCall:
    name = "due_at" if isinstance(due, datetime) else "due_on"
    changed: dict[str, Any] = {**task, name: _text(due)}
    return replace(
        call, arguments=changed if call.name == "update_task" else {**call.arguments, "tasks": [changed]}
    )


def _text(due: date | datetime) -> str:
    return f"{due:%Y-%m-%dT%H:%M}" if isinstance(due, datetime) else due.isoformat()
