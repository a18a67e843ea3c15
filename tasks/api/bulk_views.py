"""Many changes of tasks in one request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from accounts.api.authentication import actor_of, user_of
from tasks import services
from tasks.api.serializers import (
    OPERATION_SERIALIZERS,
    BulkResultSerializer,
    BulkSerializer,
)
from tasks.models import Task
from tasks.representation import render_task
from tasks.services import Operation, Outcome
from voice2task.kernel.errors import Invalid
from voice2task.kernel.idempotency import IdempotentMixin
from voice2task.kernel.serializers import validated


class TaskBulkView(IdempotentMixin, APIView):
    @extend_schema(request=BulkSerializer, responses=BulkResultSerializer)
    def post(self, request: Request) -> Response:
        """Carry out up to 500 operations in one transaction, each of which may be of another kind.

        With `all_or_none` (the default) one operation that fails undoes all: 400 `bulk_refused`, whose
        `extra.errors` tells of each. Without, those that fail change nothing and the others count.
        """
        data = validated(BulkSerializer(data=request.data))
        outcomes = services.change_many_tasks(
            actor=actor_of(request),
            operations=[_operation(row) for row in data["operations"]],
            all_or_none=data["all_or_none"],
            now=timezone.now(),
        )
        return Response({"results": _results(request, outcomes)})


def _operation(row: Mapping[str, Any]) -> Operation:
    """An operation as the services take it; one that is not valid carries why."""
    serializer_class = OPERATION_SERIALIZERS.get(str(row.get("name")))
    if serializer_class is None:
        names = ", ".join(services.OPERATIONS)
        return Operation("", refusal=Invalid(f"One of {names}.", field="name"))
    serializer: BaseSerializer[Any] = serializer_class(data=row)
    try:
        data = dict(validated(serializer))
    except ValidationError as error:
        return Operation("", refusal=_first(error.detail))
    name, task_id, version = data.pop("name"), data.pop("id", None), data.pop("version", None)
    arguments = data.pop("task", None) or data.pop("changes", None) or data
    return Operation(name, task_id, arguments, version)


def _first(detail: Any, attr: str = "") -> Invalid:
    """The first fault of a serializer, named by its path."""
    if isinstance(detail, Mapping):
        name, inner = next(iter(detail.items()))
        return _first(inner, f"{attr}.{name}" if attr else str(name))
    if isinstance(detail, Sequence) and not isinstance(detail, str):
        return _first(next(row for row in detail if row), attr)
    refusal = Invalid(str(detail), field=attr or None)
    refusal.code = getattr(detail, "code", refusal.code)
    return refusal


def _results(request: Request, outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    changed = {outcome.task_id for outcome in outcomes if outcome.task_id}
    rows = Task.objects.of(user_of(request).id).filter(pk__in=changed).rows()
    tasks = {row["id"]: render_task(row) for row in rows}
    return [
        {
            "task": tasks[outcome.task_id] if outcome.task_id else None,
            "error": services.describe(outcome.error) if outcome.error else None,
        }
        for outcome in outcomes
    ]
