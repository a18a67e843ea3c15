from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from tasks import services


@shared_task(name="tasks.sweep_reminders")
def sweep_reminders() -> None:
    services.sweep_reminders(now=timezone.now())


@shared_task(name="tasks.sweep_trash")
def sweep_trash() -> None:
    now = timezone.now()
    services.sweep_trash(before=now - timedelta(days=settings.TRASH_DAYS), now=now)
