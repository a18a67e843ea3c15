from __future__ import annotations

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from voice2task.transfer import services


@shared_task(name=services.RUN_IMPORT)
def run_import(import_id: str) -> None:
    services.run_import(import_id=UUID(import_id), now=timezone.now())
