"""The doors to notifications and to the browsers they are pushed to: parse, call one service, render."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from accounts.api.authentication import actor_of, user_of
from activities import services, vapid
from activities.api.pagination import SequencedPagination
from activities.api.serializers import (
    NotificationSerializer,
    PushKeySerializer,
    ReadAllSerializer,
    SubscriptionInputSerializer,
    SubscriptionSerializer,
    UnreadCountSerializer,
)
from activities.models import Notification, PushSubscription, UserStream
from activities.representation import render_notification, render_subscription
from voice2task.kernel.idempotency import IdempotentMixin
from voice2task.kernel.serializers import validated

NO_CONTENT = {204: OpenApiResponse(description="Done.")}


class NotificationFilter(filters.FilterSet):
    unread = filters.BooleanFilter(field_name="read_at", lookup_expr="isnull")
    kind = filters.CharFilter(field_name="kind")


class NotificationViewSet(IdempotentMixin, GenericViewSet[Notification]):
    """What the user was told of, newest first."""

    queryset = Notification.objects.none()
    serializer_class = NotificationSerializer
    pagination_class = SequencedPagination
    filterset_class = NotificationFilter
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"

    @extend_schema(responses=NotificationSerializer(many=True))
    def list(self, request: Request) -> Response:
        found: Any = self.filter_queryset(Notification.objects.of(user_of(request).id))
        page = self.paginate_queryset(found.rows()) or []
        return self.get_paginated_response([render_notification(row) for row in page])

    def retrieve(self, request: Request, id: UUID) -> Response:
        row = Notification.objects.of(user_of(request).id).rows().filter(pk=id).first()
        if row is None:
            raise services.NotificationNotFound
        return Response(render_notification(row))

    @extend_schema(responses=NO_CONTENT)
    def destroy(self, request: Request, id: UUID) -> Response:
        services.delete_notification(actor=actor_of(request), notification_id=id, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def read(self, request: Request, id: UUID) -> Response:
        """Mark one as read; it is not pushed or mailed any more."""
        notification = services.read_notification(
            actor=actor_of(request), notification_id=id, now=timezone.now()
        )
        return Response(render_notification(notification))

    @extend_schema(request=None, responses=ReadAllSerializer)
    @action(detail=False, methods=["post"], url_path="read-all")
    def read_all(self, request: Request) -> Response:
        """Mark all as read."""
        count = services.read_all_notifications(actor=actor_of(request), now=timezone.now())
        return Response({"read": count})

    @extend_schema(responses=UnreadCountSerializer, filters=False)
    @action(
        detail=False, methods=["get"], url_path="unread-count", pagination_class=None, filterset_class=None
    )
    def unread_count(self, request: Request) -> Response:
        """How many are unread, as of `seq`."""
        user_id = user_of(request).id
        seq = UserStream.objects.seq_of(user_id)
        return Response({"unread": Notification.objects.of(user_id).unread().count(), "seq": seq})


class PushKeyView(APIView):
    """The key of this server that browsers subscribe with."""

    @extend_schema(responses=PushKeySerializer)
    def get(self, request: Request) -> Response:
        return Response({"public_key": vapid.public_key()})


class SubscriptionViewSet(IdempotentMixin, GenericViewSet[PushSubscription]):
    """The browsers to which the user's notifications are pushed, newest first."""

    queryset = PushSubscription.objects.none()
    serializer_class = SubscriptionSerializer
    pagination_class = SequencedPagination
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"

    @extend_schema(responses=SubscriptionSerializer(many=True))
    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(PushSubscription.objects.of(user_of(request).id).rows()) or []
        return self.get_paginated_response([render_subscription(row) for row in page])

    @extend_schema(request=SubscriptionInputSerializer, responses={201: SubscriptionSerializer})
    def create(self, request: Request) -> Response:
        """Push to a browser from now on; the same endpoint again is the same subscription."""
        data = validated(SubscriptionInputSerializer(data=request.data))
        subscription = services.subscribe(
            actor=actor_of(request),
            endpoint=data["endpoint"],
            p256dh=data["keys"]["p256dh"],
            auth=data["keys"]["auth"],
            expires_at=_moment(data.get("expirationTime")),
            now=timezone.now(),
        )
        return Response(render_subscription(subscription), status=status.HTTP_201_CREATED)

    @extend_schema(responses=NO_CONTENT)
    def destroy(self, request: Request, id: UUID) -> Response:
        services.unsubscribe(actor=actor_of(request), subscription_id=id, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


def _moment(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, UTC)
