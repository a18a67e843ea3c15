"""Runs of workflows: set in motion, waited for, cancelled, looked up when they are overdue, taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from accounts.actors import Actor
from activities import relay
from activities.models import Outbox
from activities.services import lock_stream
from integrations.models import Delivery, Workflow, WorkflowRun
from integrations.schemas import faults_of
from integrations.services.deliveries import DELIVER_JOB, cancel_delivery, host_of
from integrations.services.outcomes import end_run, record_queued
from integrations.services.workflows import WorkflowNotFound
from voice2task.kernel.errors import Conflict, Invalid, NotFound
from voice2task.kernel.identifiers import uuid7

JSON = dict[str, Any]

LOOK_UP_JOB = "integrations.look_up_run"
# From asking until the queue has brought it to a sender; the workflow's own time comes on top.
QUEUE_ALLOWANCE = timedelta(seconds=10)
LOOK_UP_AGAIN_AFTER = timedelta(seconds=30)
SWEEP_LIMIT = 200
MESSAGE_LENGTH = 500
LATE = ("timed_out", "workflow_timeout", "The workflow did not answer in time.")


class RunNotFound(NotFound):
    code = "run_not_found"
    message = "There is no such run."


class RunEnded(Conflict):
    code = "run_ended"
    message = "This run has ended already."


class RunInputInvalid(Invalid):
    """The message names the field and what its schema wants."""

    code = "arguments_invalid"


def check_input(workflow: Workflow, arguments: JSON) -> None:
    """Whether a workflow takes these arguments.

    Raises:
        RunInputInvalid
    """
    if faults := faults_of(arguments, workflow.input_schema):
        raise RunInputInvalid("; ".join(faults[:5])[:MESSAGE_LENGTH])


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
    return _start(actor, workflow, arguments, now)


def compensate_run(actor: Actor, run: WorkflowRun, now: datetime) -> WorkflowRun | None:
    """Take back what a run did, by the workflow that its own names for that; the stream is held.

    It is sent `{"run_id", "input", "output"}` of the run; one that was still waited for is cancelled first.
    None if nothing can take it back, or it is taken back already.
    """
    if not run.ended:
        cancel_run(actor=actor, run_id=run.id, now=now)
    workflow = run.workflow.compensation if run.workflow else None
    if workflow is None or not workflow.active or WorkflowRun.objects.filter(compensates=run).exists():
        return None
    undone = {"run_id": str(run.id), "input": run.input, "output": run.output}
    return _start(actor, workflow, undone, now, undoes=run)


def _start(
    actor: Actor, workflow: Workflow, arguments: JSON, now: datetime, *, undoes: WorkflowRun | None = None
) -> WorkflowRun:
    run = WorkflowRun.objects.create(
        id=uuid7(),
        user_id=actor.user_id,
        workflow=workflow,
        name=workflow.name,
        turn_id=actor.turn_id,
        input=arguments,
        calls_back=workflow.calls_back,
        compensates=undoes,
        created_at=now,
        deadline_at=now + QUEUE_ALLOWANCE + timedelta(seconds=workflow.timeout_seconds),
    )
    Delivery.objects.create(
        id=run.id,
        user_id=run.user_id,
        run=run,
        kind="run.queued",
        host=host_of(workflow.url),
        next_attempt_at=now,
        created_at=now,
    )
    record_queued(actor, run, now, undoes=undoes)
    return run


def compensable(turn_id: UUID, user_id: UUID) -> list[WorkflowRun]:
    """The runs of a turn that reached their workflows and may have done something, newest first."""
    reached = WorkflowRun.objects.of(user_id).filter(turn_id=turn_id).exclude(sent_at=None)
    done = reached.exclude(status__in=(WorkflowRun.Status.FAILED, WorkflowRun.Status.CANCELLED))
    return list(done.filter(compensation=None).select_related("workflow__compensation").order_by("-id"))


def settle_queued(*, delivery_id: UUID) -> None:
    """The job that follows `run.queued` has come; from here on its delivery's own sweep sees to it."""
    Outbox.objects.settle(DELIVER_JOB, delivery_id)


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
    cancel_delivery(run.id, now)
    end_run(run, "cancelled", "cancelled", "The run was cancelled.", now, by=actor.kind)
    return run


@transaction.atomic
def time_out_run(
    *, run_id: UUID, now: datetime, status: str = "", code: str = "", message: str = ""
) -> WorkflowRun | None:
    """End a run whose time is over, with what is known of it. None if it has ended already."""
    user_id = WorkflowRun.objects.filter(id=run_id).values_list("user_id", flat=True).first()
    if user_id is None:
        return None
    lock_stream(user_id)
    run: WorkflowRun = WorkflowRun.objects.select_for_update().get(id=run_id)
    if run.ended or run.deadline_at > now:
        return None
    cancel_delivery(run.id, now)
    end_run(run, *((status, code, message) if status else LATE), now, by="system")
    return run


def sweep_runs(*, now: datetime) -> int:
    """End every run whose time is over; of those that n8n knows it is asked first. Returns of how many."""
    overdue = WorkflowRun.objects.overdue(now).order_by("deadline_at")
    asked = overdue.exclude(execution_id="").filter(calls_back=True)
    if not settings.N8N_API_KEY:
        asked = asked.none()
    unasked = overdue.exclude(id__in=asked.values("id"))
    ended = list(unasked.values_list("id", flat=True)[:SWEEP_LIMIT])
    for run_id in ended:
        time_out_run(run_id=run_id, now=now)
    due = asked.filter(Q(looked_up_at=None) | Q(looked_up_at__lte=now - LOOK_UP_AGAIN_AFTER))
    with transaction.atomic():
        found = list(due.select_for_update(skip_locked=True).values_list("id", flat=True)[:SWEEP_LIMIT])
        WorkflowRun.objects.filter(id__in=found).update(looked_up_at=now)
    relay.enqueue([(LOOK_UP_JOB, run_id) for run_id in found])
    return len(ended) + len(found)
