"""Turns and what they wait for: look, stop, answer."""

from __future__ import annotations

from uuid import UUID

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
from conversations.agent.approvals import answer_approval
from conversations.api.serializers import (
    AllowedToolSerializer,
    ApprovalAnswerSerializer,
    ApprovalSerializer,
    MemoryInputSerializer,
    MemorySerializer,
    TurnSerializer,
)
from conversations.models import AllowedTool, Approval, Memory, Message, Turn
from conversations.receipts import receipts_of
from conversations.representation import moment, render_approval, render_memory, render_turn
from tasks.api.serializers import UndoneSerializer
from tasks.services import render_undone
from voice2task.kernel.idempotency import IdempotentMixin


def rendered_turn(turn: Turn) -> Response:
    reply = Message.objects.filter(turn=turn, role=Message.Role.ASSISTANT).first()
    waiting = Approval.objects.pending().filter(turn=turn).first()
    receipts = receipts_of([turn.id]).get(turn.id, [])
    return Response(render_turn(turn, message=reply, receipts=receipts, approval=waiting))


class TurnView(APIView):
    """How far a turn is, its reply and its receipts."""

    @extend_schema(responses=TurnSerializer)
    def get(self, request: Request, turn_id: UUID) -> Response:
        turn = Turn.objects.of(user_of(request).id).filter(id=turn_id).first()
        if turn is None:
            raise services.TurnNotFound
        return rendered_turn(turn)


class TurnStopView(IdempotentMixin, APIView):
    """Stop a turn. One that a worker holds ends within moments: read it, or watch for `turn.stopped`."""

    token_scopes = AGENT_DOOR

    @extend_schema(request=None, responses={202: TurnSerializer})
    def post(self, request: Request, turn_id: UUID) -> Response:
        turn = services.stop_turn(actor=actor_of(request), turn_id=turn_id, now=timezone.now())
        response = rendered_turn(turn)
        response.status_code = status.HTTP_202_ACCEPTED
        return response


class TurnRetryView(IdempotentMixin, APIView):
    """Let a turn that failed try again, behind what it had done."""

    token_scopes = AGENT_DOOR

    @extend_schema(request=None, responses={202: TurnSerializer})
    def post(self, request: Request, turn_id: UUID) -> Response:
        turn = services.retry_turn(actor=actor_of(request), turn_id=turn_id, now=timezone.now())
        response = rendered_turn(turn)
        response.status_code = status.HTTP_202_ACCEPTED
        return response


class TurnUndoView(IdempotentMixin, APIView):
    """Take back all that a turn changed. A field that was changed since is left alone, and told."""

    token_scopes = AGENT_DOOR

    @extend_schema(request=None, responses=UndoneSerializer)
    def post(self, request: Request, turn_id: UUID) -> Response:
        undone = services.undo_turn(actor=actor_of(request), turn_id=turn_id, now=timezone.now())
        return Response(render_undone(undone))


class MemoryListView(IdempotentMixin, GenericAPIView[Memory]):
    """What the agent is to know of the user in every turn, newest first."""

    token_scopes = AGENT_DOOR
    serializer_class = MemorySerializer
    pagination_class = SequencedPagination
    filter_backends = ()
    queryset = Memory.objects.none()

    @extend_schema(responses=MemorySerializer(many=True))
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(Memory.objects.of(user_of(request).id))
        return self.get_paginated_response([render_memory(row) for row in page or ()])

    @extend_schema(request=MemoryInputSerializer, responses={201: MemorySerializer})
    def post(self, request: Request) -> Response:
        """Let it know one more thing. The same words again are the same memory."""
        serializer = MemoryInputSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        memory = services.create_memory(
            actor=actor_of(request), text=serializer.validated_data["text"], now=timezone.now()
        )
        return Response(render_memory(memory), status=status.HTTP_201_CREATED)


class MemoryView(APIView):
    """One thing that the agent knows of the user."""

    token_scopes = AGENT_DOOR

    @extend_schema(responses={204: None})
    def delete(self, request: Request, memory_id: UUID) -> Response:
        """Let it forget."""
        services.delete_memory(actor=actor_of(request), memory_id=memory_id, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class ApprovalFilter(filters.FilterSet):
    status = filters.ChoiceFilter(choices=Approval.Status.choices)
    # By id: whether there is such a turn, of whomever, is not told.
    turn = filters.UUIDFilter(field_name="turn_id")


class ApprovalListView(GenericAPIView[Approval]):
    """What turns have asked the user, newest first."""

    serializer_class = ApprovalSerializer
    pagination_class = SequencedPagination
    filterset_class = ApprovalFilter
    queryset = Approval.objects.none()

    def get_queryset(self) -> QuerySet[Approval]:
        return Approval.objects.of(user_of(self.request).id)

    @extend_schema(responses=ApprovalSerializer(many=True))
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response([render_approval(row) for row in page or ()])


class ApprovalView(APIView):
    """One thing that a turn has asked the user."""

    @extend_schema(responses=ApprovalSerializer)
    def get(self, request: Request, approval_id: UUID) -> Response:
        approval = Approval.objects.of(user_of(request).id).filter(id=approval_id).first()
        if approval is None:
            raise services.ApprovalNotFound
        return Response(render_approval(approval))


class ApprovalAnswerView(IdempotentMixin, APIView):
    """Approve or reject, once; the turn then goes on."""

    token_scopes = AGENT_DOOR

    @extend_schema(request=ApprovalAnswerSerializer, responses=ApprovalSerializer)
    def post(self, request: Request, approval_id: UUID) -> Response:
        serializer = ApprovalAnswerSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        approval = answer_approval(
            actor=actor_of(request), approval_id=approval_id, now=timezone.now(), **serializer.validated_data
        )
        return Response(render_approval(approval))


class AllowedToolListView(APIView):
    """The tools that act without asking."""

    @extend_schema(responses=AllowedToolSerializer(many=True))
    def get(self, request: Request) -> Response:
        rows = AllowedTool.objects.of(user_of(request).id).order_by("tool")
        return Response([{"tool": row.tool, "created_at": moment(row.created_at)} for row in rows])


class AllowedToolView(APIView):
    """A tool that acts without asking."""

    token_scopes = AGENT_DOOR

    @extend_schema(responses={204: None})
    def delete(self, request: Request, tool: str) -> Response:
        """Let it ask again."""
        services.disallow_tool(actor=actor_of(request), tool=tool, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)
