from __future__ import annotations

import builtins
from datetime import date
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.indexes import BTreeIndex, GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F
from django.db.models.functions import Lower
from django.utils import timezone

from tasks.querysets import (
    DUE_MOMENT,
    LabelQuerySet,
    ReminderQuerySet,
    TaskListQuerySet,
    TaskQuerySet,
    WordQuerySet,
)
from voice2task.kernel.identifiers import uuid7

MAX_NAME = 200
MAX_TITLE = 500
MAX_RRULE = 500
MAX_RANK = 2000
MAX_LINK = 2000
MAX_WORD = 64


class TaskList(models.Model):
    """A named list of tasks. Each user has one Inbox, where tasks go that name no list."""

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="task_lists")
    name = models.CharField(max_length=MAX_NAME)
    is_inbox = models.BooleanField(default=False, editable=False)
    # Ranks compare byte by byte; see `tasks.ranks`.
    position = models.CharField(max_length=MAX_RANK, db_collation="C", editable=False)
    colour = models.CharField(max_length=7, blank=True, default="")
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TaskListQuerySet.as_manager()

    class Meta:
        verbose_name = "list"
        constraints: ClassVar = [
            models.UniqueConstraint("user", Lower("name"), name="list_user_name_ci"),
            models.UniqueConstraint(
                fields=("user",), name="list_one_inbox", condition=models.Q(is_inbox=True)
            ),
        ]

    def __str__(self) -> str:
        return f"list {self.id}"


class Label(models.Model):
    """A word that tasks of any list can carry."""

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="labels")
    name = models.CharField(max_length=MAX_NAME)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = LabelQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("user", Lower("name"), name="label_user_name_ci")]

    def __str__(self) -> str:
        return f"label {self.id}"


