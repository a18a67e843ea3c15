from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from voice2task.staff import sums


@shared_task(name="staff.sum_days")
def sum_days() -> None:
    sums.sum_days(now=timezone.now())
