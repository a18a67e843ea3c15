from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from integrations.models import Workflow, WorkflowRun  # noqa: F401 - named in base classes


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
