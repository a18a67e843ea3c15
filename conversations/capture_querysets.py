from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import connection, models
from django.db.models import Q

if TYPE_CHECKING:
    from conversations.capture_models import Capture  # noqa: F401 - named in strings below

CLAIM = """
UPDATE conversations_capture
   SET epoch = epoch + 1,
       failures = failures + CASE WHEN status = 'transcribing' THEN 1 ELSE 0 END,
       status = 'transcribing',
       lease_expires_at = %(lease_until)s,
       next_attempt_at = NULL
 WHERE id = %(capture_id)s
   AND status IN ('kept', 'transcribing')
   AND (lease_expires_at IS NULL OR lease_expires_at < %(now)s)
RETURNING user_id, epoch, failures
"""


@dataclass(frozen=True, slots=True)
class CaptureClaim:
    """What a worker holds after claiming a capture: nobody with another epoch may write to it."""

    capture_id: UUID
    user_id: UUID
    epoch: int
    failures: int


class CaptureQuerySet(models.QuerySet["Capture"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def unended(self) -> Self:
        return self.filter(status__in=("recording", "kept", "transcribing"))

    def waiting(self) -> Self:
        """Those whose text somebody waits for and nobody has worked on yet."""
        return self.filter(status="kept", attempts=0)

    def claim(self, capture_id: UUID, *, now: datetime, lease: timedelta) -> CaptureClaim | None:
        """Take the capture for this worker, or None if another has it, or it ended.

        A claim of one that is still `transcribing` takes it from a worker whose lease ran out: a failure.
        """
        with connection.cursor() as cursor:
            cursor.execute(CLAIM, {"capture_id": capture_id, "now": now, "lease_until": now + lease})
            row = cursor.fetchone()
        return CaptureClaim(capture_id, *row) if row else None

    def held(self, claim: CaptureClaim) -> Self:
        return self.filter(id=claim.capture_id, epoch=claim.epoch, status="transcribing")

    def due(self, now: datetime) -> Self:
        """Those to be taken up now: their worker is gone, or the time of their next attempt has come."""
        gone = Q(status="transcribing", lease_expires_at__lt=now)
        return self.filter(gone | Q(status="kept", next_attempt_at__lte=now))

    def abandoned(self, before: datetime) -> Self:
        """Recordings of which nothing has come since `before`."""
        return self.filter(status="recording", touched_at__lt=before)

    def outdated(self, before: datetime) -> Self:
        """Those that ended and whose audio was kept since before `before`."""
        ended = self.exclude(status__in=("recording", "kept", "transcribing"))
        return ended.exclude(audio="").filter(audio_deleted_at__isnull=True, created_at__lt=before)

    def leftover_files(self) -> Self:
        """Those whose audio is to be deleted and may still be there."""
        return self.filter(audio_deleted_at__isnull=False).exclude(audio="")
