from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BTreeIndex
from django.db import models

from activities.notification_querysets import (
    NotificationDeliveryQuerySet,
    NotificationQuerySet,
    PushSubscriptionQuerySet,
)
from activities.querysets import ActivityQuerySet, OutboxQuerySet, UserStreamQuerySet
from voice2task.kernel.identifiers import uuid7

MAX_TITLE = 200
MAX_BODY = 500
MAX_ENDPOINT = 1000


class UserStream(models.Model):
    """The last number a user's activities have reached. Its row lock orders all of a user's changes.

    `followed` are the kinds of which jobs that nobody else needs (`settings.JOBS_ON_REQUEST`) are to hear.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="stream"
    )
    last_seq = models.BigIntegerField(default=0)
    followed = ArrayField(models.CharField(max_length=64), default=list)

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


class Notification(models.Model):
    """What a user is told of one activity: `activities.notices` says which, and how it reads.

    `activity_id` is no foreign key: activities may be deleted earlier. `data` is what a client needs to go
    on, such as the task of a reminder.
    """

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications", db_index=False
    )
    activity_id = models.UUIDField(unique=True, editable=False)
    kind = models.CharField(max_length=64)
    title = models.CharField(max_length=MAX_TITLE)
    body = models.CharField(max_length=MAX_BODY, blank=True)
    subject_type = models.CharField(max_length=32)
    subject_id = models.UUIDField()
    data = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            BTreeIndex(fields=("user", "id"), name="notification_user"),
            BTreeIndex(
                fields=("user", "id"),
                name="notification_unread",
                condition=models.Q(read_at__isnull=True),
            ),
            BTreeIndex(fields=("created_at",), name="notification_created"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class PushSubscription(models.Model):
    """Where a browser of the user takes Web Push (RFC 8030), and the keys to encrypt for it (RFC 8291).

    `endpoint` is a secret: whoever knows it can send there.
    """

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="push_subscriptions", db_index=False
    )
    endpoint = models.CharField(max_length=MAX_ENDPOINT)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=30)
    expires_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects = PushSubscriptionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("user", "endpoint"), name="push_subscription_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} from {self.created_at:%Y-%m-%d}"


class NotificationDelivery(models.Model):
    """One notification on its way out of the house, to one browser or by mail.

    It may be tried from `next_attempt_at` on: while a sender has it, that is when it is taken for dead. The
    sweep enqueues what nobody has tried by `sweep_at`.
    """

    class Channel(models.TextChoices):
        PUSH = "push"
        EMAIL = "email"

    class Status(models.TextChoices):
        PENDING = "pending"
        SENT = "sent"
        SKIPPED = "skipped"
        FAILED = "failed"

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notification = models.ForeignKey(Notification, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8, choices=Channel)
    subscription = models.ForeignKey(
        PushSubscription, null=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    status = models.CharField(max_length=8, choices=Status, default=Status.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    sweep_at = models.DateTimeField()
    error = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "notification deliveries"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(channel="push", subscription__isnull=False)
                | models.Q(channel="email", subscription__isnull=True),
                name="delivery_has_its_address",
            )
        ]
        indexes: ClassVar = [
            BTreeIndex(fields=("sweep_at",), name="delivery_waiting", condition=models.Q(status="pending")),
        ]

    def __str__(self) -> str:
        return f"{self.channel}: {self.status}"
