"""What the agent is to know of its user in every turn."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.actors import Actor
from activities.services import Entry, lock_stream, record
from conversations.models import Memory
from conversations.representation import render_memory
from voice2task.kernel.errors import Conflict, Invalid, NotFound

TEXT_LENGTH = 500
MOST = 200


class MemoryNotFound(NotFound):
    code = "memory_not_found"
    message = "There is no such memory."


class MemoryTextInvalid(Invalid):
    code = "memory_text_invalid"
    message = f"A memory has 1 to {TEXT_LENGTH} characters and no NUL."


class MemoryFull(Conflict):
    code = "memory_full"
    message = f"{MOST} facts are remembered already; forget one first."


@transaction.atomic
def create_memory(*, actor: Actor, text: str, now: datetime) -> Memory:
    """Remember a fact. The same words again are the same memory.

    Raises:
        MemoryTextInvalid, MemoryFull
    """
    text = " ".join(text.split())
    if not 0 < len(text) <= TEXT_LENGTH or "\0" in text:
        raise MemoryTextInvalid(field="text")
    lock_stream(actor.user_id)
    own = Memory.objects.of(actor.user_id)
    known: Memory | None = own.filter(text=text).first()
    if known is not None:
        return known
    if own.count() >= MOST:
        raise MemoryFull
    memory: Memory = Memory.objects.create(
        user_id=actor.user_id, text=text, turn_id=actor.turn_id, created_at=now
    )
    entry = Entry("memory.created", "memory", memory.id, render_memory(memory))
    record(actor=actor, entry=entry, at=now)
    return memory


@transaction.atomic
def delete_memory(*, actor: Actor, memory_id: UUID, now: datetime) -> None:
    """Forget. What is recorded of it says no more what it was.

    Raises:
        MemoryNotFound
    """
    lock_stream(actor.user_id)
    memory = Memory.objects.of(actor.user_id).filter(id=memory_id).first()
    if memory is None:
        raise MemoryNotFound
    entry = Entry("memory.deleted", "memory", memory.id)
    memory.delete()
    record(actor=actor, entry=entry, at=now)
