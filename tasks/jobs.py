from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from tasks import services


@shared_task(name="tasks.sweep_reminders")
def sweep_reminders() -> None:
    services.sweep_reminders(now=timezone.now())
