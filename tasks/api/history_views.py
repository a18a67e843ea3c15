"""What happened to a task, and taking single things back."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.authentication import actor_of, user_of
from activities.api.pagination import HistoryPagination
from activities.api.serializers import ActivitySerializer
from activities.frames import render_activity
from activities.models import Activity
from tasks import services
from tasks.api.serializers import UndoneSerializer
from tasks.models import Task
from voice2task.kernel.errors import NotFound
from voice2task.kernel.idempotency import IdempotentMixin


class TaskHistoryView(GenericAPIView[Activity]):
    serializer_class = ActivitySerializer
    pagination_class = HistoryPagination
    filter_backends = ()
    queryset = Activity.objects.none()

    @extend_schema(responses=ActivitySerializer(many=True))
    def get(self, request: Request, task_id: UUID) -> Response:
        """What happened to a task, the latest first: each with the changed fields before and after."""
        user_id = user_of(request).id
        if not Task.objects.of(user_id).filter(pk=task_id).exists():
            raise NotFound("There is no such task.")
        page = self.paginate_queryset(Activity.objects.of(user_id).filter(subject_id=task_id).frames())
        return self.get_paginated_response([render_activity(row) for row in page or ()])


class ActivityUndoView(IdempotentMixin, APIView):
    @extend_schema(request=None, responses=UndoneSerializer)
    def post(self, request: Request, activity_id: UUID) -> Response:
        """Take one change back. Fields that have changed since are left alone and reported.

        What takes it back is an activity too and can itself be undone.
        """
        undone = services.undo_activities(
            actor=actor_of(request), activity_ids=[activity_id], now=timezone.now()
        )
        return Response(services.render_undone(undone))
