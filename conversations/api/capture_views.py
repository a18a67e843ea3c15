"""Recordings: keep one, follow it, listen to it, correct what was understood."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.authentication import actor_of, user_of
from accounts.api.permissions import AGENT_DOOR
from activities.api.pagination import SequencedPagination
from conversations import services
from conversations.api.capture_serializers import (
    CaptureInputSerializer,
    CaptureSerializer,
    CorrectedSerializer,
    CorrectionSerializer,
    KeptSerializer,
)
from conversations.capture_models import Capture
from conversations.ranges import answer_range
from conversations.representation import render_capture
from integrations.speech.probing import is_too_long
from tasks.services import render_undone
from voice2task.kernel.idempotency import IdempotentMixin

# What the form's other fields and its boundaries may add to the recording.
FORM_BYTES = 64 * 1024


class CaptureFilter(filters.FilterSet):
    status = filters.ChoiceFilter(choices=Capture.Status.choices)
    # By id: whether there is such a conversation, of whomever, is not told.
    conversation = filters.UUIDFilter(field_name="conversation_id")


class CaptureListView(GenericAPIView[Capture]):
    """The user's recordings, newest first."""

    token_scopes = AGENT_DOOR
    rate_limit = "messages"
    serializer_class = CaptureSerializer
    pagination_class = SequencedPagination
    parser_classes = (MultiPartParser,)
    filterset_class = CaptureFilter
    queryset = Capture.objects.none()

    def get_queryset(self) -> QuerySet[Capture]:
        return Capture.objects.of(user_of(self.request).id)

    @extend_schema(responses=CaptureSerializer(many=True))
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response([render_capture(row) for row in page or ()])

    @extend_schema(
        request={"multipart/form-data": CaptureInputSerializer},
        responses={202: KeptSerializer},
    )
    def post(self, request: Request) -> Response:
        """Say something aloud: the recording is kept, then understood; a turn of the agent answers it.

        Events tell how far it is: `capture.transcribed` and then the turn's, or `capture.silent`, `.delayed`,
        `.failed`.
        """
        services.check_size(int(request.META.get("CONTENT_LENGTH") or 0) - FORM_BYTES)
        serializer = CaptureInputSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = serializer.validated_data
        spoken = services.Spoken(
            client_id=given["id"],
            mime=given["audio"].content_type or "",
            recorded_at=given.get("recorded_at"),
            conversation_id=given.get("conversation_id"),
            language=given.get("language", ""),
            timezone=given.get("timezone", ""),
        )
        capture = services.keep_capture(
            actor=actor_of(request),
            spoken=spoken,
            audio=given["audio"].read(),
            too_long=is_too_long,
            now=timezone.now(),
        )
        shown = render_capture(capture)
        ids = {name: shown[name] for name in ("conversation_id", "message_id", "turn_id")}
        return Response({"capture": shown, **ids}, status=status.HTTP_202_ACCEPTED)


class CaptureView(APIView):
    """One recording, and what has become of it."""

    @extend_schema(responses=CaptureSerializer)
    def get(self, request: Request, capture_id: UUID) -> Response:
        return Response(render_capture(_own(request, capture_id)))


class CaptureRetryView(IdempotentMixin, APIView):
    """Try at once to understand a recording that failed, or that waits for its next attempt."""

    token_scopes = AGENT_DOOR

    @extend_schema(request=None, responses={202: CaptureSerializer})
    def post(self, request: Request, capture_id: UUID) -> Response:
        capture = services.retry_capture(actor=actor_of(request), capture_id=capture_id, now=timezone.now())
        return Response(render_capture(capture), status=status.HTTP_202_ACCEPTED)


class CaptureTranscriptView(IdempotentMixin, APIView):
    """What was said in a recording."""

    token_scopes = AGENT_DOOR

    @extend_schema(request=CorrectionSerializer, responses=CorrectedSerializer)
    def post(self, request: Request, capture_id: UUID) -> Response:
        """Correct it; with `run_again`, undo what was done by mistake and do it right."""
        serializer = CorrectionSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        corrected = services.correct_transcript(
            actor=actor_of(request), capture_id=capture_id, now=timezone.now(), **serializer.validated_data
        )
        posted, undone = corrected.posted, corrected.undone
        body = {
            "capture": render_capture(corrected.capture),
            "posted": posted
            and {
                "conversation_id": str(posted.conversation_id),
                "message_id": str(posted.message_id),
                "turn_id": str(posted.turn_id),
            },
            "undone": undone and render_undone(undone),
        }
        return Response(body)


class CaptureAudioView(APIView):
    """The sound of a recording."""

    token_scopes = AGENT_DOOR

    @extend_schema(
        parameters=[OpenApiParameter("Range", str, OpenApiParameter.HEADER, description="`bytes=0-1023`")],
        responses={
            (200, "audio/*"): OpenApiTypes.BINARY,
            (206, "audio/*"): OpenApiTypes.BINARY,
            416: OpenApiResponse(description="There is no such part."),
        },
    )
    def get(self, request: Request, capture_id: UUID) -> HttpResponse:
        """Play it, or a part of it."""
        capture = _own(request, capture_id)
        if not capture.has_audio:
            raise services.AudioGone
        return answer_range(request.headers.get("Range", ""), capture)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, capture_id: UUID) -> Response:
        """Delete it; its text stays."""
        services.delete_audio(actor=actor_of(request), capture_id=capture_id, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


def _own(request: Request, capture_id: UUID) -> Capture:
    capture = Capture.objects.of(user_of(request).id).filter(id=capture_id).first()
    if capture is None:
        raise services.CaptureNotFound
    return capture
