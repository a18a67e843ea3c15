from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from integrations.querysets import (
    DeliveryQuerySet,
    WebhookEndpointQuerySet,
    WorkflowQuerySet,
    WorkflowRunQuerySet,
)
from voice2task.kernel.identifiers import uuid7

# Of one that answers at once; of one that calls back it is a day.
LONGEST_TIMEOUT_SECONDS = 300
LONGEST_CALLBACK_SECONDS = 24 * 3600


def _key() -> models.UUIDField[UUID, UUID]:
    return models.UUIDField(primary_key=True, default=uuid7, editable=False)


class Target(models.Model):
    """Where deliveries go. After failures in a row it rests for a while (`integrations.deliveries.breaker`).

    `signing_secret` signs what is sent, and is kept encrypted like every secret (`kernel.sealing`);
    after a rotation the one before it stays good for a day.
    """

    url = models.CharField(max_length=1000)
    signing_secret = models.BinaryField(default=b"", blank=True)
    former_secret = models.BinaryField(default=b"", blank=True)
    rotated_at = models.DateTimeField(null=True, blank=True)
    failures_in_a_row = models.PositiveIntegerField(default=0)
    rests_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class Workflow(Target):
    """Something outside that the agent can set in motion: a tool of its own while it is active.

    Without an owner it is staff's, and every user has it. One that `calls_back` accepts a run at once and
    reports later. `capability` names what the product itself may use it for. `n8n_id` is its id in the n8n
    of `N8N_URL`, if it was found there.
    """

    class Effect(models.TextChoices):
        READ = "read"
        OUTWARD = "outward"

    class Capability(models.TextChoices):
        NONE = "", "none"
        CALENDAR_EVENT = "calendar_event"

    id = _key()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="workflows",
        help_text="Empty: every user has it.",
    )
    name = models.CharField(max_length=48, help_text="The tool's name: lower case letters, digits, _.")
    description = models.TextField(max_length=1000, help_text="For the model: what it does, and when.")
    input_schema = models.JSONField(default=dict, help_text="JSON Schema of an object.")
    token = models.BinaryField(default=b"", blank=True)
    calls_back = models.BooleanField(default=False, help_text="It accepts a run and reports later.")
    timeout_seconds = models.PositiveIntegerField(
        default=20, validators=[MinValueValidator(1), MaxValueValidator(LONGEST_CALLBACK_SECONDS)]
    )
    effect = models.CharField(
        max_length=16, choices=Effect, default=Effect.OUTWARD, help_text="Only what reads does not ask."
    )
    capability = models.CharField(max_length=32, choices=Capability, default=Capability.NONE, blank=True)
    compensation = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="compensates",
        help_text="The workflow that takes back what this one did, on undo.",
    )
    n8n_id = models.CharField(max_length=64, blank=True)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = WorkflowQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("owner", "name"), name="workflow_name", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return self.name


