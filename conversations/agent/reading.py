"""What the rules make of a sentence, told and not done: for clients that show it while somebody writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from accounts.models import User
from conversations.agent.rules.model import Command, Field, Span
from conversations.agent.rules.understand import understand
from conversations.representation import moment
from tasks.models import TaskList

JSON = dict[str, Any]

_NAMED = ("title", "due", "rrule", "priority", "list", "lead", "reference", "shift")


def read_sentence(
    *,
    user: User,
    text: str,
    now: datetime,
    timezone: str = "",
    language: str = "",
    plain: Sequence[tuple[int, int]] = (),
    as_tasks: bool = False,
) -> JSON:
    """`{language, commands: [{action, title, due_on, due_at, rrule, priority, list, list_id, labels,
    lead_minutes, reference, span, spans}]}` in the order they were said. Changes nothing.

    Read on the clock of `timezone` (the user's unless given). `language` (an IETF tag) is the sentence's,
    where that is known. `plain` are half-open ranges whose words say nothing but themselves; `as_tasks` reads
    every command as one that makes a task. `due_at` is in UTC; what was not said is null or empty. `spans`
    are `{field: [[start, end], …]}`, ranges of characters (Unicode code points) of `text`; `span` is the
    command's.
    """
    lists = dict(TaskList.objects.of(user.id).order_by("id").values_list("name", "id"))
    understanding = understand(
        text,
        now=now.astimezone(ZoneInfo(timezone) if timezone else user.zone),
        lists=tuple(lists),
        language=language or None,
        preferred=user.language,
        plain=[Span(start, end) for start, end in plain],
        as_tasks=as_tasks,
    )
    return {
        "language": understanding.language,
        "commands": [_told(command, lists) for command in understanding.commands],
    }


def _told(command: Command, lists: Mapping[str, UUID]) -> JSON:
    due = command.due.value if command.due else None
    name = _value(command.list)
    return {
        "action": command.intent,
        "title": _value(command.title),
        "due_on": _day(due),
        "due_at": moment(due.astimezone(UTC)) if isinstance(due, datetime) else None,
        "rrule": _value(command.rrule) or "",
        "priority": _value(command.priority),
        "list": name,
        "list_id": lists.get(name) if name else None,
        "labels": [label.value for label in command.labels],
        "lead_minutes": round(command.lead.value.total_seconds() / 60) if command.lead else None,
        "reference": _value(command.reference),
        "span": [command.span.start, command.span.end],
        "spans": _spans(command),
    }


def _value(field: Field[Any] | None) -> Any:
    return field.value if field else None


def _day(due: date | datetime | None) -> str | None:
    if due is None:
        return None
    return (due.date() if isinstance(due, datetime) else due).isoformat()


def _spans(command: Command) -> JSON:
    found = {name: field.places for name in _NAMED if (field := getattr(command, name)) is not None}
    if command.labels:
        found["labels"] = tuple(place for label in command.labels for place in label.places)
    return {name: [[place.start, place.end] for place in places] for name, places in found.items()}
