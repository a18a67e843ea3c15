from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.api.authentication import user_of
from activities.models import UserStream
from voice2task.kernel.pagination import KeysetPagination, Ordering


class SequencedPagination(KeysetPagination):
    """Keyset pages that also say the `seq` they were read at.

    A client that holds such a page and applies every event after `seq` is up to date: seq is read before
    the rows, so an event may be in both, never in neither.
    """

    seq = 0

    def paginate_queryset(  # type: ignore[override]  # rows of the database only
        self, queryset: QuerySet[Any], request: Request, view: APIView | None = None
    ) -> list[Any]:
        self.seq = UserStream.objects.seq_of(user_of(request).id)
        return super().paginate_queryset(queryset, request, view)

    def extra_members(self) -> dict[str, Any]:
        return {"seq": self.seq}

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        page = super().get_paginated_response_schema(schema)
        page["required"].append("seq")
        page["properties"]["seq"] = {"type": "integer", "format": "int64"}
        return page


class FeedPagination(SequencedPagination):
    """The feed itself, in the order in which things happened."""

    ordering: ClassVar = Ordering(("seq",))


class HistoryPagination(SequencedPagination):
    """What happened to one thing, the latest first."""

    ordering: ClassVar = Ordering(("seq",), descending=True)
