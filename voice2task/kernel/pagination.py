"""Keyset pages: never counted, as quick at the end of a list as at its beginning."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar

import orjson
from django.core.exceptions import ValidationError
from django.db.models import Expression, Q, QuerySet
from rest_framework.exceptions import NotFound
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from voice2task.kernel.errors import Invalid

DEFAULT_PAGE_SIZE = 50
MAX_PAGE_SIZE = 200


class OrderingUnknown(Invalid):
    code = "ordering_unknown"


class FieldsUnknown(Invalid):
    code = "fields_unknown"


@dataclass(frozen=True, slots=True)
class Ordering:
    """Fields that together order rows one way and name each once; none of them may be null.

    `annotations` are fields that are computed; rows outside `condition` are left out.
    """

    fields: tuple[str, ...]
    descending: bool = False
    annotations: Mapping[str, Expression] = field(default_factory=dict)
    condition: Q = field(default_factory=Q)

    def apply(self, rows: QuerySet[Any], after: Sequence[Any]) -> QuerySet[Any]:
        """The rows in this order, behind the one whose fields have the values `after`, if there are any."""
        rows = rows.annotate(**self.annotations) if self.annotations else rows
        if self.condition:
            rows = rows.filter(self.condition)
        if after:
            rows = rows.filter(self._beyond(after))
        sign = "-" if self.descending else ""
        return rows.order_by(*(f"{sign}{name}" for name in self.fields))

    def values_of(self, row: Any) -> list[Any]:
        return [row[name] if isinstance(row, Mapping) else getattr(row, name) for name in self.fields]

    def _beyond(self, after: Sequence[Any]) -> Q:
        """(a, b, c) > (x, y, z), with a bound on `a` alone that an index can begin at."""
        compare = "lt" if self.descending else "gt"
        beyond = Q()
        for name, value in reversed(list(zip(self.fields, after, strict=True))):
            further = Q(**{f"{name}__{compare}": value})
            beyond = further | (Q(**{name: value}) & beyond) if beyond else further
        if len(self.fields) > 1:
            beyond &= Q(**{f"{self.fields[0]}__{compare}e": after[0]})
        return beyond


NEWEST_FIRST = Ordering(("id",), descending=True)


class KeysetPagination(BasePagination):
    """Pages of `{"results": […], "next": url or null}`, newest first unless a view orders otherwise.

    Query parameters: `page_size` (1 to 200), `cursor` (one that is not ours is 404), `fields` (names with
    commas between them: only these of each row) and, where there is a choice, `ordering`.
    """

    ordering: ClassVar[Ordering] = NEWEST_FIRST
    # What may be asked for by `ordering`, by name.
    orderings: ClassVar[Mapping[str, Ordering]] = {}

    def paginate_queryset(  # type: ignore[override]  # rows of the database only
        self, queryset: QuerySet[Any], request: Request, view: APIView | None = None
    ) -> list[Any]:
        self.request = request
        self.fields = _wanted_fields(request, view)
        try:
            return self.read_page(queryset, request, _page_size(request))
        except (ValidationError, ValueError, TypeError, OverflowError) as error:
            raise NotFound("Invalid cursor.") from error

    def read_page(self, queryset: QuerySet[Any], request: Request, size: int) -> list[Any]:
        """The rows of this page; `next_position` is then where the next one begins, if there is one."""
        ordering = self._ordering(request)
        rows = list(ordering.apply(queryset, position_in(request, len(ordering.fields)))[: size + 1])
        self.next_position = ordering.values_of(rows[size - 1]) if len(rows) > size else None
        return rows[:size]

    def get_next_link(self) -> str | None:
        if self.next_position is None:
            return None
        cursor = urlsafe_b64encode(orjson.dumps(self.next_position)).decode("ascii")
        return replace_query_param(self.request.build_absolute_uri(), "cursor", cursor)

    def get_paginated_response(self, data: Any) -> Response:
        if self.fields is not None:
            data = [{name: row[name] for name in row if name in self.fields} for row in data]
        return Response({"results": data, "next": self.get_next_link(), **self.extra_members()})

    def extra_members(self) -> dict[str, Any]:
        """What a page says besides its rows."""
        return {}

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["results", "next"],
            "properties": {
                "results": schema,
                "next": {"type": "string", "format": "uri", "nullable": True},
            },
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        sizes = {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": DEFAULT_PAGE_SIZE}
        parameters = [
            _parameter("cursor", {"type": "string"}, "Where the page begins; `next` holds it."),
            _parameter("page_size", sizes, "How many rows a page has."),
            _parameter("fields", {"type": "string"}, "Names of fields, with commas: only these of each row."),
        ]
        if self.orderings:
            names = {"type": "string", "enum": sorted(self.orderings)}
            parameters.append(_parameter("ordering", names, "Newest first unless given."))
        return parameters

    def _ordering(self, request: Request) -> Ordering:
        name = request.query_params.get("ordering")
        if name is None or not self.orderings:
            return self.ordering
        if name not in self.orderings:
            raise OrderingUnknown(f"One of {', '.join(sorted(self.orderings))}.", field="ordering")
        return self.orderings[name]


def _page_size(request: Request) -> int:
    try:
        size = int(request.query_params.get("page_size", DEFAULT_PAGE_SIZE))
    except ValueError:
        return DEFAULT_PAGE_SIZE
    return min(size, MAX_PAGE_SIZE) if size > 0 else DEFAULT_PAGE_SIZE


def position_in(request: Request, count: int) -> list[Any]:
    """The `count` values that the cursor of a request holds, or none without one.

    Raises:
        ValueError: it is not a cursor of these.
    """
    cursor = request.query_params.get("cursor")
    if cursor is None:
        return []
    values = orjson.loads(urlsafe_b64decode(cursor.encode("ascii")))
    if not isinstance(values, list) or len(values) != count:
        raise ValueError("not a position of this order")
    if not all(isinstance(value, str | int) for value in values):
        raise ValueError("not values of fields")
    return values


def _wanted_fields(request: Request, view: APIView | None) -> frozenset[str] | None:
    text = request.query_params.get("fields")
    serializer = getattr(view, "serializer_class", None)
    if text is None or serializer is None:
        return None
    wanted = frozenset(name.strip() for name in text.split(",") if name.strip())
    if unknown := wanted - _fields_of(serializer):
        raise FieldsUnknown(f"There is no field {', '.join(sorted(unknown))}.", field="fields")
    return wanted


@cache
def _fields_of(serializer: type[Serializer[Any]]) -> frozenset[str]:
    return frozenset(serializer().fields)


def _parameter(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": description}
