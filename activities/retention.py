"""The two ways in which activities go: with their user, and by age."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import structlog
from django.db import connection, transaction

from activities.models import Activity, Outbox, UserStream
from activities.services import lock_stream
from voice2task.kernel.retention import SWEPT_AT_ONCE

logger = structlog.get_logger(__name__)

# How many users one sweep looks at.
USERS_AT_ONCE = 50


def erase_activities(*, user_id: UUID, now: datetime) -> None:
    """Delete all activities of a user and what they owe; part of erasing the user. The stream is held."""
    _announce_erasure()
    # Not row by row: the constraints that hold them together are checked at the end of the transaction.
    Outbox.objects.filter(activity__user_id=user_id).delete()
    own = Activity.objects.of(user_id)
    own._raw_delete(own.db)


def sweep_activities(*, before: datetime) -> int:
    """Delete activities from before a moment, each user's from the first on. Returns how many.

    What is left has no gaps: a client that missed what is gone is told to read anew.
    """
    return sum(
        _sweep(user_id, before) for user_id in UserStream.objects.with_first_before(before)[:USERS_AT_ONCE]
    )


def sweep_outbox_leftovers(*, before: datetime) -> int:
    """Give up jobs that have been owed since before a moment, and say so. Returns how many."""
    with transaction.atomic():
        left = Outbox.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            activity__at__lt=before
        )
        rows = dict(left.order_by("id").values_list("id", "job")[:SWEPT_AT_ONCE])
        Outbox.objects.filter(id__in=rows).delete()
    if rows:
        logger.error("jobs_given_up", jobs=sorted(set(rows.values())), count=len(rows))
    return len(rows)


@transaction.atomic
def _sweep(user_id: UUID, before: datetime) -> int:
    lock_stream(user_id)
    ids = Activity.objects.of(user_id).oldest_before(before, limit=SWEPT_AT_ONCE)
    _announce_erasure()
    old = Activity.objects.filter(id__in=ids)
    old._raw_delete(old.db)
    return len(ids)


def _announce_erasure() -> None:
    """What the trigger on activities asks for, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('voice2task.erasing', 'on', true)")
