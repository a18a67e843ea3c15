from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.actors import Actor
from activities.services import Entry, lock_stream, record_all
from conversations.models import Conversation, Message, Turn
from conversations.representation import render_conversation, render_message
from conversations.services.conversations import TITLE_LENGTH, own_conversation
from voice2task.kernel.errors import Invalid
from voice2task.kernel.identifiers import uuid7

TEXT_LENGTH = 20_000
CLOCK_SKEW = timedelta(days=1)


class TextInvalid(Invalid):
    code = "text_invalid"
    message = f"A message has 1 to {TEXT_LENGTH} characters and no NUL."


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


@transaction.atomic
def post_message(
    *,
    actor: Actor,
    text: str,
    now: datetime,
    client_id: UUID | None = None,
    conversation_id: UUID | None = None,
    recorded_at: datetime | None = None,
) -> Posted:
    """Store what the user said and queue the turn that will answer it.

    The same `client_id` again is the same message, whatever else is given. Without `conversation_id` a new
    conversation begins. `recorded_at` is when it was said, to which "tomorrow" refers; now if not given.

    Raises:
        TextInvalid, RecordedAtInvalid, ConversationNotFound
    """
    _check(text, recorded_at, now)
    lock_stream(actor.user_id)
    if client_id and (earlier := _already_posted(actor.user_id, client_id)):
        return earlier
    turn_id = uuid7()
    entries: list[Entry] = []
    if conversation_id is None:
        conversation = _begin_conversation(actor.user_id, text, now)
        entries.append(
            Entry("conversation.created", "conversation", conversation.id, render_conversation(conversation))
        )
    else:
        conversation = own_conversation(actor, conversation_id)
        Conversation.objects.filter(id=conversation.id).update(updated_at=now)
    message = Message(
        user_id=actor.user_id,
        conversation=conversation,
        turn_id=turn_id,
        client_id=client_id,
        role=Message.Role.USER,
        text=text,
        recorded_at=recorded_at or now,
        created_at=now,
    )
    entries.append(Entry("message.posted", "message", message.id, render_message(message)))
    activities = record_all(actor=replace(actor, turn_id=turn_id), entries=entries, at=now)
    Turn.objects.create(
        id=turn_id,
        user_id=actor.user_id,
        conversation=conversation,
        seq=activities[-1].seq,
        created_at=now,
    )
    message.save(force_insert=True)
    return Posted(conversation.id, message.id, turn_id, created=True)


def _check(text: str, recorded_at: datetime | None, now: datetime) -> None:
    if not text.strip() or len(text) > TEXT_LENGTH or "\0" in text:
        raise TextInvalid(field="text")
    if recorded_at and (recorded_at.tzinfo is None or recorded_at > now + CLOCK_SKEW):
        raise RecordedAtInvalid(field="recorded_at")


def _already_posted(user_id: UUID, client_id: UUID) -> Posted | None:
    message = Message.objects.of(user_id).filter(client_id=client_id).first()
    if message is None:
        return None
    return Posted(message.conversation_id, message.id, message.turn_id, created=False)


def _begin_conversation(user_id: UUID, text: str, now: datetime) -> Conversation:
    title = " ".join(text.split())
    if len(title) > TITLE_LENGTH:
        title = title[: TITLE_LENGTH - 1] + "…"
    return Conversation.objects.create(user_id=user_id, title=title, created_at=now, updated_at=now)
