"""How a run moves on: each step an activity, and its end once. The user's stream is held by the caller."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.actors import Actor, ActorKind
from activities.services import Entry, record
from integrations.models import WorkflowRun
from integrations.representation import JSON, render_run

Status = WorkflowRun.Status
MESSAGE_LENGTH = 500
EXECUTION_LENGTH = 64


def note_sent(run: WorkflowRun, now: datetime) -> None:
    """It is about to be sent, for the first time or again."""
    if run.status == Status.QUEUED:
        run.sent_at = now
        _move(run, Status.SENT, "system", now)


def accept_run(run: WorkflowRun, output: JSON, now: datetime) -> None:
    """The workflow has answered: what it brought, or that it has begun."""
    if run.ended:
        return
    run.execution_id = _execution_id(output) or run.execution_id
    if run.calls_back:
        _move(run, Status.RUNNING, "workflow", now)
    else:
        finish(run, output, now)


def finish(run: WorkflowRun, output: Any, now: datetime) -> None:
    """The workflow is done."""
    run.output, run.finished_at = output, now
    _move(run, Status.DONE, "workflow", now)


def end_run(
    run: WorkflowRun, status: str, code: str, message: str, now: datetime, *, by: ActorKind = "workflow"
) -> None:
    """End a run otherwise than by being done; nothing if it has ended already."""
    if run.ended:
        return
    run.error_code, run.error_message = code, message[:MESSAGE_LENGTH]
    run.finished_at = now
    _move(run, Status(status), by, now)


def note_late(run: WorkflowRun, output: Any, now: datetime) -> None:
    """What came when nobody waited any more: kept and shown, and nothing more."""
    run.late_output, run.late_at = output, now
    run.save()
    entry = Entry("run.late", "run", run.id, _shown(run) | {"late_at": render_run(run)["late_at"]})
    record(actor=Actor(run.user_id, "workflow", run.turn_id), entry=entry, at=now)


def record_queued(
    actor: Actor, run: WorkflowRun, now: datetime, *, undoes: WorkflowRun | None = None
) -> None:
    after = _shown(run)
    if undoes is not None:
        after["compensates"] = str(undoes.id)
    record(actor=actor, entry=Entry("run.queued", "run", run.id, after), at=now)


def _move(run: WorkflowRun, status: WorkflowRun.Status, by: ActorKind, now: datetime) -> None:
    before = {"status": run.status}
    run.status = status
    run.save()
    actor = Actor(run.user_id, by, run.turn_id)
    record(actor=actor, entry=Entry(f"run.{status.value}", "run", run.id, _shown(run), before), at=now)


def _execution_id(output: JSON) -> str:
    value = output.get("execution_id")
    return str(value)[:EXECUTION_LENGTH] if isinstance(value, str | int) else ""


def _shown(run: WorkflowRun) -> JSON:
    """What is recorded of a run: not what it brought from outside, which may be long, and anything."""
    rendered = render_run(run)
    return {name: rendered[name] for name in ("id", "workflow", "turn_id", "status", "error")}
