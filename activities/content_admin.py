"""Admin pages of what users say and write: who opens one and may see it is recorded for its user."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import User
from activities import services
from voice2task.kernel.permissions import sees_content


def note_viewing(request: HttpRequest, row: Any, subject_type: str) -> None:
    """Record that whoever asks sees this row's content, unless it is their own or hidden from them."""
    viewer = cast(User, request.user)
    if sees_content(request) and row.user_id != viewer.id:
        services.view_content(
            actor=Actor(row.user_id, "system"),
            subject_type=subject_type,
            subject_id=row.id,
            by=viewer.email,
            now=timezone.now(),
        )


class RecordedAdmin:
    """A mixin: opening a row's page is recorded before it is shown, under `subject_type`."""

    subject_type = ""

    def subject_of(self, row: Any) -> Any:
        """Whose content it is: something with an `id` and a `user_id`."""
        return row

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        page = cast(Any, self)
        row = page.get_object(request, unquote(object_id))
        if row is not None and page.has_view_or_change_permission(request, row):
            note_viewing(request, self.subject_of(row), self.subject_type)
        response: HttpResponse = super().change_view(  # type: ignore[misc]
            request, object_id, form_url, extra_context
        )
        return response
