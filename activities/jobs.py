from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from activities import retention, services
from activities.channels import CHANNELS


@shared_task(name="activities.sweep_outbox")
def sweep_outbox() -> None:
    services.sweep_outbox(now=timezone.now())


@shared_task(name=services.NOTIFY_JOB)
def notify(_activity_id: str) -> None:
    services.notify(now=timezone.now())


@shared_task(name=services.DELIVER_JOB)
def deliver_notification(delivery_id: str) -> None:
    delivery = services.claim_delivery(delivery_id=UUID(delivery_id), now=timezone.now())
    if delivery is not None:
        outcome = CHANNELS[delivery.channel](delivery)
        services.finish_delivery(delivery=delivery, outcome=outcome, now=timezone.now())


@shared_task(name="activities.sweep_deliveries")
def sweep_deliveries() -> None:
    services.sweep_deliveries(now=timezone.now())


@shared_task(name="activities.expire_notifications")
def expire_notifications() -> None:
    services.expire_notifications(now=timezone.now())


@shared_task(name="activities.sweep_old_activities")
def sweep_old_activities() -> None:
    if settings.ACTIVITY_DAYS is not None:
        retention.sweep_activities(before=timezone.now() - timedelta(days=settings.ACTIVITY_DAYS))


@shared_task(name="activities.sweep_old_outbox")
def sweep_old_outbox() -> None:
    retention.sweep_outbox_leftovers(before=timezone.now() - timedelta(days=settings.OUTBOX_DAYS))
