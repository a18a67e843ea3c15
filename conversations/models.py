from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models

from conversations.querysets import ConversationQuerySet, MessageQuerySet, TurnQuerySet
from voice2task.kernel.identifiers import uuid7


def _key() -> models.UUIDField[UUID, UUID]:
    return models.UUIDField(primary_key=True, default=uuid7, editable=False)


class Conversation(models.Model):
    """A thread of messages. Its turns run one after another, in the order of their messages."""

    id = _key()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="conversations")
    title = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = ConversationQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=("user", "-id"), name="conversation_user")]

    def __str__(self) -> str:
        return self.title


class Message(models.Model):
    """What one side said. A user's message carries the client's own id: the same id, the same message."""

    class Role(models.TextChoices):
        USER = "user"
        ASSISTANT = "assistant"

    id = _key()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="messages")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    turn = models.ForeignKey("Turn", on_delete=models.CASCADE, related_name="messages")
    client_id = models.UUIDField(null=True, blank=True)
    role = models.CharField(max_length=16, choices=Role)
    text = models.TextField()
    recorded_at = models.DateTimeField()
    created_at = models.DateTimeField()

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("user", "client_id"), name="message_user_client_id")
        ]
        indexes: ClassVar = [
            models.Index(fields=("conversation", "-id"), name="message_conversation"),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.text[:60]}"


class Turn(models.Model):
    """The agent's work on one message. Durable: it ends in a final state whatever dies on the way.

    `epoch` counts the claims: only the worker that holds the newest one may write. `seq` is that of the
    activity which posted the message and orders the turns of a user.
    """

    class Status(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        COMPLETED = "completed"
        FAILED = "failed"

    LIVE = (Status.QUEUED, Status.RUNNING)

    id = _key()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="turns")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="turns")
    seq = models.BigIntegerField()
    status = models.CharField(max_length=32, choices=Status, default=Status.QUEUED)
    epoch = models.PositiveIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    engine = models.CharField(max_length=64, blank=True)
    choices = models.JSONField(default=list, blank=True)
    error_code = models.CharField(max_length=64, blank=True)
    error_message = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = TurnQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=("user", "-seq"), name="turn_user_seq"),
            models.Index(
                fields=("conversation", "seq"),
                name="turn_live_in_conversation",
                condition=models.Q(status__in=("queued", "running")),
            ),
            models.Index(
                fields=("lease_expires_at",), name="turn_lease", condition=models.Q(status="running")
            ),
            models.Index(
                fields=("next_attempt_at",), name="turn_attempt", condition=models.Q(status="queued")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} turn {self.id}"

    @property
    def ended(self) -> bool:
        return self.status not in self.LIVE


class TurnStep(models.Model):
    """One finished answer of a provider, or one tool's result. A resumed turn reuses what stands here."""

    class Kind(models.TextChoices):
        ANSWER = "answer"
        TOOL = "tool"

    id = _key()
    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="steps")
    index = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=Kind)
    engine = models.CharField(max_length=64, blank=True)
    text = models.TextField(blank=True)
    # Of an answer: [{"id", "name", "arguments"}]; of a tool: the one call it ran.
    tool_calls = models.JSONField(default=list)
    result = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("turn", "index"), name="turn_step_once")]
        ordering = ("turn", "index")

    def __str__(self) -> str:
        return f"{self.kind} {self.index}"