class Task(models.Model):
    """Something to do.

    Due is a date, or a date with a moment: `due_at` is null for an all-day task, and where it is set,
    `due_on` is its date in the user's timezone. Nothing is to be done about it before `start_on`. `links`
    are `[{"url", "title"}]`. `source_span` says which words of which message gave which field:
    `{name: {"message_id", "start", "end"}}`, in characters. `version` counts the changes.
    """

    class Status(models.TextChoices):
        BACKLOG = "backlog"
        OPEN = "open"
        IN_PROGRESS = "in_progress"
        WAITING = "waiting"
        DONE = "done"
        DISMISSED = "dismissed"

    class Priority(models.TextChoices):
        NONE = "none"
        LOW = "low"
        MEDIUM = "medium"
        HIGH = "high"
        URGENT = "urgent"

    class RepeatFrom(models.TextChoices):
        DUE = "due"
        COMPLETION = "completion"

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tasks", db_index=False
    )
    list = models.ForeignKey(TaskList, on_delete=models.RESTRICT, related_name="tasks", db_index=False)
    title = models.CharField(max_length=MAX_TITLE)
    notes = models.TextField(blank=True, default="")
    status = models.CharField(max_length=16, choices=Status, default=Status.OPEN)
    priority = models.CharField(max_length=8, choices=Priority, default=Priority.NONE)
    due_on = models.DateField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    start_on = models.DateField(null=True, blank=True)
    estimate_minutes = models.PositiveIntegerField(null=True, blank=True)
    rrule = models.CharField(max_length=MAX_RRULE, blank=True, default="")
    # Days on which the rule does not hold: ["YYYY-MM-DD"], in order. What RFC 5545 calls EXDATE.
    exdates = models.JSONField(default=builtins.list, blank=True, editable=False)
    repeat_from = models.CharField(max_length=16, choices=RepeatFrom, default=RepeatFrom.DUE)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="subtasks"
    )
    position = models.CharField(max_length=MAX_RANK, db_collation="C", editable=False)
    labels = models.ManyToManyField(Label, related_name="tasks", blank=True)
    links = models.JSONField(default=builtins.list, blank=True, editable=False)
    source_span = models.JSONField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    completed_at = models.DateTimeField(null=True, editable=False)
    trashed_at = models.DateTimeField(null=True, editable=False)
    # What `tasks.search` looks in. Triggers keep it: nobody else writes it, and nobody needs to read it.
    words = SearchVectorField(null=True, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            # Two tasks never share a place; in the trash places do not count.
            models.UniqueConstraint(
                fields=("list", "position"), name="task_place", condition=models.Q(trashed_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=models.Q(status="done", completed_at__isnull=False)
                | (~models.Q(status="done") & models.Q(completed_at__isnull=True)),
                name="task_done_has_moment",
            ),
            models.CheckConstraint(
                condition=models.Q(due_at__isnull=True) | models.Q(due_on__isnull=False),
                name="task_due_moment_has_date",
            ),
        ]
        indexes: ClassVar = [
            BTreeIndex(fields=("user", "id"), name="task_user_id"),
            BTreeIndex(fields=("list", "id"), name="task_list_id"),
            BTreeIndex(fields=("user", "status", "due_on"), name="task_user_due"),
            # The order "due", as pages ask for it.
            BTreeIndex(
                F("user"),
                F("due_on"),
                DUE_MOMENT,
                F("id"),
                name="task_due_order",
                condition=models.Q(due_on__isnull=False, trashed_at__isnull=True),
            ),
            BTreeIndex(
                fields=("user", "id"), name="task_user_trash", condition=models.Q(trashed_at__isnull=False)
            ),
            # Without the list of pending entries, which every search would have to read through.
            GinIndex(fields=("words",), name="task_words", fastupdate=False),
            BTreeIndex(
                fields=("trashed_at",), name="task_trash", condition=models.Q(trashed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"task {self.id}"

    @property
    def days_left_out(self) -> set[date]:
        return {date.fromisoformat(day) for day in self.exdates}


class Word(models.Model):
    """How many of a user's tasks have a word in their title or notes. Triggers on the tasks keep the count.

    Folded as the database function `tasks_words` does it. A word that begins with "#" stands for the list or
    label whose id ends in what follows.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="words",
        db_index=False,
        editable=False,
    )
    word = models.CharField(max_length=MAX_WORD, db_collation="C", editable=False)
    tasks = models.IntegerField(editable=False)

    objects = WordQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("user", "word"), name="word_once")]

    def __str__(self) -> str:
        return f"word {self.pk}"


class Reminder(models.Model):
    """Reminds of a task at `remind_at`, or `lead_minutes` before it is due; once snoozed, at `snoozed_until`.

    `fires_at` is the moment that follows from these and from the task, null while none is to come: the task
    is not due, closed or in the trash, or the moment was past when the task changed. `fired_at` is when the
    user was last reminded, null again as soon as another moment is to come.
    """

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders", db_index=False
    )
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="reminders")
    remind_at = models.DateTimeField(null=True, blank=True)
    lead_minutes = models.PositiveIntegerField(null=True, blank=True)
    snoozed_until = models.DateTimeField(null=True, editable=False)
    fires_at = models.DateTimeField(null=True, editable=False)
    fired_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(remind_at__isnull=True, lead_minutes__isnull=False)
                | models.Q(remind_at__isnull=False, lead_minutes__isnull=True),
                name="reminder_one_moment",
                violation_error_message="Give a moment or a lead, one of them.",
            ),
        ]
        indexes: ClassVar = [
            BTreeIndex(fields=("user", "fired_at"), name="reminder_user"),
            BTreeIndex(
                fields=("fires_at",), name="reminder_waiting", condition=models.Q(fired_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"reminder {self.id} at {self.fires_at}"


class CalendarFeed(models.Model):
    """The address under which a calendar reads a user's tasks without a login; its secret is kept hashed."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    # SHA-256 of the secret, in hexadecimal: it has 256 random bits, which no slow hash need protect.
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(editable=False)

    def __str__(self) -> str:
        return f"feed of {self.created_at:%Y-%m-%d}"


CLOSED_STATUSES = (Task.Status.DONE, Task.Status.DISMISSED)
