"""The way of a kept recording to its message. Every write checks that the claim is still the newest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts.actors import Actor
from activities import relay
from activities.frames import user_channel
from activities.models import Outbox
from activities.services import Entry, lock_stream, record
from conversations.capture_files import delete_files
from conversations.capture_models import Capture
from conversations.capture_querysets import CaptureClaim
from conversations.representation import render_capture
from conversations.services.conversations import rename_conversation
from conversations.services.messages import TEXT_LENGTH, Posted, post_message, title_of
from conversations.services.messages import Spoken as SpokenMessage
from conversations.services.own_captures import delete_audio
from conversations.transcript_frames import final_frame, tell
from voice2task.kernel.errors import Conflict

JSON = dict[str, Any]

TRANSCRIBE = "conversations.transcribe"
LEASE = timedelta(seconds=10)
MAX_FAILURES = 3
ENQUEUE_AGAIN_AFTER = timedelta(seconds=10)
SWEEP_LIMIT = 200
# How long to wait after each attempt that no engine answered; after the last, it is given up.
RETRY_AFTER = tuple(timedelta(seconds=delay) for delay in (2, 5, 15, 60, 300, 900, *[3600] * 6))

SILENT = ("nothing_heard", "I heard nothing.")
ERRORS = {
    "audio_unreadable": "There is no sound to be had of this recording.",
    "audio_too_long": "The recording is too long.",
    "engines_unavailable": "Nobody could listen to the recording.",
    "worker_lost": "The work on this recording was interrupted too often.",
}


class CaptureLost(Conflict):
    """Another worker has claimed the capture, or it has ended: whoever meets this must stop at once."""

    code = "capture_lost"
    message = "This recording is no longer held."


@dataclass(frozen=True, slots=True)
class Heard:
    """What an engine made of a recording; see `integrations.speech.base.Transcript`."""

    text: str
    engine: str
    language: str
    confidence: float | None
    seconds: float
    fallbacks: Sequence[Mapping[str, str]] = ()


@transaction.atomic
def claim_capture(*, capture_id: UUID, now: datetime) -> CaptureClaim | None:
    """Take a capture for this worker, settling what the outbox owes. None if there is nothing to do now."""
    claim = Capture.objects.claim(capture_id, now=now, lease=LEASE)
    if claim or not Capture.objects.unended().filter(id=capture_id).exists():
        Outbox.objects.settle(TRANSCRIBE, capture_id)
    return claim


def renew_capture(*, claim: CaptureClaim, now: datetime) -> bool:
    """Extend the lease. False if the capture is held no longer."""
    return bool(Capture.objects.held(claim).update(lease_expires_at=now + LEASE))


def release_capture(*, claim: CaptureClaim, now: datetime) -> None:
    """Give a capture back to the queue, to be taken up by another worker."""
    Capture.objects.held(claim).update(status="kept", lease_expires_at=None, next_attempt_at=now)


@transaction.atomic
def finish_capture(*, claim: CaptureClaim, heard: Heard, now: datetime) -> Posted | None:
    """Post what was heard as a message, with the turn that answers it. None if nothing was: no turn then.

    Raises:
        CaptureLost
    """
    capture = _hold(claim)
    _take(capture, heard)
    # Before what follows from it: the turn may be over within milliseconds.
    frame = final_frame(capture, capture.text, capture.language)
    transaction.on_commit(lambda: tell(user_channel(capture.user_id), frame), robust=True)
    actor = Actor(capture.user_id)
    if not capture.text:
        capture.error_code, capture.error_message = SILENT
        _end(capture, Capture.Status.SILENT, now)
        return None
    posted = _post(actor, capture, now)
    # Under this id the client has sent a message before, by the other door: that one stands.
    capture.message_id, capture.turn_id = posted.message_id, posted.turn_id
    _end(capture, Capture.Status.TRANSCRIBED, now)
    return posted


@transaction.atomic
def fail_capture(*, claim: CaptureClaim, code: str, seconds: float | None = None, now: datetime) -> Capture:
    """End visibly with a stable code of `ERRORS`. The recording stays.

    Raises:
        CaptureLost
    """
    capture = _hold(claim)
    capture.seconds = seconds
    return _fail(capture, code, now)


@transaction.atomic
def delay_capture(
    *, claim: CaptureClaim, fallbacks: Sequence[Mapping[str, str]], permanent: bool, now: datetime
) -> Capture:
    """No engine has answered: try again later, longer each time, or give up.

    Raises:
        CaptureLost
    """
    capture = _hold(claim)
    capture.fallbacks = [dict(fallback) for fallback in fallbacks]
    capture.attempts += 1
    if permanent or capture.attempts > len(RETRY_AFTER):
        return _fail(capture, "engines_unavailable", now)
    capture.status = Capture.Status.KEPT
    capture.lease_expires_at = None
    capture.next_attempt_at = now + RETRY_AFTER[capture.attempts - 1]
    capture.save()
    _record("capture.delayed", capture, "transcribing", now)
    return capture


def sweep_captures(*, now: datetime) -> int:
    """Bring back every capture that nobody works on, and delete audio that is to be kept no longer."""
    with transaction.atomic():
        due = list(Capture.objects.due(now).order_by("id").select_for_update(skip_locked=True)[:SWEEP_LIMIT])
        tired = [capture for capture in due if capture.failures + _failed_now(capture) >= MAX_FAILURES]
        again = [capture.id for capture in due if capture not in tired]
        # Should the message to the worker get lost, the next sweep after that sends another.
        Capture.objects.filter(id__in=again, status="kept").update(next_attempt_at=now + ENQUEUE_AGAIN_AFTER)
    relay.enqueue([(TRANSCRIBE, capture_id) for capture_id in again])
    for capture in tired:
        _give_up(capture, now)
    _sweep_audio(now)
    return len(due)


def voice_of(capture: Capture) -> JSON:
    """What the message of a capture shows of how it came."""
    return {
        "capture_id": str(capture.id),
        "engine": capture.engine,
        "language": capture.language,
        "confidence": capture.confidence,
        "timezone": capture.timezone,
        "corrected": capture.text != capture.heard,
    }


def _hold(claim: CaptureClaim) -> Capture:
    lock_stream(claim.user_id)
    capture = Capture.objects.held(claim).select_for_update().first()
    if capture is None:
        raise CaptureLost
    return capture


def _take(capture: Capture, heard: Heard) -> None:
    text = heard.text.replace("\0", "").strip()[:TEXT_LENGTH]
    capture.text = capture.heard = text
    capture.engine = heard.engine
    capture.language = heard.language or capture.language
    capture.confidence = heard.confidence
    capture.seconds = heard.seconds
    capture.fallbacks = [dict(fallback) for fallback in heard.fallbacks]


def _post(actor: Actor, capture: Capture, now: datetime) -> Posted:
    # None if it was deleted meanwhile: a new one begins then.
    conversation = capture.conversation
    if conversation is not None and not conversation.title:
        # It was begun by this recording, before there were words to name it by.
        rename_conversation(
            actor=Actor(actor.user_id, "system"),
            conversation_id=conversation.id,
            title=title_of(capture.text),
            now=now,
        )
    return post_message(
        actor=actor,
        text=capture.text,
        client_id=capture.client_id,
        conversation_id=conversation.id if conversation else None,
        recorded_at=capture.recorded_at,
        spoken=SpokenMessage(capture.message_id, capture.turn_id, voice_of(capture)),
        now=now,
    )


def _end(capture: Capture, status: Capture.Status, now: datetime) -> None:
    before = capture.status
    capture.status = status
    capture.lease_expires_at = capture.next_attempt_at = None
    capture.finished_at = now
    capture.save()
    _record(f"capture.{status.value}", capture, before, now)


def _fail(capture: Capture, code: str, now: datetime) -> Capture:
    capture.error_code, capture.error_message = code, ERRORS[code]
    _end(capture, Capture.Status.FAILED, now)
    return capture


def _record(kind: str, capture: Capture, before: str, now: datetime) -> None:
    entry = Entry(kind, "capture", capture.id, render_capture(capture), {"status": before})
    record(actor=Actor(capture.user_id, "system"), entry=entry, at=now)


def _failed_now(capture: Capture) -> int:
    return int(capture.status == Capture.Status.TRANSCRIBING)


@transaction.atomic
def _give_up(capture: Capture, now: datetime) -> None:
    lock_stream(capture.user_id)
    held = Capture.objects.due(now).select_for_update().filter(id=capture.id, epoch=capture.epoch).first()
    if held is not None:
        held.epoch += 1
        _fail(held, "worker_lost", now)


def _sweep_audio(now: datetime) -> None:
    if settings.CAPTURE_KEEP is not None:
        old = Capture.objects.outdated(now - settings.CAPTURE_KEEP).values_list("user_id", "id")
        for user_id, capture_id in list(old.order_by("id")[:SWEEP_LIMIT]):
            delete_audio(actor=Actor(user_id, "system"), capture_id=capture_id, now=now)
    left = Capture.objects.leftover_files().values_list("id", flat=True)[:SWEEP_LIMIT]
    delete_files(list(left))
