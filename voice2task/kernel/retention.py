"""Deleting what has been kept long enough, a little at a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from voice2task.kernel.models import IdempotencyKey

# What one transaction of a sweep deletes at most.
SWEPT_AT_ONCE = 1_000


def delete_some(rows: QuerySet[Any], limit: int = SWEPT_AT_ONCE) -> int:
    """Delete the first `limit` of these rows, leaving out what others hold. Returns how many went.

    Rows that refer to them must go by the database's or Django's own rules.
    """
    with transaction.atomic():
        ids = list(
            rows.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)[:limit]
        )
        rows.model._default_manager.filter(pk__in=ids).delete()
    return len(ids)


def sweep_idempotency_keys(*, kept: timedelta, now: datetime) -> int:
    """Forget the answers to POSTs that are older than `kept`. Returns how many."""
    return delete_some(IdempotencyKey.objects.filter(created_at__lt=now - kept).order_by("created_at"))
