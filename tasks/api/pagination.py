from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce
from rest_framework.request import Request

from activities.api.pagination import SequencedPagination
from tasks.search import MOST_RANKED
from voice2task.kernel.pagination import Ordering, position_in

# All-day tasks come first on their day.
_DAY_BEGINS = Value(datetime(1, 1, 2, tzinfo=UTC))


class TaskPagination(SequencedPagination):
    """Tasks, newest first unless ordered by `position` (each list in its own order) or by `due`.

    By `due` come only those that are due, by day and moment. What a search has put in order is paged by place
    in that order, which ends with `MOST_RANKED`.
    """

    orderings: ClassVar = {
        "position": Ordering(("position", "id")),
        "due": Ordering(
            ("due_on", "due_moment", "id"),
            annotations={"due_moment": Coalesce("due_at", _DAY_BEGINS)},
            condition=Q(due_on__isnull=False),
        ),
    }

    def read_page(self, queryset: QuerySet[Any], request: Request, size: int) -> list[Any]:
        if "score" not in queryset.query.annotations:
            return super().read_page(queryset, request, size)
        first = int((position_in(request, 1) or [0])[0])
        beyond = min(first + size, MOST_RANKED)
        rows = list(queryset[first : beyond + 1])
        more = len(rows) > beyond - first and beyond < MOST_RANKED
        self.next_position = [beyond] if more else None
        return rows[: beyond - first]
