from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models

from conversations.capture_models import Capture, CaptureChunk  # noqa: F401 - models of this app
from conversations.querysets import (
    ApprovalQuerySet,
    ConversationQuerySet,
    MessageQuerySet,
    OwnedQuerySet,
    TurnQuerySet,
    TurnStepQuerySet,
)
from conversations.request_models import LLMRequest  # noqa: F401 - a model of this app
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
        return f"conversation {self.id}"


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
    # Of what was spoken: how it came, see `services.captures.voice_of`; null of what was typed.
    voice = models.JSONField(null=True, blank=True)
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
        return f"{self.role} message {self.id}"


class Turn(models.Model):
    """The agent's work on one message. Durable: it ends in a final state whatever dies on the way.

    `epoch` counts the claims: only the worker that holds the newest one may write. `seq` is that of the
    activity which posted the message and orders the turns of a user.
    """

    class Status(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        AWAITING_APPROVAL = "awaiting_approval"
        COMPLETED = "completed"
        FAILED = "failed"
        STOPPED = "stopped"

    ENDED = (Status.COMPLETED, Status.FAILED, Status.STOPPED)

    id = _key()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="turns")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="turns")
    seq = models.BigIntegerField()
    status = models.CharField(max_length=32, choices=Status, default=Status.QUEUED)
    epoch = models.PositiveIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    stop_requested_at = models.DateTimeField(null=True, blank=True)
    engine = models.CharField(max_length=64, blank=True)
    # [{"engine", "code"}]: who was asked before the engine that answered, and why that one did not.
    fallbacks = models.JSONField(default=list, db_default=[], blank=True)
    choices = models.JSONField(default=list, blank=True)
    error_code = models.CharField(max_length=64, blank=True)
    error_message = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    # Of one that completed: from the posted message to the first text of its reply.
    first_delta_ms = models.PositiveIntegerField(null=True, blank=True)
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
                fields=("user",),
                name="turn_live_of_user",
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
        return self.status in self.ENDED


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
    # Of an answer: its sentences that claimed what no tool had done. It was not let stand.
    unsupported = models.JSONField(default=list, db_default=[])
    # Of a tool: how many things it changed without having asked.
    rows = models.PositiveIntegerField(default=0, db_default=0)
    created_at = models.DateTimeField()

    objects = TurnStepQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("turn", "index"), name="turn_step_once")]
        ordering = ("turn", "index")

    def __str__(self) -> str:
        return f"{self.kind} {self.index}"


class Approval(models.Model):
    """A tool call that waits for the user. It is for exactly this tool with these arguments (`digest`)."""

    class Status(models.TextChoices):
        PENDING = "pending"
        APPROVED = "approved"
        REJECTED = "rejected"
        EXPIRED = "expired"
        CANCELLED = "cancelled"

    class Reason(models.TextChoices):
        MANY = "many"
        IRREVERSIBLE = "irreversible"
        OUTWARD = "outward"
        UNTRUSTED = "untrusted"

    id = _key()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="approvals")
    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="approvals")
    step_index = models.PositiveSmallIntegerField()
    tool = models.CharField(max_length=64)
    arguments = models.JSONField()
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=16, choices=Reason)
    # What a trial run, taken back at once, has shown: [{"kind", "subject_type", "subject_id", "name"}].
    preview = models.JSONField(default=list)
    rows = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=16, choices=Status, default=Status.PENDING)
    # What the user made of the arguments, if they changed them.
    edited = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("turn", "step_index"), name="approval_once")]
        indexes: ClassVar = [
            models.Index(fields=("user", "-id"), name="approval_user"),
            models.Index(
                fields=("expires_at",), name="approval_pending", condition=models.Q(status="pending")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.tool}"


class AllowedTool(models.Model):
    """A tool that need not ask this user any more."""

    id = _key()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="allowed_tools")
    tool = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("user", "tool"), name="allowed_tool_once")]

    def __str__(self) -> str:
        return self.tool


class Memory(models.Model):
    """A fact about the user that the agent knows in every turn. `turn_id` is the turn that learned it."""

    id = _key()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memories")
    text = models.CharField(max_length=500)
    turn_id = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "memories"
        constraints: ClassVar = [models.UniqueConstraint(fields=("user", "text"), name="memory_once")]
        indexes: ClassVar = [models.Index(fields=("user", "-id"), name="memory_user")]

    def __str__(self) -> str:
        return f"memory {self.id}"
