"""Undoing all that a turn did, in one transaction."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.actors import Actor
from activities.services import Entry, lock_stream, record
from conversations.models import Memory, Turn
from conversations.services.memories import delete_memory
from conversations.services.turns import TurnNotFound
from tasks.services import Undone, render_undone
from tasks.services import undo_turn as undo_tasks
from voice2task.kernel.errors import Conflict


class TurnRunning(Conflict):
    code = "turn_running"
    message = "This turn has not ended; stop it first."


@transaction.atomic
def undo_turn(*, actor: Actor, turn_id: UUID, now: datetime) -> Undone:
    """Take back what a turn changed, newest first, and forget what it learned.

    A field that was changed since is left alone and reported as a conflict. The undo is recorded as
    `turn.undone`, and what it did under it can itself be undone.

    Raises:
        TurnNotFound, TurnRunning
    """
    lock_stream(actor.user_id)
    turn = Turn.objects.of(actor.user_id).filter(id=turn_id).first()
    if turn is None:
        raise TurnNotFound
    if not turn.ended:
        raise TurnRunning
    undone = undo_tasks(actor=actor, turn_id=turn_id, now=now)
    for memory in Memory.objects.of(actor.user_id).filter(turn_id=turn_id):
        delete_memory(actor=actor, memory_id=memory.id, now=now)
    record(actor=actor, entry=Entry("turn.undone", "turn", turn_id, render_undone(undone)), at=now)
    return undone
