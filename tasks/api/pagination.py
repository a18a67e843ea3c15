from __future__ import annotations

from functools import lru_cache
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q, QuerySet
from rest_framework.request import Request

from accounts.api.authentication import user_of
from activities.api.pagination import SequencedPagination
from tasks.models import Task
from tasks.querysets import DUE_MOMENT, TaskQuerySet
from tasks.search import MOST_RANKED
from voice2task.kernel.composed import Composed
from voice2task.kernel.pagination import Ordering, position_in


class TaskPagination(SequencedPagination):
    """Tasks, newest first unless ordered by `position` (each list in its own order) or by `due`.

    By `due` come only those that are due, by day and moment. What a search has put in order is paged by place
    in that order, which ends with `MOST_RANKED`.
    """

    orderings: ClassVar = {
        "position": Ordering(("position", "id")),
        "due": Ordering(
            ("due_on", "due_moment", "id"),
            annotations={"due_moment": DUE_MOMENT},
            condition=Q(due_on__isnull=False),
        ),
    }

    def read_page(self, queryset: TaskQuerySet | None, request: Request, size: int) -> list[Any]:  # type: ignore[override]
        """As `KeysetPagination`; without a queryset of all that is kept, newest first, as most ask for it."""
        if queryset is None:
            return self._newest(request, size)
        if "score" not in queryset.query.annotations:
            return super().read_page(queryset.rows(self.fields), request, size)
        first = int((position_in(request, 1) or [0])[0])
        beyond = min(first + size, MOST_RANKED)
        rows = list(queryset.rows(self.fields)[first : beyond + 1])
        more = len(rows) > beyond - first and beyond < MOST_RANKED
        self.next_position = [beyond] if more else None
        return rows[: beyond - first]

    def _newest(self, request: Request, size: int) -> list[Any]:
        before = position_in(request, 1)
        arguments = {"user_id": user_of(request).id} | ({"before": UUID(str(before[0]))} if before else {})
        rows = _newest_tasks(self.fields, bool(before)).rows(limit=size + 1, **arguments)
        self.next_position = [rows[size - 1]["id"]] if len(rows) > size else None
        return rows[:size]


@lru_cache(maxsize=64)
def _newest_tasks(fields: frozenset[str] | None, further: bool) -> Composed:
    def first(user_id: UUID) -> QuerySet[Any, dict[str, Any]]:
        return Task.objects.of(user_id).kept().rows(fields).order_by("-id")

    def behind(user_id: UUID, before: UUID) -> QuerySet[Any, dict[str, Any]]:
        return first(user_id).filter(id__lt=before)

    return Composed(behind if further else first)
