"""What a sentence was understood to say, as one row of plain values."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from conversations.agent.rules.model import Command, Due, Field, Intent, Span, Understanding
from conversations.agent.rules.understand import understand

# What a row calls an intent that it has no word of its own for.
_ACTIONS: dict[Intent, str] = {
    "reopen": "update",
    "undo": "other",
    "choose": "other",
    "smalltalk": "meta",
    "help": "meta",
}
_FIELDS = ("title", "due", "rrule", "lead", "priority", "list", "reference", "shift")


def read_row(row: dict[str, Any], *, now: datetime, timezone: str = "UTC") -> dict[str, Any]:
    """Read the sentence of a row and give the row of its answer.

    A row has `id` and `text`, and may have `lang` (an IETF tag, which wins over what the words look like),
    `reference` (when it was said, ISO 8601; `now` where it is missing) and `timezone` (an IANA name).

    Raises:
        ValueError: the reference is no moment, or the timezone has no such name.
        KeyError: the row has no `id` or no `text`.
    """
    moment = _moment(row.get("reference"), row.get("timezone") or timezone, now)
    understanding = understand(str(row["text"]), now=moment, language=row.get("lang") or None)
    answer = describe(understanding)
    commands = [{**command, "rrule": _timed(command)} for command in answer.get("commands", ())]
    answer = {**answer, "rrule": _timed(answer), **({"commands": commands} if commands else {})}
    return {"id": row["id"], **answer}


def _timed(answer: dict[str, Any]) -> str | None:
    """The recurrence with the time of day that it comes at, so that the rule can stand without its start."""
    rule: str | None = answer["rrule"]
    due: str = answer["due"] or ""
    if rule is None or "T" not in due or re.search(r"BYHOUR|HOURLY|MINUTELY", rule):
        return rule
    hour, minute = due.partition("T")[2].split(":")
    return f"{rule};BYHOUR={int(hour)};BYMINUTE={int(minute)}"


def _moment(reference: str | None, timezone: str, now: datetime) -> datetime:
    zone = ZoneInfo(timezone)
    if not reference:
        return now.astimezone(zone)
    moment = datetime.fromisoformat(reference)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)


def describe(understanding: Understanding) -> dict[str, Any]:
    """The first command as a row, and where there are several, all of them under `commands`."""
    rows = [_command(command) for command in understanding.commands] or [_nothing()]
    answer = {**rows[0], "language": understanding.language}
    return {**answer, "commands": rows} if len(rows) > 1 else answer


def _nothing() -> dict[str, Any]:
    return _command(Command("other", Span(0, 0)))


def _command(command: Command) -> dict[str, Any]:
    # Of an existing task the row tells which it is; a new title is told only where that is all there is.
    title = command.reference or command.title
    fields = {name: getattr(command, name) for name in _FIELDS}
    spans: dict[str, Any] = {name: _span(field) for name, field in fields.items() if field is not None}
    if command.labels:
        spans["labels"] = [_span(label) for label in command.labels]
    return {
        "action": _ACTIONS.get(command.intent, command.intent),
        "title": title.value if title else None,
        "due": _local(command.due),
        "rrule": command.rrule.value if command.rrule else None,
        "reminder": _minutes(command.lead),
        "priority": command.priority.value if command.priority else None,
        "list": command.list.value if command.list else None,
        "labels": [label.value for label in command.labels],
        "created": command.intent == "create",
        "spans": spans,
    }


def _span(field: Field[Any]) -> list[int]:
    return [field.span.start, field.span.end]


def _local(due: Field[Due] | None) -> str | None:
    if due is None:
        return None
    return f"{due.value:%Y-%m-%dT%H:%M}" if isinstance(due.value, datetime) else due.value.isoformat()


def _minutes(lead: Field[timedelta] | None) -> int | None:
    return None if lead is None else round(lead.value.total_seconds() / 60)


def present() -> datetime:
    """The moment that sentences without a reference are read at: now, in whole minutes."""
    return datetime.now(UTC).replace(second=0, microsecond=0)
