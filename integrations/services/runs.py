"""Runs of workflows: queued, sent, and ended one way or another; each step an activity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from jsonschema import Draft202012Validator

from accounts.actors import Actor, ActorKind
from activities.models import Outbox
from activities.services import Entry, lock_stream, record
from integrations.models import Workflow, WorkflowRun
from integrations.representation import render_run
from integrations.services.workflows import WorkflowNotFound
from voice2task.kernel.errors import Conflict, Invalid, NotFound

JSON = dict[str, Any]

RUN_JOB = "integrations.send_run"
# From asking until the queue has brought it to a sender; the workflow's own time comes on top.
QUEUE_ALLOWANCE = timedelta(seconds=10)
SWEEP_LIMIT = 200
MESSAGE_LENGTH = 500


class RunNotFound(NotFound):
    code = "run_not_found"
    message = "There is no such run."


class RunEnded(Conflict):
    code = "run_ended"
    message = "This run has ended already."


class RunInputInvalid(Invalid):
    """The message names the field and what its schema wants."""

    code = "arguments_invalid"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: `output` of one that is done, else a code and a text for people."""

    status: str
    output: Any = None
    error_code: str = ""
    error_message: str = ""


def check_input(workflow: Workflow, arguments: JSON) -> None:
    """Whether a workflow takes these arguments.

    Raises:
        RunInputInvalid
    """
    errors = sorted(
        Draft202012Validator(workflow.input_schema).iter_errors(arguments), key=lambda error: list(error.path)
    )
    if errors:
        named = [f"{'.'.join(map(str, error.path)) or 'arguments'}: {error.message}" for error in errors[:5]]
        raise RunInputInvalid("; ".join(named)[:MESSAGE_LENGTH])


@transaction.atomic
def start_run(*, actor: Actor, workflow_id: UUID, arguments: JSON, now: datetime) -> WorkflowRun:
    """Set a workflow in motion; it is sent once this is committed.

    Raises:
        WorkflowNotFound: it is not active, or not the user's to use.
        RunInputInvalid
    """
    lock_stream(actor.user_id)
    workflow = Workflow.objects.usable_by(actor.user_id).active().filter(id=workflow_id).first()
    if workflow is None:
        raise WorkflowNotFound
    check_input(workflow, arguments)
    run: WorkflowRun = WorkflowRun.objects.create(
        user_id=actor.user_id,
        workflow=workflow,
        name=workflow.name,
        turn_id=actor.turn_id,
        input=arguments,
        created_at=now,
        deadline_at=now + QUEUE_ALLOWANCE + timedelta(seconds=workflow.timeout_seconds),
    )
    record(actor=actor, entry=Entry("run.queued", "run", run.id, _shown(run)), at=now)
    return run


@transaction.atomic
def send_run(*, run_id: UUID, now: datetime) -> WorkflowRun | None:
    """Note that a run is being sent, before it is. None if there is nothing to send any more.

    A run that was noted already is sent again under the same id, as long as its time is not over: its sender
    may have died before it was heard. Receivers tell repetitions by the `Idempotency-Key`.
    """
    user_id = WorkflowRun.objects.filter(id=run_id).values_list("user_id", flat=True).first()
    if user_id is None:
        Outbox.objects.settle(RUN_JOB, run_id)
        return None
    lock_stream(user_id)
    run: WorkflowRun = (
        WorkflowRun.objects.select_for_update(of=("self",)).select_related("workflow", "user").get(id=run_id)
    )
    if run.ended or run.workflow is None or run.deadline_at <= now:
        Outbox.objects.settle(RUN_JOB, run_id)
        return None
    if run.status == WorkflowRun.Status.QUEUED:
        run.sent_at = now
        _move(run, WorkflowRun.Status.SENT, "system", now)
    return run


@transaction.atomic
def finish_run(*, run_id: UUID, outcome: Outcome, now: datetime) -> WorkflowRun | None:
    """Note how a run ended, once: the first to say so is right. None if it had ended already."""
    user_id = WorkflowRun.objects.filter(id=run_id).values_list("user_id", flat=True).first()
    if user_id is None:
        return None
    lock_stream(user_id)
    run: WorkflowRun = WorkflowRun.objects.select_for_update().get(id=run_id)
    Outbox.objects.settle(RUN_JOB, run_id)
    if run.ended:
        return None
    run.output = outcome.output
    run.error_code = outcome.error_code
    run.error_message = outcome.error_message[:MESSAGE_LENGTH]
    run.finished_at = now
    _move(run, WorkflowRun.Status(outcome.status), "workflow", now)
    return run


@transaction.atomic
def cancel_run(*, actor: Actor, run_id: UUID, now: datetime) -> WorkflowRun:
    """Wait for a run no longer. What it has begun outside, it may go on with.

    Raises:
        RunNotFound, RunEnded
    """
    lock_stream(actor.user_id)
    run = WorkflowRun.objects.of(actor.user_id).select_for_update().filter(id=run_id).first()
    if run is None:
        raise RunNotFound
    if run.ended:
        raise RunEnded
    Outbox.objects.settle(RUN_JOB, run_id)
    run.error_code, run.error_message = "cancelled", "The run was cancelled."
    run.finished_at = now
    _move(run, WorkflowRun.Status.CANCELLED, actor.kind, now)
    return run


def sweep_runs(*, now: datetime) -> int:
    """End every run whose time is over. Returns how many there were."""
    overdue = list(
        WorkflowRun.objects.overdue(now).order_by("deadline_at").values_list("id", flat=True)[:SWEEP_LIMIT]
    )
    late = Outcome("timed_out", None, "workflow_timeout", "The workflow did not answer in time.")
    for run_id in overdue:
        finish_run(run_id=run_id, outcome=late, now=now)
    return len(overdue)


def _move(run: WorkflowRun, status: WorkflowRun.Status, by: ActorKind, now: datetime) -> None:
    before = {"status": run.status}
    run.status = status
    run.save()
    actor = Actor(run.user_id, by, run.turn_id)
    record(actor=actor, entry=Entry(f"run.{status.value}", "run", run.id, _shown(run), before), at=now)


def _shown(run: WorkflowRun) -> JSON:
    """What is recorded of a run: not what it brought from outside, which may be long, and anything."""
    rendered = render_run(run)
    return {name: rendered[name] for name in ("id", "workflow", "turn_id", "status", "error")}
