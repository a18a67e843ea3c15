"""What followed from a turn: workflows set in motion, webhooks and notifications sent, lines logged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from activities.models import Activity, Notification
from conversations.models import Turn
from conversations.story.moments import Moment, Part
from conversations.story.work import tone_of
from integrations.models import Delivery, WorkflowRun

LEVELS = {"warning": "waiting", "error": "bad", "critical": "bad"}
# What every line has, or its place on the page says.
PLAIN = {
    *("timestamp", "event", "level", "logger", "ip", "epoch"),
    *("turn_id", "capture_id", "user_id", "request_id", "task_id", "parent_task_id"),
}


def runs(turn: Turn) -> Iterator[Moment]:
    for row in WorkflowRun.objects.filter(turn_id=turn.id):
        late = [Part.of_json("came too late", row.late_output)] if row.late_output is not None else []
        yield Moment(
            row.created_at,
            "run",
            f"Workflow {row.name}, {row.status}",
            tone_of(row.status),
            until=row.finished_at,
            facts=[
                ("run", row.id),
                ("execution", row.execution_id),
                ("sent at", row.sent_at),
                ("takes back", row.compensates_id),
                ("error", row.error_code),
            ],
            content=[
                *([Part("error", row.error_message)] if row.error_message else []),
                Part.of_json("input", row.input),
                Part.of_json("output", row.output),
                *late,
            ],
        )


def deliveries(turn: Turn, activities: Sequence[Activity]) -> Iterator[Moment]:
    """Those of its runs, and those of webhooks that hear of what it changed; a moment for each try."""
    of_runs = Delivery.objects.filter(run__turn_id=turn.id)
    of_webhooks = Delivery.objects.filter(
        endpoint__user_id=turn.user_id, activity_id__in=[one.id for one in activities]
    )
    for found in (of_runs, of_webhooks):
        for row in found.prefetch_related("attempts"):
            yield from _tries(row)


def _tries(row: Delivery) -> Iterator[Moment]:
    facts = [("delivery", row.id), ("kind", row.kind), ("host", row.host)]
    attempts = list(row.attempts.all())
    if not attempts:
        yield Moment(
            row.created_at,
            "delivery",
            f"Delivery to {row.host}, {row.status}",
            tone_of(row.status),
            facts=facts,
            content=[Part("body", row.body)],
        )
    for attempt in attempts:
        yield Moment(
            attempt.started_at,
            "delivery",
            f"Delivery to {row.host}, try {attempt.number}: {attempt.outcome}",
            "good" if attempt.outcome == "delivered" else "bad",
            until=attempt.started_at + timedelta(milliseconds=attempt.duration_ms),
            facts=[*facts, ("answer", attempt.status_code), ("error", attempt.error_code)],
            content=[
                Part("sent", attempt.request_body),
                Part.of_json("headers", attempt.request_headers),
                Part("answered", attempt.response_body),
            ],
        )


def notifications(activities: Sequence[Activity]) -> Iterator[Moment]:
    for row in Notification.objects.filter(activity_id__in=[one.id for one in activities]):
        yield Moment(
            row.created_at,
            "notice",
            f"Notification, {row.kind}",
            facts=[("read at", row.read_at)],
            content=[Part("title", row.title), Part("body", row.body)],
        )


def records(activities: Sequence[Activity]) -> Iterator[Moment]:
    """Activities that no tool accounts for."""
    for row in activities:
        yield Moment(
            row.at,
            "activity",
            row.kind,
            facts=[("seq", row.seq), ("by", row.actor), ("subject", row.subject_type)],
            content=[Part.of_json("before and after", {"before": row.before, "after": row.after})],
        )


def log_lines(lines: Sequence[dict[str, Any]], fallback: datetime) -> Iterator[Moment]:
    """Lines of the log. Names and numbers are facts; sentences, as of a vendor's error, may quote a user."""
    for line in lines:
        level = str(line.get("level", "info"))
        fields = {name: value for name, value in line.items() if name not in PLAIN}
        plain = {name: value for name, value in fields.items() if len(str(value).split()) <= 1}
        yield Moment(
            _moment(line.get("timestamp"), fallback),
            "log",
            str(line.get("event", "")),
            LEVELS.get(level, ""),
            facts=[("level", level), *plain.items()],
            content=[Part(name, str(value)) for name, value in fields.items() if name not in plain],
        )


def _moment(text: object, fallback: datetime) -> datetime:
    """When a line was written; one that was cut does not say."""
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return fallback
