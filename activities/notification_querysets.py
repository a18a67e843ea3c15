from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db import models

if TYPE_CHECKING:
    from activities.models import (  # noqa: F401 - named in strings below
        Notification,
        NotificationDelivery,
        PushSubscription,
    )

NOTIFICATION_FIELDS = (
    "id",
    "activity_id",
    "kind",
    "title",
    "body",
    "subject_type",
    "subject_id",
    "data",
    "created_at",
    "read_at",
)
SUBSCRIPTION_FIELDS = ("id", "endpoint", "expires_at", "created_at")


class NotificationQuerySet(models.QuerySet["Notification"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def older_than(self, moment: datetime) -> Self:
        return self.filter(created_at__lt=moment)

    def rows(self) -> models.QuerySet[Notification, dict[str, Any]]:
        """Rows with just what `activities.representation.render_notification` needs."""
        rows: models.QuerySet[Notification, dict[str, Any]] = self.values(*NOTIFICATION_FIELDS)
        return rows


class PushSubscriptionQuerySet(models.QuerySet["PushSubscription"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def live(self, now: datetime) -> Self:
        return self.exclude(expires_at__lte=now)

    def rows(self) -> models.QuerySet[PushSubscription, dict[str, Any]]:
        """Rows with just what `activities.representation.render_subscription` needs."""
        rows: models.QuerySet[PushSubscription, dict[str, Any]] = self.values(*SUBSCRIPTION_FIELDS)
        return rows


class NotificationDeliveryQuerySet(models.QuerySet["NotificationDelivery"]):
    def pending(self) -> Self:
        return self.filter(status="pending")

    def take_due(self, *, now: datetime, again_in: timedelta, limit: int) -> list[UUID]:
        """Claim those that the sweep has to enqueue, moving each `again_in` onward. Returns their ids.

        Several sweeps may run at once: each skips the rows another holds.
        """
        due = self.pending().filter(sweep_at__lte=now).order_by("sweep_at")
        ids = list(due.select_for_update(skip_locked=True).values_list("id", flat=True)[:limit])
        self.filter(id__in=ids).update(sweep_at=now + again_in)
        return ids
