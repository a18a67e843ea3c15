"""The doors to reminders: parse, call one service, render."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.api.authentication import actor_of, user_of
from activities.api.pagination import SequencedPagination
from tasks import services
from tasks.api.list_views import NO_CONTENT
from tasks.api.serializers import ReminderInputSerializer, ReminderSerializer, SnoozeSerializer
from tasks.api.versions import IF_MATCH, digested, digests_of
from tasks.models import Reminder, Task
from tasks.representation import render_reminder
from tasks.services import ReminderNotFound
from voice2task.kernel.errors import NotFound
from voice2task.kernel.idempotency import IdempotentMixin
from voice2task.kernel.serializers import validated


class TaskReminderViewSet(IdempotentMixin, GenericViewSet[Reminder]):
    """The reminders of one task, newest first."""

    queryset = Reminder.objects.none()
    serializer_class = ReminderSerializer
    pagination_class = SequencedPagination

    @extend_schema(responses=ReminderSerializer(many=True))
    def list(self, request: Request, task_id: UUID) -> Response:
        if not Task.objects.of(user_of(request).id).filter(pk=task_id).exists():
            raise NotFound("There is no such task.")
        reminders = Reminder.objects.of(user_of(request).id).filter(task=task_id)
        page = self.paginate_queryset(reminders.rows()) or []
        return self.get_paginated_response([render_reminder(row) for row in page])

    @extend_schema(request=ReminderInputSerializer, responses={201: ReminderSerializer})
    def create(self, request: Request, task_id: UUID) -> Response:
        """Remind of a task at a moment, or some minutes before it is due."""
        data = validated(ReminderInputSerializer(data=request.data))
        reminder = services.create_reminder(
            actor=actor_of(request), task_id=task_id, **data, now=timezone.now()
        )
        return digested(render_reminder(reminder), status.HTTP_201_CREATED)


class ReminderViewSet(IdempotentMixin, GenericViewSet[Reminder]):
    """The user's reminders, newest first."""

    queryset = Reminder.objects.none()
    serializer_class = ReminderSerializer
    pagination_class = SequencedPagination
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"

    @extend_schema(responses=ReminderSerializer(many=True))
    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(Reminder.objects.of(user_of(request).id).rows()) or []
        return self.get_paginated_response([render_reminder(row) for row in page])

    def retrieve(self, request: Request, id: UUID) -> Response:
        row = Reminder.objects.of(user_of(request).id).rows().filter(pk=id).first()
        if row is None:
            raise ReminderNotFound
        return digested(render_reminder(row))

    @extend_schema(request=ReminderInputSerializer, parameters=[IF_MATCH])
    def partial_update(self, request: Request, id: UUID) -> Response:
        """Set when a reminder comes, anew."""
        data = validated(ReminderInputSerializer(data=request.data))
        reminder = services.update_reminder(
            actor=actor_of(request),
            reminder_id=id,
            **data,
            versions=digests_of(request, id),
            now=timezone.now(),
        )
        return digested(render_reminder(reminder))

    @extend_schema(responses=NO_CONTENT, parameters=[IF_MATCH])
    def destroy(self, request: Request, id: UUID) -> Response:
        services.delete_reminder(
            actor=actor_of(request), reminder_id=id, versions=digests_of(request, id), now=timezone.now()
        )
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=SnoozeSerializer, parameters=[IF_MATCH])
    @action(detail=True, methods=["post"])
    def snooze(self, request: Request, id: UUID) -> Response:
        """Let a reminder come (again) at a later moment."""
        data = validated(SnoozeSerializer(data=request.data))
        reminder = services.snooze_reminder(
            actor=actor_of(request),
            reminder_id=id,
            **data,
            versions=digests_of(request, id),
            now=timezone.now(),
        )
        return digested(render_reminder(reminder))
