from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models

from voice2task.kernel.identifiers import uuid7


class Import(models.Model):
    """A file that a user brought, and what became of it. `content` is kept until it has been read."""

    class Status(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        FINISHED = "finished"
        FAILED = "failed"

    class OnError(models.TextChoices):
        SKIP = "skip"
        ABORT = "abort"

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="imports")
    format = models.CharField(max_length=32)
    on_error = models.CharField(max_length=8, choices=OnError)
    list_name = models.CharField(max_length=200, blank=True, default="")
    content = models.BinaryField(default=b"", editable=False)
    status = models.CharField(max_length=16, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    report = models.JSONField(default=dict, blank=True)
    error_code = models.CharField(max_length=64, blank=True, default="")
    error_message = models.CharField(max_length=500, blank=True, default="")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=("user", "-id"), name="import_user")]

    def __str__(self) -> str:
        return f"{self.status} {self.format}"
