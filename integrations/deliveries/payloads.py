"""What a webhook is sent, by kind: fields that are promised, with a version.

A field that is added, renamed or leaves makes a new version of its kind; nothing else of an activity is sent,
so that rooms may record more without anybody's integration noticing. `docs/webhooks.md` shows each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from activities.models import Activity
from integrations.representation import JSON, moment

PING = "webhook.ping"


@dataclass(frozen=True, slots=True)
class Payload:
    """`subject` names the thing in `data`; of `fields` those are sent that the activity holds."""

    subject: str
    fields: tuple[str, ...]
    version: int = 1


_TASK = (
    *("title", "notes", "status", "priority", "list_id", "parent_id", "labels", "due_on", "due_at", "rrule"),
    *("completed_at", "trashed_at", "created_at"),
)
_LIST = ("name", "colour", "is_inbox", "created_at")
_RUN = ("workflow", "status", "error")

PAYLOADS: Mapping[str, Payload] = {
    **{
        f"task.{verb}": Payload("task", _TASK)
        for verb in (
            *("created", "updated", "completed", "reopened", "moved"),
            *("trashed", "restored", "reverted"),
        )
    },
    **{f"list.{verb}": Payload("list", _LIST) for verb in ("created", "updated", "deleted")},
    "reminder.due": Payload("reminder", ("task_id", "remind_at", "fired_at")),
    **{f"run.{end}": Payload("run", _RUN) for end in ("done", "failed", "timed_out", "cancelled")},
}


def body_of(activity: Activity) -> str:
    """The body that tells of an activity, as JSON: the same text at every try."""
    payload = PAYLOADS[activity.kind]
    data: JSON = {
        payload.subject: {"id": str(activity.subject_id), **_promised(payload, activity.after)},
        "before": _promised(payload, activity.before),
    }
    return orjson.dumps(
        {
            "type": activity.kind,
            "version": payload.version,
            "timestamp": moment(activity.at),
            "event_id": str(activity.id),
            "seq": activity.seq,
            "actor": activity.actor,
            "data": data,
        }
    ).decode()


def _promised(payload: Payload, fields: Mapping[str, Any]) -> JSON:
    return {name: fields[name] for name in payload.fields if name in fields}
