"""What the admin pages of all rooms share: nothing is written there but through services.

Lists hold for a million rows: they count nothing, sort by nothing but their key, and are searched by what has
an index. They show no content to anybody; see docs/staff.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ShowFacets, SimpleListFilter
from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from unfold.admin import ModelAdmin
from unfold.paginator import InfinitePaginator

from voice2task.kernel.errors import ApplicationError
from voice2task.kernel.models import IdempotencyKey
from voice2task.kernel.permissions import sees_content

if TYPE_CHECKING:
    AnyForm = forms.ModelForm[Any]
else:
    AnyForm = forms.ModelForm

# What one action does at most: each row is a transaction of its own, and a request waits for all of them.
ROWS_AT_ONCE = 1_000
# Whose rows a search by the beginning of an address looks through.
PEOPLE_FOUND = 50


class StaffAdmin(ModelAdmin):
    """A list without counts, and actions that call a service for each selected row.

    `owner` is the field of the user whose row it is; `found_by` are the fields that a pasted id is held
    against. `content_fields` are shown only to those who may see content.
    """

    paginator = InfinitePaginator
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    list_per_page = 50
    sortable_by: Sequence[str] = ()
    ordering: Sequence[str] = ("-id",)
    list_select_related: Sequence[str] = ("user",)
    # Any name makes the admin show its field for searching; what is searched is told below.
    search_fields: Sequence[str] = ("pk",)
    owner: str = "user"
    found_by: Sequence[str] = ("id",)
    content_fields: Sequence[str] = ()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By a whole id, or by the beginning of the owner's address. Both have indexes; texts have none."""
        term = search_term.strip().lower()
        if not term:
            return queryset, False
        try:
            wanted = UUID(term)
        except ValueError:
            return self._of_people(queryset, term), False
        named = Q(**{self.owner: wanted}) if self.owner else Q()
        for field in self.found_by:
            named |= Q(**{field: wanted})
        return (queryset.filter(named) if named else queryset.none()), False

    def _of_people(self, queryset: QuerySet[Any], address: str) -> QuerySet[Any]:
        if not self.owner:
            return queryset.none()
        people = get_user_model().objects.filter(email__startswith=address).order_by("email")
        return queryset.filter(
            **{f"{self.owner}__in": list(people.values_list("pk", flat=True)[:PEOPLE_FOUND])}
        )

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """What the list's own filters ask. Django lets an address ask about any field of the row, which would
        answer questions about content and secrets that the list does not show, by looking through all rows.
        """
        field = lookup.partition("__")[0]
        return any(field == _asks_about(item) for item in self.get_list_filter(request))

    @property
    def search_help_text(self) -> str:
        ways = [f"an id ({', '.join(self.found_by)})"] if self.found_by else []
        return f"By {' or '.join([*ways, *(['the beginning of an address'] if self.owner else [])])}."

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Sequence[Any]:
        fields: Sequence[Any] = super().get_fields(request, obj)
        if sees_content(request):
            return fields
        return [field for field in fields if field not in self.content_fields]

    def report(self, request: HttpRequest, rows: QuerySet[Any], act: Callable[[Any], object]) -> None:
        """Do something to each selected row, and say what was refused."""
        done = 0
        chosen = list(rows[: ROWS_AT_ONCE + 1])
        for row in chosen[:ROWS_AT_ONCE]:
            try:
                act(row)
                done += 1
            except ApplicationError as error:
                messages.error(request, f"{row}: {error.message}")
        messages.success(request, f"Done: {done}")
        if len(chosen) > ROWS_AT_ONCE:
            messages.warning(
                request, f"Only the first {ROWS_AT_ONCE} were taken; do it again for the others."
            )


class ReadOnlyAdmin(StaffAdmin):
    """Rows to look at, changed only by actions that call a service."""

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


class ServiceAdmin(StaffAdmin):
    """A service saves in the place of the model; what it refuses is shown, and nothing is saved."""

    raw_id_fields: Sequence[str] = ("user",)

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


def _asks_about(item: Any) -> str:
    """The field, or the parameter, of one of `list_filter`."""
    if isinstance(item, str):
        return item
    return str(item[0] if isinstance(item, tuple | list) else item.parameter_name)


def among(parameter: str, values: Callable[[], Iterable[str]]) -> type[SimpleListFilter]:
    """A filter by known values of a field; Django's own would look for them through the whole table."""

    class Among(SimpleListFilter):
        title = parameter.replace("_", " ")
        parameter_name = parameter

        def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
            return [(value, value) for value in values()]

        def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
            return queryset.filter(**{parameter: self.value()}) if self.value() else queryset

    return Among


@admin.register(IdempotencyKey)
class IdempotencyKeyAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "user", "status")
    exclude = ("body",)
    found_by = ()
