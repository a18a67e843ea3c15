"""Recordings: what became of them, and their sound for those who may hear it."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from unfold.admin import TabularInline

from accounts.actors import Actor
from activities.content_admin import RecordedAdmin, note_viewing
from conversations import services
from conversations.capture_models import Capture, CaptureChunk
from conversations.ranges import answer_range
from voice2task.kernel.admin import OperatedAdmin, ReadOnlyAdmin, among
from voice2task.kernel.permissions import sees_content


class CaptureChunkInline(TabularInline):
    model = CaptureChunk
    extra = 0
    can_delete = False
    fields = ("start",)
    readonly_fields = fields


@admin.register(Capture)
class CaptureAdmin(RecordedAdmin, OperatedAdmin):
    list_display = (
        "created_at",
        "user",
        "status",
        "engine",
        "language",
        "seconds",
        "attempts",
        "error_code",
        "finished_at",
    )
    list_filter = ("status", among("engine", lambda: settings.SPEECH_ENGINES))
    found_by = ("id", "client_id", "turn_id")
    exclude = ("audio",)
    content_fields = ("text", "heard")
    subject_type = "capture"
    inlines = (CaptureChunkInline,)
    actions = ("retry", "delete_audio")

    def get_urls(self) -> list[URLPattern]:
        sound = path(
            "<uuid:capture_id>/audio/",
            self.admin_site.admin_view(self.sound),
            name="conversations_capture_audio",
        )
        return [sound, *super().get_urls()]

    def sound(self, request: HttpRequest, capture_id: UUID) -> HttpResponse:
        """Play it, or a part of it; that somebody did is recorded."""
        capture = Capture.objects.filter(id=capture_id).first()
        if not (self.has_view_permission(request, capture) and sees_content(request)):
            raise PermissionDenied
        if capture is None or not capture.has_audio:
            raise Http404
        note_viewing(request, capture, self.subject_type)
        return answer_range(request.headers.get("Range", ""), capture)

    @admin.action(description="Try again", permissions=["operate"])
    def retry(self, request: HttpRequest, captures: QuerySet[Capture]) -> None:
        self.report(request, captures, self._retry)

    @admin.action(description="Delete the sound", permissions=["operate"])
    def delete_audio(self, request: HttpRequest, captures: QuerySet[Capture]) -> None:
        self.report(request, captures, self._delete_audio)

    @staticmethod
    def _retry(capture: Capture) -> None:
        actor = Actor(capture.user_id, "system")
        services.retry_capture(actor=actor, capture_id=capture.id, now=timezone.now())

    @staticmethod
    def _delete_audio(capture: Capture) -> None:
        actor = Actor(capture.user_id, "system")
        services.delete_audio(actor=actor, capture_id=capture.id, now=timezone.now())


@admin.register(CaptureChunk)
class CaptureChunkAdmin(ReadOnlyAdmin):
    list_display = ("id", "capture_id", "start")
    list_select_related = ()
    owner = "capture__user"
    found_by = ("capture_id",)
    exclude = ("data",)
