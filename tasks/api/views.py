"""The doors to tasks, lists and labels: parse, call one service, render."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import GenericViewSet

from accounts.api.authentication import actor_of, user_of
from activities.api.pagination import SequencedPagination
from tasks import services
from tasks.api.filters import TaskFilter
from tasks.api.serializers import (
    LabelInputSerializer,
    LabelSerializer,
    TaskInputSerializer,
    TaskListChangeSerializer,
    TaskListInputSerializer,
    TaskListSerializer,
    TaskMoveSerializer,
    TaskSerializer,
)
from tasks.models import Label, Task, TaskList
from tasks.querysets import TaskQuerySet
from tasks.representation import render_label, render_list, render_task
from voice2task.kernel.errors import NotFound
from voice2task.kernel.idempotency import IdempotentMixin

NO_CONTENT: dict[int, None] = {204: None}


class TaskViewSet(IdempotentMixin, GenericViewSet[Task]):
    """The user's tasks, newest first."""

    queryset = Task.objects.none()
    serializer_class = TaskSerializer
    pagination_class = SequencedPagination
    filterset_class = TaskFilter
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"

    @extend_schema(responses=TaskSerializer(many=True))
    def list(self, request: Request) -> Response:
        found = cast("TaskQuerySet", self.filter_queryset(Task.objects.of(user_of(request).id)))
        page = self.paginate_queryset(found.rows()) or []
        return self.get_paginated_response([render_task(row) for row in page])

    @extend_schema(request=TaskInputSerializer, responses={201: TaskSerializer})
    def create(self, request: Request) -> Response:
        """Make a task, at the end of its list; the Inbox unless one is named."""
        draft = validated(TaskInputSerializer(data=request.data))
        tasks = services.create_tasks(actor=actor_of(request), drafts=[draft], now=timezone.now())
        return Response(render_task(tasks[0]), status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, id: UUID) -> Response:
        row = Task.objects.of(user_of(request).id).rows().filter(pk=id).first()
        if row is None:
            raise NotFound("There is no such task.")
        return Response(render_task(row))

    @extend_schema(request=TaskInputSerializer(partial=True))
    def partial_update(self, request: Request, id: UUID) -> Response:
        """Change fields of a task; the status `done` completes it."""
        changes = validated(TaskInputSerializer(data=request.data, partial=True))
        task = services.update_task(actor=actor_of(request), task_id=id, changes=changes, now=timezone.now())
        return Response(render_task(task))

    @extend_schema(responses=NO_CONTENT)
    def destroy(self, request: Request, id: UUID) -> Response:
        """Put a task, with its subtasks, in the trash."""
        services.trash_tasks(actor=actor_of(request), task_ids=[id], now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def complete(self, request: Request, id: UUID) -> Response:
        """Complete a task. One that repeats stays open and is due at its next occurrence."""
        return self._one(services.complete_tasks, request, id)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, id: UUID) -> Response:
        """Open a done or dismissed task again."""
        return self._one(services.reopen_tasks, request, id)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, id: UUID) -> Response:
        """Take a task out of the trash."""
        return self._one(services.restore_tasks, request, id)

    @extend_schema(request=TaskMoveSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, id: UUID) -> Response:
        """Move a task before or after another one, or to the end of a list."""
        place = validated(TaskMoveSerializer(data=request.data))
        task = services.move_task(actor=actor_of(request), task_id=id, **place, now=timezone.now())
        return Response(render_task(task))

    def _one(self, service: Callable[..., Sequence[Task]], request: Request, task_id: UUID) -> Response:
        (task,) = service(actor=actor_of(request), task_ids=[task_id], now=timezone.now())
        return Response(render_task(task))


class TaskListViewSet(IdempotentMixin, GenericViewSet[TaskList]):
    """The user's lists."""

    queryset = TaskList.objects.none()
    serializer_class = TaskListSerializer
    pagination_class = SequencedPagination
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"

    @extend_schema(responses=TaskListSerializer(many=True))
    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(TaskList.objects.of(user_of(request).id).rows()) or []
        return self.get_paginated_response([render_list(row) for row in page])

    @extend_schema(request=TaskListInputSerializer, responses={201: TaskListSerializer})
    def create(self, request: Request) -> Response:
        """Make a list, behind all others."""
        data = validated(TaskListInputSerializer(data=request.data))
        task_list = services.create_list(actor=actor_of(request), **data, now=timezone.now())
        return Response(render_list(task_list), status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, id: UUID) -> Response:
        row = TaskList.objects.of(user_of(request).id).rows().filter(pk=id).first()
        if row is None:
            raise NotFound("There is no such list.")
        return Response(render_list(row))

    @extend_schema(request=TaskListChangeSerializer(partial=True))
    def partial_update(self, request: Request, id: UUID) -> Response:
        """Rename, colour or move a list."""
        changes = validated(TaskListChangeSerializer(data=request.data, partial=True))
        task_list = services.update_list(
            actor=actor_of(request), list_id=id, changes=changes, now=timezone.now()
        )
        return Response(render_list(task_list))

    @extend_schema(responses=NO_CONTENT)
    def destroy(self, request: Request, id: UUID) -> Response:
        """Delete a list; its tasks move to the Inbox."""
        services.delete_list(actor=actor_of(request), list_id=id, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class LabelViewSet(IdempotentMixin, GenericViewSet[Label]):
    """The user's labels."""

    queryset = Label.objects.none()
    serializer_class = LabelSerializer
    pagination_class = SequencedPagination
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"

    @extend_schema(responses=LabelSerializer(many=True))
    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(Label.objects.of(user_of(request).id).rows()) or []
        return self.get_paginated_response([render_label(row) for row in page])

    @extend_schema(request=LabelInputSerializer, responses={201: LabelSerializer})
    def create(self, request: Request) -> Response:
        data = validated(LabelInputSerializer(data=request.data))
        label = services.create_label(actor=actor_of(request), **data, now=timezone.now())
        return Response(render_label(label), status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, id: UUID) -> Response:
        row = Label.objects.of(user_of(request).id).rows().filter(pk=id).first()
        if row is None:
            raise NotFound("There is no such label.")
        return Response(render_label(row))

    @extend_schema(request=LabelInputSerializer)
    def partial_update(self, request: Request, id: UUID) -> Response:
        """Rename a label, on every task that carries it."""
        data = validated(LabelInputSerializer(data=request.data))
        label = services.update_label(actor=actor_of(request), label_id=id, **data, now=timezone.now())
        return Response(render_label(label))

    @extend_schema(responses=NO_CONTENT)
    def destroy(self, request: Request, id: UUID) -> Response:
        """Take a label off every task and delete it."""
        services.delete_label(actor=actor_of(request), label_id=id, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


def validated(serializer: BaseSerializer[Any]) -> Any:
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data
