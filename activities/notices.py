"""Which activities a user is notified of, and how each reads: one row a kind.

What is here is in `ACTIVITY_SUBSCRIBERS` too, with the job `activities.notify`. The activity is all there is
to read from: rooms above this one have put into it whatever is to be said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from activities.models import MAX_BODY, MAX_TITLE, Activity

JSON = dict[str, Any]

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Notice:
    """`title` and `body` for people, `data` for clients."""

    title: str
    body: str = ""
    data: JSON = field(default_factory=dict)


def notice_of(activity: Activity) -> Notice:
    """What an activity reads like, in one line each, no longer than what is kept."""
    notice = NOTICES[activity.kind](activity.after)
    return Notice(_line(notice.title, MAX_TITLE), _line(notice.body, MAX_BODY), notice.data)


def _reminder_due(after: JSON) -> Notice:
    late = int(after["late"])
    body = f"Reminder, {_duration(late)} late" if late >= MINUTE else "Reminder"
    return Notice(after["title"], body, {"task_id": after["task_id"], "late": late})


def _approval_requested(after: JSON) -> Notice:
    names = ", ".join(f"“{row['name']}”" for row in after["preview"] if row.get("name"))
    body = f"{after['tool']}: {names}" if names else str(after["tool"])
    data = {"turn_id": after["turn_id"], "expires_at": after["expires_at"]}
    return Notice("Your approval is needed", body, data)


def _turn_failed(after: JSON) -> Notice:
    return Notice("A message could not be answered", after["error"]["message"])


def _run_ended_badly(after: JSON) -> Notice:
    body = (after["error"] or {}).get("message", "")
    return Notice(f"The workflow “{after['workflow']}” failed", body, {"turn_id": after["turn_id"]})


NOTICES: Mapping[str, Callable[[JSON], Notice]] = {
    "reminder.due": _reminder_due,
    "approval.requested": _approval_requested,
    "turn.failed": _turn_failed,
    "run.failed": _run_ended_badly,
    "run.timed_out": _run_ended_badly,
}


def _line(text: str, limit: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def _duration(seconds: int) -> str:
    for unit, name in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        if count := seconds // unit:
            return f"{count} {name}{'s' if count > 1 else ''}"
    return f"{seconds} seconds"
