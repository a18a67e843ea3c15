from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts.actors import Actor
from activities.services import Entry, Recording, lock_stream
from conversations.models import Conversation, Message, Turn
from conversations.representation import render_conversation, render_message
from conversations.services.conversations import TITLE_LENGTH, ConversationNotFound
from voice2task.kernel import tracing
from voice2task.kernel.errors import ApplicationError, Invalid
from voice2task.kernel.identifiers import uuid7

JSON = dict[str, Any]

TEXT_LENGTH = 20_000
CLOCK_SKEW = timedelta(days=1)


class TextInvalid(Invalid):
    code = "text_invalid"
    message = f"A message has 1 to {TEXT_LENGTH} characters and no NUL."


class TooManyTurns(ApplicationError):
    """So many turns of the user wait or run that no further one is taken."""

    code = "too_many_turns"
    status = 429
    message = "Too many turns wait for their end; try again when one has ended."


class RecordedAtInvalid(Invalid):
    code = "recorded_at_invalid"
    message = "recorded_at lies in the future, or has no offset from UTC."


@dataclass(frozen=True, slots=True)
class Posted:
    """What a posted message became. `created` is False when the same message had been posted before."""

    conversation_id: UUID
    message_id: UUID
    turn_id: UUID
    created: bool


@dataclass(frozen=True, slots=True)
class Spoken:
    """The ids that were promised when a recording was kept, and what its message shows of it."""

    message_id: UUID
    turn_id: UUID
    voice: JSON


@transaction.atomic
def post_message(
    *,
    actor: Actor,
    text: str,
    now: datetime,
    client_id: UUID | None = None,
    conversation_id: UUID | None = None,
    recorded_at: datetime | None = None,
    spoken: Spoken | None = None,
) -> Posted:
    """Store what the user said and queue the turn that will answer it.

    The same `client_id` again is the same message, whatever else is given. Without `conversation_id` a new
    conversation begins. `recorded_at` is when it was said, to which "tomorrow" refers; now if not given.
    What was `spoken` has its ids already.

    Raises:
        TextInvalid, RecordedAtInvalid, ConversationNotFound, TooManyTurns
    """
    _check(text, recorded_at, now)
    lock_stream(actor.user_id)
    conversation = Conversation(user_id=actor.user_id, title=title_of(text), created_at=now, updated_at=now)
    message = Message(
        id=spoken.message_id if spoken else uuid7(),
        user_id=actor.user_id,
        conversation_id=conversation_id or conversation.id,
        turn_id=spoken.turn_id if spoken else uuid7(),
        client_id=client_id,
        role=Message.Role.USER,
        text=text,
        voice=spoken.voice if spoken else None,
        recorded_at=recorded_at or now,
        created_at=now,
    )
    entries = _entries(message, conversation if conversation_id is None else None)
    recording = Recording(actor=replace(actor, turn_id=message.turn_id), entries=entries, at=now)
    values = _row(message) | {
        "begins": conversation_id is None,
        "title": conversation.title,
        # What was spoken has been let in already.
        "live_at_once": None if spoken else settings.TURNS_PER_USER,
    }
    seq = Turn.objects.post(recording.parameters() | values)
    if seq is None:
        return _already_posted(actor, client_id, conversation_id)
    recording.number(seq)
    transaction.on_commit(partial(tracing.begin_turn, message.turn_id, posted_at=now), robust=True)
    recording.announce_on_commit()
    return Posted(message.conversation_id, message.id, message.turn_id, created=True)


def _entries(message: Message, begun: Conversation | None) -> list[Entry]:
    """What is recorded of a message, and of the conversation that has begun with it."""
    posted = Entry("message.posted", "message", message.id, render_message(message))
    if begun is None:
        return [posted]
    return [Entry("conversation.created", "conversation", begun.id, render_conversation(begun)), posted]


def _row(message: Message) -> JSON:
    """What `Turn.objects.post` stores of a message, beside its activity's values."""
    return {
        "conversation_id": message.conversation_id,
        "message_id": message.id,
        "client_id": message.client_id,
        "text": message.text,
        "voice": None if message.voice is None else json.dumps(message.voice),
        "recorded_at": message.recorded_at,
    }


def _check(text: str, recorded_at: datetime | None, now: datetime) -> None:
    if not text.strip() or len(text) > TEXT_LENGTH or "\0" in text:
        raise TextInvalid(field="text")
    if recorded_at and (recorded_at.tzinfo is None or recorded_at > now + CLOCK_SKEW):
        raise RecordedAtInvalid(field="recorded_at")


def _already_posted(actor: Actor, client_id: UUID | None, conversation_id: UUID | None) -> Posted:
    """Why nothing was posted: the message is known already, or else the conversation is not."""
    message = Message.objects.of(actor.user_id).filter(client_id=client_id).first() if client_id else None
    if message is None:
        own = Conversation.objects.of(actor.user_id)
        if conversation_id is None or own.filter(id=conversation_id).exists():
            raise TooManyTurns
        raise ConversationNotFound(extra={"conversation_id": str(conversation_id)})
    return Posted(message.conversation_id, message.id, message.turn_id, created=False)


def require_room(user_id: UUID) -> None:
    """Raises: TooManyTurns, if another turn of the user would be one too many."""
    if Turn.objects.of(user_id).live().count() >= settings.TURNS_PER_USER:
        raise TooManyTurns


def title_of(text: str) -> str:
    title = " ".join(text.split())
    return title if len(title) <= TITLE_LENGTH else title[: TITLE_LENGTH - 1] + "…"
