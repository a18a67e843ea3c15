"""Lists, labels and tasks as an operator sees them. Every change goes through the services."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.widgets import UnfoldAdminTextInputWidget

from accounts.actors import Actor
from activities.content_admin import RecordedAdmin
from tasks import services
from tasks.models import CalendarFeed, Label, Reminder, Task, TaskList, Word
from voice2task.kernel.admin import ROWS_AT_ONCE, AnyForm, OperatedAdmin, ReadOnlyAdmin, ServiceAdmin
from voice2task.kernel.errors import ApplicationError


def system(user_id: UUID) -> Actor:
    """An operator is the system to the user, who finds what was done among their activities."""
    return Actor(user_id, "system")


@admin.register(TaskList)
class TaskListAdmin(RecordedAdmin, ServiceAdmin):
    list_display = ("created_at", "user", "is_inbox", "id")
    list_filter = ("is_inbox",)
    fields = ("user", "name", "colour")
    content_fields = ("name",)
    subject_type = "list"
    actions = ("delete_lists",)

    def write(self, obj: TaskList, changed: dict[str, Any], *, new: bool) -> TaskList:
        actor, now = system(obj.user_id), timezone.now()
        if new:
            return services.create_list(actor=actor, name=obj.name, colour=obj.colour, now=now)
        changes: services.ListFields = changed  # type: ignore[assignment]
        return services.update_list(actor=actor, list_id=obj.id, changes=changes, now=now)

    @admin.action(description="Delete; their tasks move to the Inbox", permissions=["change"])
    def delete_lists(self, request: HttpRequest, lists: QuerySet[TaskList]) -> None:
        now = timezone.now()
        self.report(
            request,
            lists,
            lambda row: services.delete_list(actor=system(row.user_id), list_id=row.id, now=now),
        )


@admin.register(Label)
class LabelAdmin(RecordedAdmin, ServiceAdmin):
    list_display = ("created_at", "user", "id")
    fields = ("user", "name")
    content_fields = ("name",)
    subject_type = "label"
    actions = ("delete_labels",)

    def write(self, obj: Label, changed: dict[str, Any], *, new: bool) -> Label:
        actor, now = system(obj.user_id), timezone.now()
        if new:
            return services.create_label(actor=actor, name=obj.name, now=now)
        return services.update_label(actor=actor, label_id=obj.id, name=obj.name, now=now)

    @admin.action(description="Delete, and take off all tasks", permissions=["change"])
    def delete_labels(self, request: HttpRequest, labels: QuerySet[Label]) -> None:
        now = timezone.now()
        self.report(
            request,
            labels,
            lambda row: services.delete_label(actor=system(row.user_id), label_id=row.id, now=now),
        )


class TaskForm(AnyForm):
    """Labels are written as names with commas between them."""

    labels = forms.CharField(required=False, widget=UnfoldAdminTextInputWidget)

    class Meta:
        model = Task
        fields = (
            "list",
            "title",
            "notes",
            "status",
            "priority",
            "due_on",
            "due_at",
            "start_on",
            "estimate_minutes",
            "rrule",
            "repeat_from",
            "parent",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "list" not in self.fields:
            # Whoever may only look has the fields as text.
            return
        self.fields["list"].required = False
        if not self.instance._state.adding:
            names = self.instance.labels.order_by("name").values_list("name", flat=True)
            self.initial["labels"] = ", ".join(names)

    def clean_labels(self) -> list[str]:
        return [name.strip() for name in self.cleaned_data["labels"].split(",") if name.strip()]

    def _get_validation_exclusions(self) -> set[str]:
        """The date of a moment is the service's to complete: no constraint is held against it before."""
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclusions | {"due_on"}


