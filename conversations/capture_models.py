"""What was spoken: the recording, kept before anything is done with it."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models

from conversations.capture_querysets import CaptureQuerySet
from voice2task.kernel.identifiers import uuid7


def capture_storage() -> Storage:
    storage: Storage = storages["captures"]
    return storage


class Capture(models.Model):
    """One recording under the client's own id, and its way to a message and a turn.

    While it is `recording`, what has arrived lies in chunks; then in `audio`. `message_id` and `turn_id` are
    promised from the start and exist once it is `transcribed`. `epoch` counts the claims of workers,
    `failures` those whose worker vanished, `attempts` those that no engine answered.
    """

    class Status(models.TextChoices):
        RECORDING = "recording"
        KEPT = "kept"
        TRANSCRIBING = "transcribing"
        TRANSCRIBED = "transcribed"
        SILENT = "silent"
        FAILED = "failed"
        CANCELLED = "cancelled"

    ENDED = (Status.TRANSCRIBED, Status.SILENT, Status.FAILED, Status.CANCELLED)

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="captures")
    # The words go with their conversation, see `delete_conversation`; the row tells which file to delete.
    conversation = models.ForeignKey(
        "conversations.Conversation",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="captures",
    )
    client_id = models.UUIDField()
    message_id = models.UUIDField(default=uuid7)
    turn_id = models.UUIDField(default=uuid7)
    status = models.CharField(max_length=16, choices=Status, default=Status.RECORDING)
    mime = models.CharField(max_length=100)
    # What the client says it is spoken in, and then what it was; empty if nobody knows.
    language = models.CharField(max_length=16, blank=True)
    recorded_at = models.DateTimeField()
    timezone = models.CharField(max_length=64)
    received = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(null=True, blank=True)
    audio = models.FileField(storage=capture_storage, blank=True, max_length=255)
    audio_deleted_at = models.DateTimeField(null=True, blank=True)
    # `heard` is what the engine heard, `text` what counts: the same, unless the user has corrected it.
    text = models.TextField(blank=True)
    heard = models.TextField(blank=True)
    engine = models.CharField(max_length=64, blank=True)
    confidence = models.FloatField(null=True, blank=True)
    # [{"engine", "code"}]: who was asked in vain, the last time.
    fallbacks = models.JSONField(default=list, blank=True)
    epoch = models.PositiveIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    error_code = models.CharField(max_length=64, blank=True)
    error_message = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    # When the last of it arrived.
    touched_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = CaptureQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("user", "client_id"), name="capture_user_client_id")
        ]
        indexes: ClassVar = [
            models.Index(fields=("user", "-id"), name="capture_user"),
            models.Index(fields=("turn_id",), name="capture_turn"),
            models.Index(
                fields=("next_attempt_at",),
                name="capture_unended",
                condition=models.Q(status__in=("recording", "kept", "transcribing")),
            ),
            models.Index(
                fields=("created_at",),
                name="capture_with_audio",
                condition=~models.Q(audio=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} capture {self.id}"

    @property
    def ended(self) -> bool:
        return self.status in self.ENDED

    @property
    def has_audio(self) -> bool:
        return bool(self.audio) and self.audio_deleted_at is None


class CaptureChunk(models.Model):
    """A piece of a recording in progress, as it came; `start` is its first byte's place in the whole."""

    capture = models.ForeignKey(Capture, on_delete=models.CASCADE, related_name="chunks")
    start = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("capture", "start"), name="capture_chunk_once")
        ]
        ordering = ("capture", "start")

    def __str__(self) -> str:
        return f"from byte {self.start}"
