"""Which activities a user is notified of, and how each reads: one row a kind.

What is here is in `ACTIVITY_SUBSCRIBERS` too, with the job `activities.notify`. The activity is all there is
to read from: rooms above this one have put into it whatever is to be said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from activities.models import MAX_BODY, MAX_TITLE, Activity
from activities.notice_texts import MINUTE, Texts, texts_in

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Notice:
    """`title` and `body` for people, `data` for clients."""

    title: str
    body: str = ""
    data: JSON = field(default_factory=dict)


def notice_of(activity: Activity, language: str) -> Notice:
    """What an activity reads like to a user, in one line each, no longer than what is kept.

    `language` is a tag of RFC 5646.
    """
    notice = NOTICES[activity.kind](activity.after, texts_in(language))
    return Notice(_line(notice.title, MAX_TITLE), _line(notice.body, MAX_BODY), notice.data)


def _reminder_due(after: JSON, texts: Texts) -> Notice:
    late = int(after["late"])
    body = texts.late.format(texts.duration(late)) if late >= MINUTE else texts.reminder
    return Notice(after["title"], body, {"task_id": after["task_id"], "late": late})


def _approval_requested(after: JSON, texts: Texts) -> Notice:
    names = ", ".join(f"“{row['name']}”" for row in after["preview"] if row.get("name"))
    body = f"{after['tool']}: {names}" if names else str(after["tool"])
    data = {"turn_id": after["turn_id"], "expires_at": after["expires_at"]}
    return Notice(texts.approval_needed, body, data)


def _turn_failed(after: JSON, texts: Texts) -> Notice:
    error = after["error"]
    return Notice(texts.turn_failed, texts.failures.get(error["code"], error["message"]))


def _run_ended_badly(after: JSON, texts: Texts) -> Notice:
    body = (after["error"] or {}).get("message", "")
    return Notice(texts.workflow_failed.format(after["workflow"]), body, {"turn_id": after["turn_id"]})


NOTICES: Mapping[str, Callable[[JSON, Texts], Notice]] = {
    "reminder.due": _reminder_due,
    "approval.requested": _approval_requested,
    "turn.failed": _turn_failed,
    "run.failed": _run_ended_badly,
    "run.timed_out": _run_ended_badly,
}


def _line(text: str, limit: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
