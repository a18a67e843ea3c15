"""Turns: a list, and for each the page that tells its whole story."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from accounts.actors import Actor
from activities.content_admin import note_viewing
from conversations import services
from conversations.models import Turn
from conversations.story import tell_story
from voice2task.kernel.admin import OperatedAdmin, among
from voice2task.kernel.errors import ApplicationError
from voice2task.kernel.permissions import sees_content

Service = Callable[..., object]


@admin.register(Turn)
class TurnAdmin(OperatedAdmin):
    list_display = (
        "created_at",
        "user",
        "status",
        "engine",
        "first_delta_ms",
        "epoch",
        "failures",
        "error_code",
        "finished_at",
    )
    list_filter = ("status", among("engine", lambda: settings.LLM_PROVIDERS))
    found_by = ("id", "conversation_id")
    actions = ("retry", "stop", "undo")

    # Name of the button -> the service it calls, when it can be pressed, and what it says.
    BUTTONS: ClassVar[dict[str, tuple[Service, Callable[[Turn], bool], str]]] = {
        "retry": (services.retry_turn, lambda turn: turn.status == Turn.Status.FAILED, "Retry"),
        "stop": (services.stop_turn, lambda turn: not turn.ended, "Stop"),
        "undo": (services.undo_turn, lambda turn: turn.ended, "Undo what it did"),
    }

    def get_urls(self) -> list[URLPattern]:
        act = path(
            "<uuid:turn_id>/act/<str:name>/",
            self.admin_site.admin_view(self.act),
            name="conversations_turn_act",
        )
        return [act, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The turn's story. That its content was seen is recorded for its user before it is shown."""
        turn: Turn | None = self.get_object(request, object_id)
        if not self.has_view_permission(request, turn) or request.method == "POST":
            raise PermissionDenied
        if turn is None:
            raise Http404
        note_viewing(request, turn, "turn")
        with_content = sees_content(request)
        may_act = self.has_operate_permission(request)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Turn {turn.id}",
            "opts": self.opts,
            "turn": turn,
            "story": tell_story(turn, with_content=with_content, now=timezone.now()),
            "with_content": with_content,
            "buttons": [
                {"url": reverse("admin:conversations_turn_act", args=[turn.id, name]), "label": label}
                for name, (_, fits, label) in self.BUTTONS.items()
                if may_act and fits(turn)
            ],
        }
        return TemplateResponse(request, "admin/conversations/turn/story.html", context)

    @method_decorator(require_POST)
    def act(self, request: HttpRequest, turn_id: UUID, name: str) -> HttpResponse:
        """A button of the page."""
        if not self.has_operate_permission(request):
            raise PermissionDenied
        turn = Turn.objects.filter(id=turn_id).first()
        if turn is None or name not in self.BUTTONS:
            raise Http404
        try:
            self._do(name, turn)
        except ApplicationError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, f"{self.BUTTONS[name][2]}: done.")
        return HttpResponseRedirect(reverse("admin:conversations_turn_change", args=[turn_id]))

    @admin.action(description="Retry what failed", permissions=["operate"])
    def retry(self, request: HttpRequest, turns: QuerySet[Turn]) -> None:
        self.report(request, turns, lambda turn: self._do("retry", turn))

    @admin.action(description="Stop", permissions=["operate"])
    def stop(self, request: HttpRequest, turns: QuerySet[Turn]) -> None:
        self.report(request, turns, lambda turn: self._do("stop", turn))

    @admin.action(description="Undo what they did", permissions=["operate"])
    def undo(self, request: HttpRequest, turns: QuerySet[Turn]) -> None:
        self.report(request, turns.order_by("-seq"), lambda turn: self._do("undo", turn))

    def _do(self, name: str, turn: Turn) -> None:
        service = self.BUTTONS[name][0]
        service(actor=Actor(turn.user_id, "system"), turn_id=turn.id, now=timezone.now())
