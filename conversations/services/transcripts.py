"""What the user says that was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.actors import Actor
from activities.services import Entry, record
from conversations.capture_models import Capture
from conversations.models import Message, Turn
from conversations.representation import render_capture
from conversations.services.captures import voice_of
from conversations.services.messages import TEXT_LENGTH, Posted, Spoken, TextInvalid, post_message
from conversations.services.own_captures import hold_own
from conversations.services.undoing import undo_turn
from tasks.services import Undone
from voice2task.kernel.errors import Conflict
from voice2task.kernel.identifiers import uuid7


class NotTranscribed(Conflict):
    code = "capture_not_transcribed"
    message = "This recording has no text."


@dataclass(frozen=True, slots=True)
class Corrected:
    """`posted` is the new message with its turn, `undone` what was taken back, both only if asked for."""

    capture: Capture
    posted: Posted | None = None
    undone: Undone | None = None


@transaction.atomic
def correct_transcript(
    *, actor: Actor, capture_id: UUID, text: str, run_again: bool, now: datetime
) -> Corrected:
    """Store what was really said. With `run_again`, take back what its turn did and let a new one answer.

    The new turn understands dates as of when it was spoken. What was heard stays in `heard`.

    Raises:
        CaptureNotFound, NotTranscribed, TextInvalid
        TurnRunning: with `run_again`, while the turn has not ended; nothing is stored then.
    """
    capture = hold_own(actor, capture_id)
    if capture.status != Capture.Status.TRANSCRIBED:
        raise NotTranscribed
    text = text.strip()
    if not text or len(text) > TEXT_LENGTH or "\0" in text:
        raise TextInvalid(field="text")
    before = {name: value for name, value in render_capture(capture).items() if name in _CHANGED}
    capture.text = text
    posted = undone = None
    if run_again:
        posted, undone = _run_again(actor, capture, now)
    else:
        Message.objects.filter(id=capture.message_id).update(text=text, voice=voice_of(capture))
    capture.save()
    record(
        actor=actor,
        entry=Entry("capture.corrected", "capture", capture.id, render_capture(capture), before),
        at=now,
    )
    return Corrected(capture, posted, undone)


_CHANGED = ("text", "message_id", "turn_id", "conversation_id")


def _run_again(actor: Actor, capture: Capture, now: datetime) -> tuple[Posted, Undone | None]:
    """The message as it was heard stays, with its turn that was undone: so it happened."""
    undone = None
    if Turn.objects.of(actor.user_id).filter(id=capture.turn_id).exists():
        undone = undo_turn(actor=actor, turn_id=capture.turn_id, now=now)
    capture.message_id, capture.turn_id = uuid7(), uuid7()
    posted = post_message(
        actor=actor,
        text=capture.text,
        conversation_id=capture.conversation_id,
        recorded_at=capture.recorded_at,
        spoken=Spoken(capture.message_id, capture.turn_id, voice_of(capture)),
        now=now,
    )
    capture.conversation_id = posted.conversation_id
    return posted, undone
