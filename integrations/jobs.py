from __future__ import annotations

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from integrations import services
from integrations.workflows.client import send


@shared_task(name=services.RUN_JOB)
def send_run(run_id: str) -> None:
    run = services.send_run(run_id=UUID(run_id), now=timezone.now())
    if run is not None:
        services.finish_run(run_id=run.id, outcome=send(run), now=timezone.now())


@shared_task(name="integrations.sweep_runs")
def sweep_runs() -> None:
    services.sweep_runs(now=timezone.now())
