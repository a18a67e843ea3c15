from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from activities.api.pagination import SequencedPagination
from voice2task.kernel.pagination import Ordering

# All-day tasks come first on their day.
_DAY_BEGINS = Value(datetime(1, 1, 2, tzinfo=UTC))


class TaskPagination(SequencedPagination):
    """Tasks, newest first unless ordered by `position` (each list in its own order) or by `due`.

    By `due` come only those that are due, by day and moment.
    """

    orderings: ClassVar = {
        "position": Ordering(("position", "id")),
        "due": Ordering(
            ("due_on", "due_moment", "id"),
            annotations={"due_moment": Coalesce("due_at", _DAY_BEGINS)},
            condition=Q(due_on__isnull=False),
        ),
    }
