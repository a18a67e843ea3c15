"""What a call that waits for approval would change, as its user is shown it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from activities.services import Entry
from tasks.models import Task

JSON = dict[str, Any]

# How many of its changes a call that waits shows.
PREVIEWED = 50


def preview_of(entries: Sequence[Entry]) -> list[JSON]:
    """The first changes, each with the name of what is changed; read while the trial run still stands."""
    shown = entries[:PREVIEWED]
    titles = dict(
        Task.objects.filter(id__in={entry.subject_id for entry in shown}).values_list("id", "title")
    )
    return [
        {
            "kind": entry.kind,
            "subject_type": entry.subject_type,
            "subject_id": str(entry.subject_id),
            "name": titles.get(entry.subject_id) or _name(entry),
        }
        for entry in shown
    ]


def _name(entry: Entry) -> str:
    for fields in (entry.after, entry.before):
        for name in ("title", "name", "text", "workflow"):
            if isinstance(value := fields.get(name), str):
                return value
    return ""
