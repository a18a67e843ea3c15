"""What the admin pages of all rooms share: nothing is written there but through services."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from unfold.admin import ModelAdmin

from voice2task.kernel.errors import ApplicationError
from voice2task.kernel.models import IdempotencyKey

if TYPE_CHECKING:
    AnyForm = forms.ModelForm[Any]
else:
    AnyForm = forms.ModelForm


class ReportingAdmin(ModelAdmin):
    """Has actions that call a service for each selected row."""

    def report(self, request: HttpRequest, rows: QuerySet[Any], act: Callable[[Any], object]) -> None:
        """Do something to each selected row, and say what was refused."""
        done = 0
        for row in rows:
            try:
                act(row)
                done += 1
            except ApplicationError as error:
                messages.error(request, f"{row}: {error.message}")
        messages.success(request, f"Done: {done}")


class ReadOnlyAdmin(ReportingAdmin):
    """Rows to look at: counted never, changed only by actions that call a service."""

    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class OperatedAdmin(ReadOnlyAdmin):
    """Nothing is written but by actions, which need the permission to change: `permissions=["operate"]`."""

    def has_operate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}")


class ServiceAdmin(ReportingAdmin):
    """A service saves in the place of the model; what it refuses is shown, and nothing is saved."""

    ordering = ("-id",)
    list_select_related: tuple[str, ...] = ("user",)
    autocomplete_fields: tuple[str, ...] = ("user",)

    def write(self, obj: Any, changed: dict[str, Any], *, new: bool) -> Model:
        """Make `obj`, or change those of its fields that are in `changed`."""
        raise NotImplementedError

    def save_form(self, request: HttpRequest, form: AnyForm, change: bool) -> Model:
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        return self.write(form.instance, changed, new=not change)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The service has saved it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """And everything that belongs to it."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            response: HttpResponse = super().changeform_view(request, object_id, form_url, extra_context)
        except ApplicationError as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(request.get_full_path())
        return response

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Sequence[str]:
        """What there is stays its user's."""
        return ("user", *self.readonly_fields) if obj else self.readonly_fields


@admin.register(IdempotencyKey)
class IdempotencyKeyAdmin(ReadOnlyAdmin):
    list_display = ("key", "user", "status", "created_at")
    list_select_related = ("user",)
    exclude = ("body",)
    ordering = ("-id",)
