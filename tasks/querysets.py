from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, Min, OuterRef, Q, Value
from django.db.models.functions import Lower

from tasks.references import Candidate

if TYPE_CHECKING:
    from tasks.models import Label, Reminder, Task, TaskList


CLOSED = ("done", "dismissed")

LIST_FIELDS = ("id", "name", "is_inbox", "position", "colour", "archived_at", "created_at")
LABEL_FIELDS = ("id", "name", "created_at")
REMINDER_FIELDS = (
    "id",
    "task_id",
    "remind_at",
    "lead_minutes",
    "snoozed_until",
    "fires_at",
    "fired_at",
    "created_at",
)
TASK_FIELDS = (
    "id",
    "title",
    "notes",
    "status",
    "priority",
    "due_on",
    "due_at",
    "start_on",
    "estimate_minutes",
    "rrule",
    "exdates",
    "repeat_from",
    "list_id",
    "parent_id",
    "position",
    "links",
    "source_span",
    "version",
    "created_at",
    "updated_at",
    "completed_at",
    "trashed_at",
)


class TaskListQuerySet(models.QuerySet["TaskList"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def named(self, name: str) -> Self:
        """By name, in whatever case: compared as the unique constraint does."""
        return self.alias(folded=Lower("name")).filter(folded=Lower(Value(name)))

    def rows(self) -> models.QuerySet[TaskList, dict[str, Any]]:
        """Rows with just what `tasks.representation.render_list` needs."""
        rows: models.QuerySet[TaskList, dict[str, Any]] = self.values(*LIST_FIELDS)
        return rows


class LabelQuerySet(models.QuerySet["Label"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def named(self, name: str) -> Self:
        """By name, in whatever case: compared as the unique constraint does."""
        return self.alias(folded=Lower("name")).filter(folded=Lower(Value(name)))

    def rows(self) -> models.QuerySet[Label, dict[str, Any]]:
        """Rows with just what `tasks.representation.render_label` needs."""
        rows: models.QuerySet[Label, dict[str, Any]] = self.values(*LABEL_FIELDS)
        return rows


class TaskQuerySet(models.QuerySet["Task"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def kept(self) -> Self:
        """Not in the trash."""
        return self.filter(trashed_at__isnull=True)

    def trashed(self) -> Self:
        return self.filter(trashed_at__isnull=False)

    def trashed_before(self, moment: datetime) -> Self:
        return self.filter(trashed_at__lt=moment)

    def users_with_trash(self, before: datetime) -> models.QuerySet[Task, UUID]:
        """The users who have tasks in the trash since before a moment."""
        return self.trashed_before(before).order_by().values_list("user_id", flat=True).distinct()

    def open(self) -> Self:
        """Neither closed nor in the trash."""
        return self.kept().exclude(status__in=CLOSED)

    def in_calendar(self, *, closed_since: datetime) -> Self:
        """What a calendar shows: what is not closed, and what was closed or changed last since a moment."""
        return self.kept().filter(~Q(status__in=CLOSED) | Q(updated_at__gte=closed_since))

    def due_from(self, day: date) -> Self:
        """Due on `day` or later."""
        return self.filter(due_on__gte=day)

    def due_to(self, day: date) -> Self:
        """Due on `day` or earlier."""
        return self.filter(due_on__lte=day)

    def due_before_moment(self, moment: datetime, zone: ZoneInfo) -> Self:
        """Due earlier than `moment`; an all-day task is due when its day in `zone` begins."""
        return self.filter(_before(moment, zone))

    def due_from_moment(self, moment: datetime, zone: ZoneInfo) -> Self:
        """Due at `moment` or later, the complement of `due_before_moment`."""
        return self.filter(~_before(moment, zone), due_on__isnull=False)

    def overdue(self, now: datetime) -> Self:
        """Open and past due: timed tasks by the moment, all-day tasks once their day is over for `now`."""
        return self.open().filter(Q(due_at__lt=now) | Q(due_at__isnull=True, due_on__lt=now.date()))

    def in_list(self, name: str) -> Self:
        return self.filter(list__name__iexact=name)

    def with_label(self, name: str) -> Self:
        return self.filter(
            pk__in=self.model.labels.through.objects.filter(label__name__iexact=name).values("task")
        )

    def matching(self, text: str) -> Self:
        """Each word of `text` is somewhere in the title or the notes."""
        found = self
        for word in text.split():
            found = found.filter(Q(title__icontains=word) | Q(notes__icontains=word))
        return found

    def rows(self) -> models.QuerySet[Task, dict[str, Any]]:
        """Rows with just what `tasks.representation.render_task` needs, labels included, in one statement."""
        carried = self.model.labels.through.objects.filter(task=OuterRef("pk"))
        labels = carried.order_by().values("label__name")
        rows: models.QuerySet[Task, dict[str, Any]] = self.values(
            *TASK_FIELDS, list_name=F("list__name"), label_names=ArraySubquery(labels)
        )
        return rows

    def loaded(self) -> Self:
        """Instances with the list and the labels that `tasks.representation.render_task` reads."""
        return self.select_related("list").prefetch_related("labels")

    def candidates(self) -> list[Candidate]:
        """What `tasks.references.resolve` chooses among."""
        rows = self.order_by().values_list("id", "title", "status", "updated_at")
        return [Candidate(id_, title, status not in CLOSED, at) for id_, title, status, at in rows]

    def with_descendants(self, task_ids: Iterable[UUID]) -> set[UUID]:
        """The ids given and those of all subtasks below them, within this queryset."""
        found = set(task_ids)
        frontier = found
        while frontier:
            children = self.filter(parent_id__in=frontier).values_list("id", flat=True)
            frontier = set(children) - found
            found |= frontier
        return found


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def of_open_tasks(self) -> Self:
        """Of tasks that are neither closed nor in the trash."""
        return self.filter(task__trashed_at__isnull=True).exclude(task__status__in=CLOSED)

    def waiting(self) -> Self:
        """Those whose moment is to come, or has come without anybody being told."""
        return self.filter(fires_at__isnull=False, fired_at__isnull=True)

    def overdue(self, now: datetime) -> Self:
        """Those whose moment has come, and of which nobody was told."""
        return self.filter(fires_at__lte=now, fired_at__isnull=True)

    def fired(self) -> Self:
        return self.filter(fired_at__isnull=False)

    def latest_first(self) -> Self:
        """Those that came last before those that are still to come, soonest first."""
        return self.order_by(F("fired_at").desc(nulls_last=True), F("fires_at").asc(nulls_last=True), "id")

    def users_waiting_longest(self) -> list[UUID]:
        """Whose reminders these are, the user of the earliest first."""
        first = self.order_by().values("user_id").annotate(first=Min("fires_at"))
        return list(first.order_by("first").values_list("user_id", flat=True))

    def rows(self) -> models.QuerySet[Reminder, dict[str, Any]]:
        """Rows with just what `tasks.representation.render_reminder` needs."""
        rows: models.QuerySet[Reminder, dict[str, Any]] = self.values(
            *REMINDER_FIELDS, title=F("task__title")
        )
        return rows

    def loaded(self) -> Self:
        """Instances with the task, whose title `tasks.representation.render_reminder` reads."""
        return self.select_related("task")


def _before(moment: datetime, zone: ZoneInfo) -> Q:
    local = moment.astimezone(zone)
    # A day that begins at `moment` itself is not before it.
    begun = Q(due_on__lt=local.date()) if local.time() == time.min else Q(due_on__lte=local.date())
    return Q(due_at__lt=moment) | (Q(due_at__isnull=True) & begun)
