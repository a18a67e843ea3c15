"""The JSON of what is in this room: the same in REST, in activities and in what the agent is told."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import orjson

from tasks.models import Label, Reminder, Task, TaskList
from tasks.querysets import LABEL_FIELDS, LIST_FIELDS, REMINDER_FIELDS, TASK_FIELDS

JSON = dict[str, Any]


def render_task(task: Task | Mapping[str, Any]) -> JSON:
    """A task, loaded by `TaskQuerySet.loaded()` or a row of `TaskQuerySet.rows()`, as JSON-native values.

    `{id, title, notes, status, priority, due_on: "YYYY-MM-DD"|null, due_at: ISO 8601 in UTC|null, start_on,
    estimate_minutes, rrule, exdates: ["YYYY-MM-DD"], repeat_from, list_id, list, parent_id, position,
    links: [{url, title}], source_span, labels: [name], version, created_at, updated_at, completed_at,
    trashed_at}`
    """
    if isinstance(task, Task):
        row = {name: getattr(task, name) for name in TASK_FIELDS}
        list_name, labels = task.list.name, [label.name for label in task.labels.all()]
    else:
        row = {name: task[name] for name in TASK_FIELDS}
        list_name, labels = task["list_name"], task["label_names"]
    return _plain(row) | {"list": list_name, "labels": sorted(labels)}


def shown_task(row: Mapping[str, Any]) -> JSON:
    """What there is of a task in a row of `TaskQuerySet.rows()`, as `render_task`, but for answers only.

    Ids, dates and moments are left to the writer of JSON, which is quicker at them.
    """
    shown = {name: row[name] for name in TASK_FIELDS if name in row}
    if "list_name" in row:
        shown["list"] = row["list_name"]
    if "label_names" in row:
        shown["labels"] = sorted(row["label_names"])
    return shown


def render_list(task_list: TaskList | Mapping[str, Any]) -> JSON:
    """`{id, name, is_inbox, position, colour, archived_at, created_at}`"""
    return _fields(task_list, LIST_FIELDS)


def render_label(label: Label | Mapping[str, Any]) -> JSON:
    """`{id, name, created_at}`"""
    return _fields(label, LABEL_FIELDS)


def render_reminder(reminder: Reminder | Mapping[str, Any]) -> JSON:
    """A reminder, loaded by `ReminderQuerySet.loaded()` or a row of `ReminderQuerySet.rows()`.

    `{id, task_id, title, remind_at, lead_minutes, snoozed_until, fires_at, fired_at, created_at}`, where the
    title is the task's and all moments are ISO 8601 in UTC or null.
    """
    title = reminder.task.title if isinstance(reminder, Reminder) else reminder["title"]
    return _fields(reminder, REMINDER_FIELDS) | {"title": title}


def digest_of(shown: JSON) -> str:
    """16 hexadecimal digits that change with what is shown: the version of what counts none."""
    return hashlib.sha256(orjson.dumps(shown, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def moment(value: datetime) -> str:
    """ISO 8601 in UTC, ending in Z."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _fields(source: object, names: tuple[str, ...]) -> JSON:
    if isinstance(source, Mapping):
        return _plain({name: source[name] for name in names})
    return _plain({name: getattr(source, name) for name in names})


def _plain(row: Mapping[str, Any]) -> JSON:
    return {name: _native(value) for name, value in row.items()}


def _native(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | list | dict):
        return value
    if isinstance(value, datetime):
        return moment(value)
    return value.isoformat() if isinstance(value, date) else str(value)
