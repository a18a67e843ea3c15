from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from activities import retention, services


@shared_task(name="activities.sweep_outbox")
def sweep_outbox() -> None:
    services.sweep_outbox(now=timezone.now())


@shared_task(name="activities.sweep_old_activities")
def sweep_old_activities() -> None:
    if settings.ACTIVITY_DAYS is not None:
        retention.sweep_activities(before=timezone.now() - timedelta(days=settings.ACTIVITY_DAYS))


@shared_task(name="activities.sweep_old_outbox")
def sweep_old_outbox() -> None:
    retention.sweep_outbox_leftovers(before=timezone.now() - timedelta(days=settings.OUTBOX_DAYS))