@admin.register(Task)
class TaskAdmin(RecordedAdmin, ServiceAdmin):
    form = TaskForm
    list_display = ("created_at", "user", "status", "priority", "due_on", "trashed_at", "id")
    list_filter = ("status", "priority", ("trashed_at", admin.EmptyFieldListFilter))
    raw_id_fields = ("user", "list", "parent")
    found_by = ("id", "list_id", "parent_id")
    content_fields = ("title", "notes", "labels")
    subject_type = "task"
    fields = ("user", *TaskForm.Meta.fields, "labels")
    actions = ("complete", "skip", "reopen", "trash", "restore", "purge")

    def write(self, obj: Task, changed: dict[str, Any], *, new: bool) -> Task:
        actor, now = system(obj.user_id), timezone.now()
        fields: Any = {_ARGUMENTS.get(name, name): value for name, value in changed.items()}
        fields.pop("user", None)
        for name in ("list_id", "parent_id"):
            if name in fields:
                fields[name] = fields[name] and fields[name].id
        if not fields.get("list_id", True):
            del fields["list_id"]
        if new:
            return services.create_tasks(actor=actor, drafts=[fields], now=now)[0]
        return services.update_task(actor=actor, task_id=obj.id, changes=fields, now=now)

    @admin.action(description="Complete", permissions=["change"])
    def complete(self, request: HttpRequest, tasks: QuerySet[Task]) -> None:
        self._for_users(request, tasks, services.complete_tasks)

    @admin.action(description="Leave out this occurrence", permissions=["change"])
    def skip(self, request: HttpRequest, tasks: QuerySet[Task]) -> None:
        self._for_users(request, tasks, services.skip_occurrences)

    @admin.action(description="Open again", permissions=["change"])
    def reopen(self, request: HttpRequest, tasks: QuerySet[Task]) -> None:
        self._for_users(request, tasks, services.reopen_tasks)

    @admin.action(description="Put in the trash", permissions=["change"])
    def trash(self, request: HttpRequest, tasks: QuerySet[Task]) -> None:
        self._for_users(request, tasks, services.trash_tasks)

    @admin.action(description="Take out of the trash", permissions=["change"])
    def restore(self, request: HttpRequest, tasks: QuerySet[Task]) -> None:
        self._for_users(request, tasks, services.restore_tasks)

    @admin.action(description="Delete for good what is in the trash", permissions=["change"])
    def purge(self, request: HttpRequest, tasks: QuerySet[Task]) -> None:
        self._for_users(request, tasks, services.purge_tasks)

    def _for_users(self, request: HttpRequest, tasks: QuerySet[Task], service: Callable[..., object]) -> None:
        """One call for each user, all or nothing for the tasks of that one."""
        ids: dict[UUID, list[UUID]] = defaultdict(list)
        for task in tasks[:ROWS_AT_ONCE]:
            ids[task.user_id].append(task.id)
        for user_id, task_ids in ids.items():
            try:
                service(actor=system(user_id), task_ids=task_ids, now=timezone.now())
            except ApplicationError as error:
                messages.error(request, error.message)
            else:
                messages.success(request, f"Done: {len(task_ids)}")


_ARGUMENTS = {"list": "list_id", "parent": "parent_id"}


@admin.register(Reminder)
class ReminderAdmin(OperatedAdmin):
    list_display = ("fires_at", "user", "remind_at", "lead_minutes", "fired_at", "task_id")
    found_by = ("id", "task_id")
    actions = ("delete_reminders",)

    @admin.action(description="Delete", permissions=["operate"])
    def delete_reminders(self, request: HttpRequest, reminders: QuerySet[Reminder]) -> None:
        now = timezone.now()
        self.report(
            request,
            reminders,
            lambda row: services.delete_reminder(actor=system(row.user_id), reminder_id=row.id, now=now),
        )


@admin.register(Word)
class WordAdmin(RecordedAdmin, ReadOnlyAdmin):
    """What the search knows of a user's tasks."""

    list_display = ("id", "user", "tasks")
    fields = ("user", "word", "tasks")
    found_by = ()
    content_fields = ("word",)
    subject_type = "user"

    def subject_of(self, row: Word) -> Any:
        """The row has no id that an activity could name."""
        return SimpleNamespace(id=row.user_id, user_id=row.user_id)


@admin.register(CalendarFeed)
class CalendarFeedAdmin(OperatedAdmin):
    list_display = ("created_at", "user")
    ordering = ("-pk",)
    found_by = ()
    fields = ("user", "created_at")
    actions = ("revoke",)

    @admin.action(description="Revoke: the address opens nothing any more", permissions=["operate"])
    def revoke(self, request: HttpRequest, feeds: QuerySet[CalendarFeed]) -> None:
        now = timezone.now()
        self.report(request, feeds, lambda row: services.revoke_feed(actor=system(row.user_id), now=now))
