from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from integrations.querysets import WorkflowQuerySet, WorkflowRunQuerySet
from voice2task.kernel.identifiers import uuid7

LONGEST_TIMEOUT_SECONDS = 300


def _key() -> models.UUIDField[UUID, UUID]:
    return models.UUIDField(primary_key=True, default=uuid7, editable=False)


class Workflow(models.Model):
    """Something outside that the agent can set in motion: a tool of its own while it is active.

    Without an owner it is staff's, and every user has it. `token` is kept encrypted (`integrations.secrets`).
    """

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
    url = models.CharField(max_length=1000)
    token = models.BinaryField(default=b"", blank=True)
    timeout_seconds = models.PositiveSmallIntegerField(
        default=20, validators=[MinValueValidator(1), MaxValueValidator(LONGEST_TIMEOUT_SECONDS)]
    )
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = WorkflowQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("owner", "name"), name="workflow_name", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return self.name


class WorkflowRun(models.Model):
    """One time that a workflow is set in motion. Its id is the same however often it has to be sent."""

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
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.name}"

    @property
    def ended(self) -> bool:
        return self.status in self.ENDED
