"""Lists, labels and tasks as an operator sees them. Every change goes through the services."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.widgets import UnfoldAdminTextInputWidget

from accounts.actors import Actor
from tasks import services
from tasks.models import CalendarFeed, Label, Reminder, Task, TaskList, Word
from voice2task.kernel.admin import AnyForm, OperatedAdmin, ReadOnlyAdmin, ServiceAdmin
from voice2task.kernel.errors import ApplicationError


def system(user_id: UUID) -> Actor:
    """An operator is the system to the user, who finds what was done among their activities."""
    return Actor(user_id, "system")


@admin.register(TaskList)
class TaskListAdmin(ServiceAdmin):
    list_display = ("name", "user", "is_inbox", "created_at")
    list_filter = ("is_inbox",)
    search_fields = ("name", "user__email")
    fields = ("user", "name", "colour")
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
class LabelAdmin(ServiceAdmin):
    list_display = ("name", "user", "created_at")
    search_fields = ("name", "user__email")
    fields = ("user", "name")
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
class TaskAdmin(ServiceAdmin):
    form = TaskForm
    list_display = ("title", "user", "list", "status", "priority", "due_on", "trashed_at")
    list_filter = ("status", "priority", ("trashed_at", admin.EmptyFieldListFilter))
    list_select_related = ("user", "list")
    search_fields = ("title", "user__email")
    autocomplete_fields = ("user", "list", "parent")
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
        for task in tasks:
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
    list_display = ("task", "user", "remind_at", "lead_minutes", "fires_at", "fired_at")
    list_select_related = ("user", "task")
    search_fields = ("user__email", "task__title")
    ordering = ("-id",)
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
class WordAdmin(ReadOnlyAdmin):
    """What the search knows of a user's tasks."""

    list_display = ("word", "user", "tasks")
    list_select_related = ("user",)
    search_fields = ("=word", "user__email")
    ordering = ("-id",)


@admin.register(CalendarFeed)
class CalendarFeedAdmin(OperatedAdmin):
    list_display = ("user", "created_at")
    list_select_related = ("user",)
    search_fields = ("user__email",)
    ordering = ("-created_at",)
    fields = ("user", "created_at")
    actions = ("revoke",)

    @admin.action(description="Revoke: the address opens nothing any more", permissions=["operate"])
    def revoke(self, request: HttpRequest, feeds: QuerySet[CalendarFeed]) -> None:
        now = timezone.now()
        self.report(request, feeds, lambda row: services.revoke_feed(actor=system(row.user_id), now=now))
