"""The doors to tasks: parse, call one service, render."""

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
from rest_framework.viewsets import GenericViewSet

from accounts.api.authentication import actor_of, user_of
from tasks import services
from tasks.api.filters import TaskFilter
from tasks.api.list_views import NO_CONTENT
from tasks.api.pagination import TaskPagination
from tasks.api.serializers import (
    CompletionSerializer,
    PurgedSerializer,
    TaskInputSerializer,
    TaskMoveSerializer,
    TaskSerializer,
)
from tasks.api.versions import IF_MATCH, shown, versions_of
from tasks.models import Task
from tasks.querysets import TaskQuerySet
from tasks.representation import shown_task
from voice2task.kernel.errors import NotFound
from voice2task.kernel.idempotency import IdempotentMixin
from voice2task.kernel.serializers import validated

# What a request may say that neither filters nor orders.
PLAIN_PAGE = frozenset({"page_size", "cursor", "fields"})


class TaskViewSet(IdempotentMixin, GenericViewSet[Task]):
    """The user's tasks, newest first; those that are searched for by words, best first."""

    queryset = Task.objects.none()
    serializer_class = TaskSerializer
    pagination_class = TaskPagination
    filterset_class = TaskFilter
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"

    @extend_schema(responses=TaskSerializer(many=True))
    def list(self, request: Request) -> Response:
        page: Any = self.paginate_queryset(self._found(request))  # type: ignore[arg-type]  # see there
        return self.get_paginated_response([shown_task(row) for row in page])

    @extend_schema(request=TaskInputSerializer, responses={201: TaskSerializer})
    def create(self, request: Request) -> Response:
        """Make a task, at the end of its list; the Inbox unless one is named."""
        draft = validated(TaskInputSerializer(data=request.data))
        tasks = services.create_tasks(actor=actor_of(request), drafts=[draft], now=timezone.now())
        return shown(tasks[0], status.HTTP_201_CREATED)

    def retrieve(self, request: Request, id: UUID) -> Response:
        row = Task.objects.of(user_of(request).id).rows().filter(pk=id).first()
        if row is None:
            raise NotFound("There is no such task.")
        return shown(row)

    @extend_schema(request=TaskInputSerializer(partial=True), parameters=[IF_MATCH])
    def partial_update(self, request: Request, id: UUID) -> Response:
        """Change fields of a task; the status `done` completes it."""
        changes = validated(TaskInputSerializer(data=request.data, partial=True))
        task = services.update_task(
            actor=actor_of(request),
            task_id=id,
            changes=changes,
            versions=versions_of(request, id),
            now=timezone.now(),
        )
        return shown(task)

    @extend_schema(responses=NO_CONTENT, parameters=[IF_MATCH])
    def destroy(self, request: Request, id: UUID) -> Response:
        """Put a task, with its subtasks, in the trash."""
        self._call(services.trash_tasks, request, id)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=CompletionSerializer, parameters=[IF_MATCH])
    @action(detail=True, methods=["post"])
    def complete(self, request: Request, id: UUID) -> Response:
        """Complete a task. One that repeats stays open and is due at its next occurrence.

        Open subtasks are completed too, kept, or refused with `open_subtasks`: as `subtasks` says, else as
        the user prefers.
        """
        data = validated(CompletionSerializer(data=request.data))
        return shown(self._call(services.complete_tasks, request, id, **data))

    @extend_schema(request=None, parameters=[IF_MATCH])
    @action(detail=True, methods=["post"])
    def skip(self, request: Request, id: UUID) -> Response:
        """Leave out this occurrence of a task that repeats; after the last one the task is dismissed."""
        return shown(self._call(services.skip_occurrences, request, id))

    @extend_schema(request=None, parameters=[IF_MATCH])
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, id: UUID) -> Response:
        """Open a done or dismissed task again."""
        return shown(self._call(services.reopen_tasks, request, id))

    @extend_schema(request=None, parameters=[IF_MATCH])
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, id: UUID) -> Response:
        """Take a task out of the trash."""
        return shown(self._call(services.restore_tasks, request, id))

    @extend_schema(request=None, responses=NO_CONTENT, parameters=[IF_MATCH])
    @action(detail=True, methods=["post"])
    def purge(self, request: Request, id: UUID) -> Response:
        """Delete a task in the trash for good, with its trashed subtasks. No undo brings it back."""
        services.purge_tasks(
            actor=actor_of(request), task_ids=[id], versions=versions_of(request, id), now=timezone.now()
        )
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=PurgedSerializer)
    @action(detail=False, methods=["post"], url_path="empty-trash")
    def empty_trash(self, request: Request) -> Response:
        """Delete everything in the trash for good. No undo brings it back."""
        return Response({"deleted": services.empty_trash(actor=actor_of(request), now=timezone.now())})

    @extend_schema(request=TaskMoveSerializer, parameters=[IF_MATCH])
    @action(detail=True, methods=["post"])
    def move(self, request: Request, id: UUID) -> Response:
        """Move a task before or after another one, or to the end of a list; with a status, to that column."""
        place = validated(TaskMoveSerializer(data=request.data))
        task = services.move_task(
            actor=actor_of(request),
            task_id=id,
            **place,
            versions=versions_of(request, id),
            now=timezone.now(),
        )
        return shown(task)

    def _found(self, request: Request) -> TaskQuerySet | None:
        """What the request asks for; None if that is all that is kept, newest first."""
        if request.query_params.keys() <= PLAIN_PAGE:
            return None
        return cast("TaskQuerySet", self.filter_queryset(Task.objects.of(user_of(request).id)))

    def _call(
        self, service: Callable[..., Sequence[Task]], request: Request, task_id: UUID, **arguments: Any
    ) -> Task:
        """What the service made of the task, whatever changed with it."""
        return service(
            actor=actor_of(request),
            task_ids=[task_id],
            **arguments,
            versions=versions_of(request, task_id),
            now=timezone.now(),
        )[0]
