from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from voice2task.kernel import retention


@shared_task(name="kernel.sweep_idempotency_keys")
def sweep_idempotency_keys() -> None:
    kept = timedelta(days=settings.IDEMPOTENCY_DAYS)
    retention.sweep_idempotency_keys(kept=kept, now=timezone.now())
