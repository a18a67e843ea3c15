from __future__ import annotations

from typing import Any
from uuid import UUID

import structlog
from django.db.models import QuerySet
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.authentication import actor_of, user_of
from accounts.api.permissions import AGENT_DOOR
from activities.api.pagination import SequencedPagination
from conversations import services
from conversations.api.serializers import (
    ConversationInputSerializer,
    ConversationSerializer,
    MessageInputSerializer,
    MessageSerializer,
    PostedSerializer,
)
from conversations.models import Conversation, Message
from conversations.representation import render_conversation, render_message
from voice2task.kernel.idempotency import IdempotentMixin


class MessagePostView(IdempotentMixin, APIView):
    """Say something: the message is stored, and a turn of the agent answers it."""

    token_scopes = AGENT_DOOR
    rate_limit = "messages"

    @extend_schema(request=MessageInputSerializer, responses={202: PostedSerializer})
    def post(self, request: Request) -> Response:
        serializer = MessageInputSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        posted = services.post_message(
            actor=actor_of(request), now=timezone.now(), **serializer.validated_data
        )
        # So that the line of this request is found with those of the turn.
        structlog.contextvars.bind_contextvars(turn_id=str(posted.turn_id))
        body = {
            "conversation_id": str(posted.conversation_id),
            "message_id": str(posted.message_id),
            "turn_id": str(posted.turn_id),
        }
        return Response(body, status=status.HTTP_202_ACCEPTED)


class ConversationFilter(filters.FilterSet):
    text = filters.CharFilter(method="saying", label="Words in the title or in a message")

    def saying(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.matching(value)


class ConversationListView(GenericAPIView[Conversation]):
    """The user's conversations, newest first."""

    serializer_class = ConversationSerializer
    pagination_class = SequencedPagination
    filterset_class = ConversationFilter
    queryset = Conversation.objects.none()

    def get_queryset(self) -> QuerySet[Conversation]:
        return Conversation.objects.of(user_of(self.request).id)

    @extend_schema(responses=ConversationSerializer(many=True))
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response([render_conversation(row) for row in page or ()])


class ConversationView(APIView):
    """One conversation: read, rename, delete with all its messages."""

    token_scopes = AGENT_DOOR

    @extend_schema(responses=ConversationSerializer)
    def get(self, request: Request, conversation_id: UUID) -> Response:
        conversation = services.own_conversation(actor_of(request), conversation_id)
        return Response(render_conversation(conversation))

    @extend_schema(request=ConversationInputSerializer, responses=ConversationSerializer)
    def patch(self, request: Request, conversation_id: UUID) -> Response:
        serializer = ConversationInputSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        conversation = services.rename_conversation(
            actor=actor_of(request),
            conversation_id=conversation_id,
            title=serializer.validated_data["title"],
            now=timezone.now(),
        )
        return Response(render_conversation(conversation))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, conversation_id: UUID) -> Response:
        services.delete_conversation(
            actor=actor_of(request), conversation_id=conversation_id, now=timezone.now()
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


class MessageListView(GenericAPIView[Message]):
    """What was said in a conversation, newest first."""

    serializer_class = MessageSerializer
    pagination_class = SequencedPagination
    filter_backends = ()
    queryset = Message.objects.none()

    @extend_schema(responses=MessageSerializer(many=True))
    def get(self, request: Request, conversation_id: UUID) -> Response:
        conversation = services.own_conversation(actor_of(request), conversation_id)
        page = self.paginate_queryset(conversation.messages.all())
        return self.get_paginated_response([render_message(row) for row in page or ()])
