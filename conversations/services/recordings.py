"""Keeping what is spoken: in one piece, or chunk by chunk while it is being recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from accounts.actors import Actor
from activities.services import Entry, lock_stream, record, record_all
from conversations.capture_models import Capture, CaptureChunk, capture_storage
from conversations.models import Conversation
from conversations.representation import render_capture, render_conversation
from conversations.services.messages import require_room
from conversations.services.spoken import (
    SUFFIXES,
    AudioEmpty,
    AudioTooLong,
    Spoken,
    check_size,
    new_capture,
)
from voice2task.kernel.errors import Conflict, NotFound
from voice2task.kernel.identifiers import uuid7

SWEEP_LIMIT = 100


class CaptureNotFound(NotFound):
    code = "capture_not_found"
    message = "There is no such recording."


class CaptureEnded(Conflict):
    code = "capture_ended"
    message = "This recording has been stopped already."


class ChunkOutOfPlace(Conflict):
    """Another connection has appended meanwhile: start again and go on from where that stands."""

    code = "audio_out_of_place"
    message = "The recording has gone on elsewhere; start it again to learn from where to go on."


def keep_capture(
    *,
    actor: Actor,
    spoken: Spoken,
    audio: bytes,
    now: datetime,
    too_long: Callable[[bytes], bool] | None = None,
) -> Capture:
    """Store a recording and queue its transcription. The same `client_id` again is the same capture.

    Raises:
        AudioTypeUnknown, AudioEmpty, AudioTooLarge, AudioTooLong, RecordedAtInvalid, LanguageInvalid,
        TimezoneUnknown, ConversationNotFound, TooManyTurns
        CaptureEnded: a recording of that id has been thrown away, by itself or with its conversation.
    """
    capture = new_capture(actor, spoken, now)
    check_size(len(audio))
    known = Capture.objects.of(actor.user_id).filter(client_id=spoken.client_id).first()
    if known is not None and known.status != Capture.Status.RECORDING:
        if known.conversation_id is None:
            raise CaptureEnded
        return known
    if known is None:
        require_room(actor.user_id)
    if not audio:
        raise AudioEmpty(field="audio")
    if too_long is not None and too_long(audio):
        raise AudioTooLong
    capture.received = len(audio)
    return _keep(actor, capture, audio, now)


@transaction.atomic
def start_recording(*, actor: Actor, spoken: Spoken, now: datetime) -> Capture:
    """Begin to keep a recording, or go on with the one of that id; `received` says from which byte on.

    Raises:
        AudioTypeUnknown, RecordedAtInvalid, LanguageInvalid, TimezoneUnknown, ConversationNotFound,
        TooManyTurns, CaptureEnded: that recording has been stopped.
    """
    lock_stream(actor.user_id)
    known = Capture.objects.of(actor.user_id).filter(client_id=spoken.client_id).first()
    if known is not None:
        if known.status != Capture.Status.RECORDING:
            raise CaptureEnded(extra={"capture_id": str(known.id)})
        return known
    require_room(actor.user_id)
    capture = new_capture(actor, spoken, now)
    capture.save(force_insert=True)
    record(actor=actor, entry=_entry("capture.started", capture), at=now)
    return capture


@transaction.atomic
def append_chunk(*, actor: Actor, capture_id: UUID, start: int, data: bytes, now: datetime) -> int:
    """Keep the next piece of a recording, which begins at byte `start`. Returns how many bytes are safe.

    Raises:
        CaptureNotFound, CaptureEnded, ChunkOutOfPlace, AudioTooLarge
    """
    own = Capture.objects.of(actor.user_id).filter(id=capture_id)
    # No activity, so the user's stream is left alone: ten pieces a second of every speaker would queue there.
    capture = own.select_for_update().only("status", "received").first()
    if capture is None:
        raise CaptureNotFound
    if capture.status != Capture.Status.RECORDING:
        raise CaptureEnded
    if capture.received != start:
        raise ChunkOutOfPlace(extra={"received": capture.received})
    received: int = start + len(data)
    check_size(received)
    CaptureChunk.objects.create(capture_id=capture_id, start=start, data=data)
    own.update(received=received, touched_at=now)
    return received


def stop_recording(*, actor: Actor, client_id: UUID, now: datetime) -> Capture:
    """End a recording and queue its transcription. Stopping it again changes nothing.

    Raises:
        CaptureNotFound: there is none, or it has been thrown away, by itself or with its conversation.
        AudioEmpty
    """
    capture = _stop(actor, client_id, now)
    if capture.conversation_id is None:
        raise CaptureNotFound
    return capture


def _stop(actor: Actor, client_id: UUID, now: datetime) -> Capture:
    capture = Capture.objects.of(actor.user_id).filter(client_id=client_id).first()
    if capture is None:
        raise CaptureNotFound
    if capture.status != Capture.Status.RECORDING:
        return capture
    audio = recorded_so_far(capture.id)
    if not audio:
        raise AudioEmpty
    return _keep(actor, capture, audio, now)


@transaction.atomic
def cancel_recording(*, actor: Actor, client_id: UUID, now: datetime) -> Capture:
    """Throw a recording away while it is in progress.

    Raises:
        CaptureNotFound, CaptureEnded: it has been stopped, and is being understood.
    """
    lock_stream(actor.user_id)
    capture = Capture.objects.of(actor.user_id).select_for_update().filter(client_id=client_id).first()
    if capture is None:
        raise CaptureNotFound
    if capture.status == Capture.Status.CANCELLED:
        return capture
    if capture.status != Capture.Status.RECORDING:
        raise CaptureEnded
    _cancel(actor, capture, now)
    return capture


def sweep_recordings(*, now: datetime) -> int:
    """Take what has arrived of recordings whose client never came back for all there is. Returns how many."""
    abandoned = list(Capture.objects.abandoned(now - settings.CAPTURE_PATIENCE).order_by("id")[:SWEEP_LIMIT])
    for capture in abandoned:
        actor = Actor(capture.user_id, "system")
        if capture.received:
            _stop(actor, capture.client_id, now)
        else:
            _cancel_abandoned(actor, capture.id, now)
    return len(abandoned)


def recorded_so_far(capture_id: UUID) -> bytes:
    """What has arrived of a recording in progress."""
    rows = CaptureChunk.objects.filter(capture_id=capture_id).order_by("start")
    return b"".join(bytes(data) for data in rows.values_list("data", flat=True))


def _keep(actor: Actor, capture: Capture, audio: bytes, now: datetime) -> Capture:
    """Store the file, then commit that there is one; what nobody commits to is deleted again."""
    storage = capture_storage()
    name = f"{actor.user_id}/{capture.id}-{uuid7()}.{SUFFIXES[capture.mime]}"
    capture.audio.name = storage.save(name, ContentFile(audio))
    kept = None
    try:
        kept = _commit(actor, capture, now)
    finally:
        if kept is None or kept.audio.name != capture.audio.name:
            storage.delete(capture.audio.name)
    return kept


@transaction.atomic
def _commit(actor: Actor, capture: Capture, now: datetime) -> Capture:
    lock_stream(actor.user_id)
    own = Capture.objects.of(actor.user_id).filter(client_id=capture.client_id).select_for_update()
    known = own.first()
    if known is not None and known.status != Capture.Status.RECORDING:
        return known
    if known is not None and known.received > capture.received:
        # More has arrived since it was read: whoever appended it stops it again, or the sweep does.
        raise ChunkOutOfPlace(extra={"received": known.received})
    capture.id, capture.message_id, capture.turn_id = (known or capture).id, *_promised(known or capture)
    entries = []
    if capture.conversation_id is None:
        conversation = Conversation.objects.create(
            user_id=actor.user_id, title="", created_at=now, updated_at=now
        )
        capture.conversation_id = conversation.id
        entries.append(
            Entry("conversation.created", "conversation", conversation.id, render_conversation(conversation))
        )
    capture.status = Capture.Status.KEPT
    capture.touched_at = now
    capture.save()
    CaptureChunk.objects.filter(capture=capture).delete()
    entries.append(_entry("capture.kept", capture))
    record_all(actor=actor, entries=entries, at=now)
    return capture


def _promised(capture: Capture) -> tuple[UUID, UUID]:
    return capture.message_id, capture.turn_id


@transaction.atomic
def _cancel_abandoned(actor: Actor, capture_id: UUID, now: datetime) -> None:
    lock_stream(actor.user_id)
    capture = (
        Capture.objects.select_for_update().filter(id=capture_id, status="recording", received=0).first()
    )
    if capture is not None:
        _cancel(actor, capture, now)


def _cancel(actor: Actor, capture: Capture, now: datetime) -> None:
    capture.status = Capture.Status.CANCELLED
    capture.finished_at = now
    capture.save()
    CaptureChunk.objects.filter(capture=capture).delete()
    record(actor=actor, entry=_entry("capture.cancelled", capture, {"status": "recording"}), at=now)


def _entry(kind: str, capture: Capture, before: dict[str, str] | None = None) -> Entry:
    return Entry(kind, "capture", capture.id, render_capture(capture), before or {})
