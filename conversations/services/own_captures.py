"""What the owner does with a recording that is kept."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.actors import Actor
from activities.services import Entry, lock_stream, record
from conversations.capture_files import delete_files
from conversations.capture_models import Capture
from conversations.representation import render_capture
from conversations.services.recordings import CaptureEnded, CaptureNotFound


class AudioGone(CaptureNotFound):
    code = "audio_not_found"
    message = "The sound of this recording is not there, or not any more."


@transaction.atomic
def retry_capture(*, actor: Actor, capture_id: UUID, now: datetime) -> Capture:
    """Try again at once what failed or waits.

    Raises:
        CaptureNotFound, AudioGone, CaptureEnded: it has a text, or is being worked on.
    """
    capture = hold_own(actor, capture_id)
    if not capture.has_audio:
        raise AudioGone
    if capture.status not in {Capture.Status.FAILED, Capture.Status.KEPT}:
        raise CaptureEnded
    before = {"status": capture.status}
    capture.status = Capture.Status.KEPT
    capture.attempts = capture.failures = 0
    capture.next_attempt_at = capture.finished_at = None
    capture.error_code = capture.error_message = ""
    capture.save()
    entry = Entry("capture.kept", "capture", capture.id, render_capture(capture), before)
    record(actor=actor, entry=entry, at=now)
    return capture


@transaction.atomic
def delete_audio(*, actor: Actor, capture_id: UUID, now: datetime) -> Capture:
    """Delete the sound of a recording; its text stays. One that has no text yet will not get any.

    Raises:
        CaptureNotFound, AudioGone
    """
    capture = hold_own(actor, capture_id)
    if not capture.has_audio:
        raise AudioGone
    before = {"status": capture.status, "has_audio": True}
    capture.audio_deleted_at = now
    if not capture.ended:
        capture.status = Capture.Status.CANCELLED
        capture.finished_at = now
        capture.lease_expires_at = capture.next_attempt_at = None
    capture.save()
    entry = Entry("capture.audio_deleted", "capture", capture.id, render_capture(capture), before)
    record(actor=actor, entry=entry, at=now)
    transaction.on_commit(lambda: delete_files([capture.id]), robust=True)
    return capture


def hold_own(actor: Actor, capture_id: UUID) -> Capture:
    """Lock a capture of the actor, stream first.

    Raises:
        CaptureNotFound
    """
    lock_stream(actor.user_id)
    capture = Capture.objects.of(actor.user_id).select_for_update().filter(id=capture_id).first()
    if capture is None:
        raise CaptureNotFound
    return capture
