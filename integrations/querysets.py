from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

if TYPE_CHECKING:
    # Named in base classes.
    from integrations.models import Delivery, WebhookEndpoint, Workflow, WorkflowRun  # noqa: F401


class WorkflowQuerySet(models.QuerySet["Workflow"]):
    def usable_by(self, user_id: UUID) -> Self:
        """The user's own, and those that staff offers everybody."""
        return self.filter(Q(owner_id=user_id) | Q(owner=None))

    def active(self) -> Self:
        return self.filter(active=True)


class WorkflowRunQuerySet(models.QuerySet["WorkflowRun"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def unended(self) -> Self:
        return self.filter(status__in=("queued", "sent", "running"))

    def overdue(self, now: datetime) -> Self:
        return self.unended().filter(deadline_at__lte=now)


class WebhookEndpointQuerySet(models.QuerySet["WebhookEndpoint"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def hearing(self, user_id: UUID, kind: str) -> Self:
        """Those that are sent what happens now; one that is paused hears of it when it goes on."""
        return self.of(user_id).filter(kinds__contains=[kind]).exclude(status="disabled")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def to_endpoints(self) -> Self:
        return self.exclude(endpoint=None)

    def ready(self, now: datetime) -> Self:
        """What may be sent now: due and not paused, or left by a sender whose lease is over."""
        due = Q(status="pending", next_attempt_at__lte=now)
        left = Q(status="sending", leased_until__lte=now)
        return self.filter(due | left).exclude(endpoint__status__in=("paused", "disabled"))

    def take_next(self, host: str, *, now: datetime, again_in: timedelta) -> UUID | None:
        """Mark the oldest that waits for room at a host as enqueued. Two at once take two."""
        unasked = Q(enqueued_at=None) | Q(enqueued_at__lte=now - again_in)
        waiting = self.filter(unasked, host=host, status="pending", next_attempt_at__lte=now)
        waiting = waiting.exclude(endpoint__status__in=("paused", "disabled")).order_by("next_attempt_at")
        rows = waiting.select_for_update(skip_locked=True, of=("self",)).values_list("id", flat=True)
        taken = rows.first()
        if taken is not None:
            self.filter(id=taken).update(enqueued_at=now)
        return taken

    def sending_to(self, host: str, now: datetime) -> Self:
        return self.filter(host=host, status="sending", leased_until__gt=now)

    def take_ready(self, *, now: datetime, again_in: timedelta, per_host: int, limit: int) -> list[UUID]:
        """Mark as enqueued, for `again_in`, the oldest of each host that are ready. Returns their ids.

        A host of which thousands wait is handed no more at once than may be sent to it at once.
        """
        unasked = Q(enqueued_at=None) | Q(enqueued_at__lte=now - again_in)
        number = Window(RowNumber(), partition_by=F("host"), order_by=F("next_attempt_at").asc())
        due = self.filter(unasked, status="pending", next_attempt_at__lte=now)
        first = (
            due.exclude(endpoint__status__in=("paused", "disabled"))
            .annotate(number=number)
            .filter(number__lte=per_host)
            .order_by("next_attempt_at")
        )
        left = self.filter(unasked, status="sending", leased_until__lte=now)
        found = [*first.values_list("id", flat=True)[:limit], *left.values_list("id", flat=True)[:limit]]
        taken = list(
            self.filter(id__in=found).select_for_update(skip_locked=True).values_list("id", flat=True)
        )
        self.filter(id__in=taken).update(enqueued_at=now)
        return taken