class WorkflowRun(models.Model):
    """One time that a workflow is set in motion. Its id is the same however often it has to be sent.

    `execution_id` is what n8n calls it. `late_output` is what came after nobody waited for it any more.
    """

    class Status(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        TIMED_OUT = "timed_out"
        CANCELLED = "cancelled"

    ENDED = (Status.DONE, Status.FAILED, Status.TIMED_OUT, Status.CANCELLED)

    id = _key()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="workflow_runs")
    workflow = models.ForeignKey(Workflow, on_delete=models.SET_NULL, null=True, related_name="runs")
    name = models.CharField(max_length=48)
    turn_id = models.UUIDField(null=True, blank=True)
    input = models.JSONField(default=dict)
    status = models.CharField(max_length=16, choices=Status, default=Status.QUEUED)
    output = models.JSONField(null=True, blank=True)
    calls_back = models.BooleanField(default=False)
    compensates = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="compensation"
    )
    execution_id = models.CharField(max_length=64, blank=True)
    callback_id = models.CharField(max_length=255, blank=True)
    late_output = models.JSONField(null=True, blank=True)
    late_at = models.DateTimeField(null=True, blank=True)
    looked_up_at = models.DateTimeField(null=True, blank=True)
    error_code = models.CharField(max_length=64, blank=True)
    error_message = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    deadline_at = models.DateTimeField()

    objects = WorkflowRunQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=("user", "-id"), name="run_user"),
            models.Index(fields=("turn_id",), name="run_turn", condition=models.Q(turn_id__isnull=False)),
            models.Index(
                fields=("deadline_at",),
                name="run_unended",
                condition=models.Q(status__in=("queued", "sent", "running")),
            ),
            models.Index(
                fields=("execution_id",), name="run_execution", condition=~models.Q(execution_id="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.name}"

    @property
    def ended(self) -> bool:
        return self.status in self.ENDED


class WebhookEndpoint(Target):
    """An address of a user's that hears of the kinds of activity it is subscribed to."""

    class Status(models.TextChoices):
        ACTIVE = "active"
        PAUSED = "paused"
        DISABLED = "disabled"

    id = _key()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="webhooks")
    description = models.CharField(max_length=200, blank=True)
    kinds = ArrayField(models.CharField(max_length=64))
    status = models.CharField(max_length=16, choices=Status, default=Status.ACTIVE)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = WebhookEndpointQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=("user", "-id"), name="webhook_user"),
            models.Index(
                fields=("-failures_in_a_row",),
                name="webhook_failing",
                condition=models.Q(failures_in_a_row__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} endpoint {self.id}"


class Delivery(models.Model):
    """One message to one target, owed until it is delivered, dead or cancelled. Its id is its `webhook-id`.

    That of a run has the run's id, and makes its body anew each time; that of an endpoint keeps its body.
    `tries` counts against the schedule, and begins anew when somebody sends it again; `attempts_made` fences:
    only the attempt that was made last may say how it went.
    """

    class Status(models.TextChoices):
        PENDING = "pending"
        SENDING = "sending"
        DELIVERED = "delivered"
        DEAD = "dead"
        CANCELLED = "cancelled"

    id = _key()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deliveries")
    run = models.OneToOneField(
        WorkflowRun, on_delete=models.CASCADE, null=True, blank=True, related_name="delivery"
    )
    endpoint = models.ForeignKey(
        WebhookEndpoint, on_delete=models.CASCADE, null=True, blank=True, related_name="deliveries"
    )
    activity_id = models.UUIDField(null=True, blank=True)
    kind = models.CharField(max_length=64)
    body = models.TextField(blank=True)
    host = models.CharField(max_length=260)
    status = models.CharField(max_length=16, choices=Status, default=Status.PENDING)
    tries = models.PositiveSmallIntegerField(default=0)
    attempts_made = models.PositiveIntegerField(default=0)
    first_tried_at = models.DateTimeField(null=True, blank=True)
    next_attempt_at = models.DateTimeField()
    enqueued_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    error_code = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("endpoint", "activity_id"), name="delivery_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=("host", "next_attempt_at"),
                name="delivery_due",
                condition=models.Q(status="pending"),
            ),
            models.Index(fields=("host",), name="delivery_sending", condition=models.Q(status="sending")),
            models.Index(fields=("user", "-id"), name="delivery_user"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def target(self) -> Workflow | WebhookEndpoint | None:
        """Where it goes; None if that is gone."""
        return self.run.workflow if self.run else self.endpoint


class DeliveryAttempt(models.Model):
    """One request and what was answered, without secrets."""

    id = _key()
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveIntegerField()
    url = models.CharField(max_length=1000)
    request_headers = models.JSONField(default=dict)
    request_body = models.TextField(blank=True)
    status_code = models.PositiveSmallIntegerField(null=True, blank=True)
    response_headers = models.JSONField(default=dict)
    response_body = models.TextField(blank=True)
    outcome = models.CharField(max_length=16)
    error_code = models.CharField(max_length=64, blank=True)
    error_message = models.CharField(max_length=500, blank=True)
    started_at = models.DateTimeField()
    duration_ms = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("delivery", "number"), name="attempt_once")]

    def __str__(self) -> str:
        return f"{self.number}: {self.outcome}"
