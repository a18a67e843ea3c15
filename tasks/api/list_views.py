"""The doors to lists and labels: parse, call one service, render."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.api.authentication import actor_of, user_of
from activities.api.pagination import SequencedPagination
from tasks import services
from tasks.api.filters import TaskListFilter
from tasks.api.serializers import (
    LabelInputSerializer,
    LabelSerializer,
    TaskListChangeSerializer,
    TaskListInputSerializer,
    TaskListSerializer,
)
from tasks.api.versions import IF_MATCH, digested, digests_of
from tasks.models import Label, TaskList
from tasks.representation import render_label, render_list
from voice2task.kernel.errors import NotFound
from voice2task.kernel.idempotency import IdempotentMixin
from voice2task.kernel.serializers import validated

NO_CONTENT: dict[int, None] = {204: None}


class TaskListViewSet(IdempotentMixin, GenericViewSet[TaskList]):
    """The user's lists."""

    queryset = TaskList.objects.none()
    serializer_class = TaskListSerializer
    pagination_class = SequencedPagination
    filterset_class = TaskListFilter
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"

    @extend_schema(responses=TaskListSerializer(many=True))
    def list(self, request: Request) -> Response:
        found = self.filter_queryset(TaskList.objects.of(user_of(request).id).rows())
        page = self.paginate_queryset(found) or []
        return self.get_paginated_response([render_list(row) for row in page])

    @extend_schema(request=TaskListInputSerializer, responses={201: TaskListSerializer})
    def create(self, request: Request) -> Response:
        """Make a list, behind all others."""
        data = validated(TaskListInputSerializer(data=request.data))
        task_list = services.create_list(actor=actor_of(request), **data, now=timezone.now())
        return digested(render_list(task_list), status.HTTP_201_CREATED)

    def retrieve(self, request: Request, id: UUID) -> Response:
        row = TaskList.objects.of(user_of(request).id).rows().filter(pk=id).first()
        if row is None:
            raise NotFound("There is no such list.")
        return digested(render_list(row))

    @extend_schema(request=TaskListChangeSerializer(partial=True), parameters=[IF_MATCH])
    def partial_update(self, request: Request, id: UUID) -> Response:
        """Rename, colour, archive or move a list."""
        changes = validated(TaskListChangeSerializer(data=request.data, partial=True))
        task_list = services.update_list(
            actor=actor_of(request),
            list_id=id,
            changes=changes,
            versions=digests_of(request, id),
            now=timezone.now(),
        )
        return digested(render_list(task_list))

    @extend_schema(responses=NO_CONTENT, parameters=[IF_MATCH])
    def destroy(self, request: Request, id: UUID) -> Response:
        """Delete a list; its tasks move to the Inbox."""
        services.delete_list(
            actor=actor_of(request), list_id=id, versions=digests_of(request, id), now=timezone.now()
        )
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
        return digested(render_label(label), status.HTTP_201_CREATED)

    def retrieve(self, request: Request, id: UUID) -> Response:
        row = Label.objects.of(user_of(request).id).rows().filter(pk=id).first()
        if row is None:
            raise NotFound("There is no such label.")
        return digested(render_label(row))

    @extend_schema(request=LabelInputSerializer, parameters=[IF_MATCH])
    def partial_update(self, request: Request, id: UUID) -> Response:
        """Rename a label, on every task that carries it."""
        data = validated(LabelInputSerializer(data=request.data))
        label = services.update_label(
            actor=actor_of(request),
            label_id=id,
            **data,
            versions=digests_of(request, id),
            now=timezone.now(),
        )
        return digested(render_label(label))

    @extend_schema(responses=NO_CONTENT, parameters=[IF_MATCH])
    def destroy(self, request: Request, id: UUID) -> Response:
        """Take a label off every task and delete it."""
        services.delete_label(
            actor=actor_of(request), label_id=id, versions=digests_of(request, id), now=timezone.now()
        )
        return Response(status=status.HTTP_204_NO_CONTENT)
