from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field

from accounts.api.authentication import user_of
from accounts.models import User
from tasks.models import Task, TaskList
from tasks.querysets import TaskQuerySet
from tasks.search import search, with_words


class DateOrMomentField(forms.CharField):
    """`YYYY-MM-DD`, or a moment by ISO 8601."""

    def clean(self, value: Any) -> date | datetime | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            found = parse_date(text) or parse_datetime(text)
        except ValueError:
            found = None
        if found is None:
            raise forms.ValidationError("A date or a moment by ISO 8601.", code="invalid")
        return found


class DateOrMomentFilter(filters.Filter):
    field_class = DateOrMomentField


def _described(text: str) -> dict[str, str]:
    return {"type": "string", "description": f"{text} A moment without an offset is in your timezone."}


class TaskFilter(filters.FilterSet):
    """What is in the trash is listed by `trashed=true` or `q=is:trashed` only, and then alone.

    A search for words gives a queryset ordered by its `score`, unless another `ordering` is asked for.
    """

    q = filters.CharFilter(
        method="as_it_is",
        help_text='Words, "phrases" and filters like due:today label:home list:work is:overdue; - before any'
        " of them excludes. What has words comes best first, at most 1,000 tasks.",
    )
    list = filters.CharFilter(method="in_list", help_text="The id or the name of a list.")
    # A task has one status: none is found twice.
    status = filters.MultipleChoiceFilter(choices=Task.Status.choices, distinct=False)
    label = filters.CharFilter(method="with_label", help_text="The name of a label.")
    due_before = DateOrMomentFilter(method="due_earlier")
    due_after = DateOrMomentFilter(method="due_since")
    text = filters.CharFilter(
        method="matching", help_text="Words all of which, or longer ones, are in the title or the notes."
    )
    parent = filters.UUIDFilter(field_name="parent_id")
    trashed = filters.BooleanFilter(method="as_it_is", help_text="What is in the trash, and only that.")

    def filter_queryset(self, queryset: TaskQuerySet) -> TaskQuerySet:
        given = self.form.cleaned_data
        trashed = bool(given["trashed"])
        if not given["q"]:
            kept = queryset.trashed() if trashed else queryset.kept()
            return cast("TaskQuerySet", super().filter_queryset(kept))
        found = search(self._user, given["q"], now=timezone.now(), trashed=trashed)
        tasks = cast("TaskQuerySet", super().filter_queryset(found.tasks))
        return found.best_first(tasks) if found.ranked and "ordering" not in self.data else tasks

    def in_list(self, tasks: TaskQuerySet, _name: str, value: str) -> TaskQuerySet:
        try:
            return tasks.filter(list=UUID(value))
        except ValueError:
            return tasks.in_list(value, user_id=self._user.id)

    def with_label(self, tasks: TaskQuerySet, _name: str, value: str) -> TaskQuerySet:
        return tasks.with_label(value, user_id=self._user.id)

    @extend_schema_field(_described("Due earlier than this date or moment."))
    def due_earlier(self, tasks: TaskQuerySet, _name: str, value: date | datetime) -> TaskQuerySet:
        if isinstance(value, datetime):
            return tasks.due_before_moment(self._aware(value), self._zone)
        return tasks.filter(due_on__lt=value)

    @extend_schema_field(_described("Due on this date or at this moment, or later."))
    def due_since(self, tasks: TaskQuerySet, _name: str, value: date | datetime) -> TaskQuerySet:
        if isinstance(value, datetime):
            return tasks.due_from_moment(self._aware(value), self._zone)
        return tasks.due_from(value)

    def matching(self, tasks: TaskQuerySet, _name: str, value: str) -> TaskQuerySet:
        return with_words(tasks, self._user.id, value, tolerant=False)

    def as_it_is(self, tasks: QuerySet[Task], _name: str, _value: bool) -> QuerySet[Task]:
        """Handled for all requests in `filter_queryset`."""
        return tasks

    @property
    def _user(self) -> User:
        return user_of(self.request)

    @property
    def _zone(self) -> ZoneInfo:
        return self._user.zone

    def _aware(self, moment: datetime) -> datetime:
        return moment if moment.tzinfo else moment.replace(tzinfo=self._zone)


class TaskListFilter(filters.FilterSet):
    archived = filters.BooleanFilter(field_name="archived_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = TaskList
        fields = ()
