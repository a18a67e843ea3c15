from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from activities import services


@shared_task(name="activities.sweep_outbox")
def sweep_outbox() -> None:
    services.sweep_outbox(now=timezone.now())
