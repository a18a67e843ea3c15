from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.indexes import BTreeIndex
from django.db import models

from activities.querysets import ActivityQuerySet, OutboxQuerySet, UserStreamQuerySet
from voice2task.kernel.identifiers import uuid7


class UserStream(models.Model):
    """The last number a user's activities have reached. Its row lock orders all of a user's changes."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="stream"
    )
    last_seq = models.BigIntegerField(default=0)

    objects = UserStreamQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user_id} at {self.last_seq}"


class Activity(models.Model):
    """One thing that happened: audit record, feed entry, live event, receipt and what undo reads.

    `before` and `after` hold the changed fields of the subject as the API shows them; a client that merges
    `after` into what it has of the subject is up to date.
    """

    class ActorKind(models.TextChoices):
        USER = "user"
        AGENT = "agent"
        SYSTEM = "system"
        WORKFLOW = "workflow"

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="activities")
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=64)
    actor = models.CharField(max_length=16, choices=ActorKind)
    turn_id = models.UUIDField(null=True, blank=True)
    subject_type = models.CharField(max_length=32)
    subject_id = models.UUIDField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    undoes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="undone_by"
    )
    at = models.DateTimeField()

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ("user", "seq")
        verbose_name_plural = "activities"
        constraints: ClassVar = [models.UniqueConstraint(fields=("user", "seq"), name="activity_user_seq")]
        indexes: ClassVar = [
            BTreeIndex(fields=("user", "kind", "seq"), name="activity_user_kind"),
            BTreeIndex(fields=("user", "subject_id", "seq"), name="activity_user_subject"),
            BTreeIndex(
                fields=("turn_id", "seq"), name="activity_turn", condition=models.Q(turn_id__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.seq}"


class Outbox(models.Model):
    """A job that an activity owes. The job deletes the row in the transaction that does its work."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="outbox")
    job = models.CharField(max_length=64)
    argument = models.UUIDField()
    due_at = models.DateTimeField()

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "outbox"
        constraints: ClassVar = [models.UniqueConstraint(fields=("activity", "job"), name="outbox_once")]
        indexes: ClassVar = [
            BTreeIndex(fields=("due_at",), name="outbox_due"),
            BTreeIndex(fields=("argument", "job"), name="outbox_argument"),
        ]

    def __str__(self) -> str:
        return f"{self.job}({self.argument})"
