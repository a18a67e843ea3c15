from __future__ import annotations

from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.db import connection
from django.utils import timezone

from integrations import services
from integrations.deliveries.sending import send
from integrations.models import WorkflowRun
from integrations.n8n.api import NOT_KNOWN, end_of_execution


@shared_task(name=services.DELIVER_JOB)
def deliver(delivery_id: str) -> None:
    services.settle_queued(delivery_id=UUID(delivery_id))
    delivery = services.claim_delivery(delivery_id=UUID(delivery_id), now=timezone.now())
    if delivery is not None:
        _give_connection_back()
        attempt = send(delivery, now=timezone.now())
        services.finish_attempt(delivery=delivery, attempt=attempt, now=timezone.now())


@shared_task(name=services.FAN_OUT_JOB)
def fan_out(activity_id: str) -> None:
    services.fan_out(activity_id=UUID(activity_id), now=timezone.now())


@shared_task(name="integrations.sweep_deliveries")
def sweep_deliveries() -> None:
    services.sweep_deliveries(now=timezone.now())


@shared_task(name="integrations.sweep_runs")
def sweep_runs() -> None:
    services.sweep_runs(now=timezone.now())


@shared_task(name=services.LOOK_UP_JOB)
def look_up_run(run_id: str) -> None:
    """Ask n8n what became of a run whose time is over, and end it."""
    run = WorkflowRun.objects.select_related("workflow").filter(id=run_id).first()
    if run is None or run.ended:
        return
    _give_connection_back()
    known = run.workflow is not None and run.workflow.url.startswith(f"{settings.N8N_URL}/")
    status, code, message = end_of_execution(run.execution_id) if known else NOT_KNOWN
    services.time_out_run(run_id=run.id, now=timezone.now(), status=status, code=code, message=message)


def _give_connection_back() -> None:
    """There are more senders than connections: none is held while a target thinks."""
    if not connection.in_atomic_block:
        connection.close()
