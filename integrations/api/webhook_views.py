"""The doors to webhook endpoints and to what was delivered to them."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.api.authentication import actor_of, user_of
from activities.api.pagination import SequencedPagination
from integrations import services
from integrations.api.serializers import (
    DeliveryDetailSerializer,
    DeliverySerializer,
    NewWebhookSerializer,
    RedeliveredSerializer,
    RedeliverSerializer,
    SecretSerializer,
    WebhookInputSerializer,
    WebhookSerializer,
)
from integrations.api.validation import validated
from integrations.api.workflow_views import NO_CONTENT
from integrations.models import Delivery, WebhookEndpoint
from integrations.representation import render_attempt, render_delivery, render_webhook
from integrations.services import DeliveryNotFound, WebhookNotFound
from voice2task.kernel.idempotency import IdempotentMixin


class WebhookViewSet(GenericViewSet[WebhookEndpoint]):
    """The user's webhook endpoints, newest first."""

    queryset = WebhookEndpoint.objects.none()
    serializer_class = WebhookSerializer
    pagination_class = SequencedPagination
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"

    @extend_schema(responses=WebhookSerializer(many=True))
    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(WebhookEndpoint.objects.of(user_of(request).id)) or []
        return self.get_paginated_response([render_webhook(row) for row in page])

    @extend_schema(request=WebhookInputSerializer, responses={201: NewWebhookSerializer})
    def create(self, request: Request) -> Response:
        """Subscribe an address to kinds of activity. Its secret is in this answer, and in no other."""
        data = validated(WebhookInputSerializer(data=request.data))
        endpoint, secret = services.create_webhook(actor=actor_of(request), now=timezone.now(), **data)
        return Response(render_webhook(endpoint) | {"secret": secret}, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, id: UUID) -> Response:
        endpoint = WebhookEndpoint.objects.of(user_of(request).id).filter(id=id).first()
        if endpoint is None:
            raise WebhookNotFound
        return Response(render_webhook(endpoint))

    @extend_schema(request=WebhookInputSerializer(partial=True))
    def partial_update(self, request: Request, id: UUID) -> Response:
        """Change what is named: paused, it is sent nothing until it is active again, and then everything."""
        data = validated(WebhookInputSerializer(data=request.data, partial=True))
        endpoint = services.update_webhook(actor=actor_of(request), webhook_id=id, now=timezone.now(), **data)
        return Response(render_webhook(endpoint))

    @extend_schema(responses=NO_CONTENT)
    def destroy(self, request: Request, id: UUID) -> Response:
        """Delete an endpoint, with its deliveries."""
        services.delete_webhook(actor=actor_of(request), webhook_id=id, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=SecretSerializer)
    @action(detail=True, methods=["post"], url_path="rotate-secret")
    def rotate_secret(self, request: Request, id: UUID) -> Response:
        """A new secret; for a day messages are signed with the one before, too."""
        secret = services.rotate_webhook_secret(actor=actor_of(request), webhook_id=id, now=timezone.now())
        return Response({"secret": secret})

    @extend_schema(request=None, responses={202: DeliverySerializer})
    @action(detail=True, methods=["post"])
    def test(self, request: Request, id: UUID) -> Response:
        """Send a message of kind `webhook.ping`."""
        delivery = services.test_webhook(actor=actor_of(request), webhook_id=id, now=timezone.now())
        return Response(render_delivery(delivery), status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=RedeliverSerializer, responses=RedeliveredSerializer)
    @action(detail=True, methods=["post"])
    def redeliver(self, request: Request, id: UUID) -> Response:
        """Send all dead deliveries again, or those made since a moment."""
        data = validated(RedeliverSerializer(data=request.data))
        count = services.redeliver_dead(actor=actor_of(request), endpoint_id=id, now=timezone.now(), **data)
        return Response({"redelivered": count})


class DeliveryFilter(filters.FilterSet):
    # By ids: whether there is such an endpoint or run, of whomever, is not told.
    endpoint = filters.UUIDFilter(field_name="endpoint_id")
    run = filters.UUIDFilter(field_name="run_id")
    status = filters.ChoiceFilter(choices=Delivery.Status.choices)
    kind = filters.CharFilter()


class DeliveryViewSet(IdempotentMixin, GenericViewSet[Delivery]):
    """What was and is to be sent for the user, newest first."""

    queryset = Delivery.objects.none()
    serializer_class = DeliverySerializer
    pagination_class = SequencedPagination
    filterset_class = DeliveryFilter
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"

    @extend_schema(responses=DeliverySerializer(many=True))
    def list(self, request: Request) -> Response:
        found = self.filter_queryset(Delivery.objects.of(user_of(request).id))
        return self.get_paginated_response(
            [render_delivery(row) for row in self.paginate_queryset(found) or []]
        )

    @extend_schema(responses=DeliveryDetailSerializer)
    def retrieve(self, request: Request, id: UUID) -> Response:
        """One delivery with every request and answer, without secrets."""
        delivery = Delivery.objects.of(user_of(request).id).filter(id=id).first()
        if delivery is None:
            raise DeliveryNotFound
        log = [render_attempt(attempt) for attempt in delivery.attempts.order_by("number")]
        return Response(render_delivery(delivery) | {"log": log})

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def redeliver(self, request: Request, id: UUID) -> Response:
        """Send it again, under the same id: what was delivered, or is dead."""
        delivery = services.redeliver(actor=actor_of(request), delivery_id=id, now=timezone.now())
        return Response(render_delivery(delivery))
