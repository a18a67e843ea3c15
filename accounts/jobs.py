from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from accounts import services


@shared_task(name="accounts.sweep_logins")
def sweep_logins() -> None:
    services.sweep_logins(kept=timedelta(days=settings.LOGIN_DAYS), now=timezone.now())
