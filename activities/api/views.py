from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.authentication import user_of
from activities.api.pagination import FeedPagination
from activities.api.serializers import ActivitySerializer
from activities.frames import render_activity
from activities.models import Activity


class ActivityFilter(filters.FilterSet):
    after = filters.NumberFilter(field_name="seq", lookup_expr="gt", min_value=0)
    kind = filters.CharFilter(field_name="kind")
    subject = filters.UUIDFilter(field_name="subject_id")
    turn = filters.UUIDFilter(field_name="turn_id")


class ActivityListView(GenericAPIView[Activity]):
    """Everything that happened to the user's data, oldest first."""

    serializer_class = ActivitySerializer
    pagination_class = FeedPagination
    filterset_class = ActivityFilter
    queryset = Activity.objects.none()

    def get_queryset(self) -> QuerySet[Activity, dict[str, Any]]:  # type: ignore[override]
        return Activity.objects.of(user_of(self.request).id).frames()

    @extend_schema(responses=ActivitySerializer(many=True))
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response([render_activity(row) for row in page or ()])
