from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.actors import Actor
from activities.services import Entry, lock_stream, record
from conversations.capture_files import delete_files
from conversations.capture_models import Capture
from conversations.models import Conversation, Turn
from conversations.representation import render_conversation
from conversations.request_models import LLMRequest
from voice2task.kernel.errors import Conflict, Invalid, NotFound

TITLE_LENGTH = 200


class ConversationNotFound(NotFound):
    code = "conversation_not_found"
    message = "There is no such conversation."


class ConversationBusy(Conflict):
    code = "conversation_busy"
    message = "A turn or a recording of this conversation has not ended."


def own_conversation(actor: Actor, conversation_id: UUID) -> Conversation:
    """The actor's conversation; another user's is as good as none.

    Raises:
        ConversationNotFound
    """
    try:
        conversation: Conversation = Conversation.objects.of(actor.user_id).get(id=conversation_id)
    except Conversation.DoesNotExist:
        raise ConversationNotFound from None
    return conversation


@transaction.atomic
def rename_conversation(*, actor: Actor, conversation_id: UUID, title: str, now: datetime) -> Conversation:
    lock_stream(actor.user_id)
    conversation = own_conversation(actor, conversation_id)
    title = title.strip()
    if not title or len(title) > TITLE_LENGTH or "\0" in title:
        raise Invalid(f"A title has 1 to {TITLE_LENGTH} characters.", field="title")
    before = {"title": conversation.title}
    conversation.title = title
    conversation.updated_at = now
    conversation.save(update_fields=["title", "updated_at"])
    entry = Entry("conversation.renamed", "conversation", conversation.id, {"title": title}, before)
    record(actor=actor, entry=entry, at=now)
    return conversation


@transaction.atomic
def delete_conversation(*, actor: Actor, conversation_id: UUID, now: datetime) -> None:
    """Delete a conversation with its messages and turns. What its turns did to tasks stays.

    Raises:
        ConversationBusy: a turn has not ended, or a recording is still to be understood.
    """
    lock_stream(actor.user_id)
    conversation = own_conversation(actor, conversation_id)
    if Turn.objects.unended().filter(conversation=conversation).exists():
        raise ConversationBusy
    if Capture.objects.unended().filter(conversation=conversation).exists():
        raise ConversationBusy
    # What was paid stays booked; what was said goes.
    LLMRequest.objects.filter(turn__conversation=conversation).update(body={})
    captures = Capture.objects.filter(conversation=conversation)
    spoken = list(captures.values_list("id", flat=True))
    captures.update(text="", heard="", audio_deleted_at=now)
    transaction.on_commit(lambda: delete_files(spoken), robust=True)
    before = render_conversation(conversation)
    conversation_id = conversation.id
    conversation.delete()
    entry = Entry("conversation.deleted", "conversation", conversation_id, {}, before)
    record(actor=actor, entry=entry, at=now)
