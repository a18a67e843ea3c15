"""Letting a turn that failed try again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.actors import Actor
from activities.services import Entry, lock_stream, record
from conversations.models import Turn
from conversations.services.messages import require_room
from conversations.services.turns import ENQUEUE_AGAIN_AFTER, TurnNotFound, wake
from voice2task.kernel.errors import Conflict


class TurnNotFailed(Conflict):
    code = "turn_not_failed"
    message = "Only a turn that failed can be tried again."


@transaction.atomic
def retry_turn(*, actor: Actor, turn_id: UUID, now: datetime) -> Turn:
    """Queue a failed turn again. It goes on behind its last stored step: nothing is done twice.

    Raises:
        TurnNotFound, TurnNotFailed, TooManyTurns
    """
    lock_stream(actor.user_id)
    turn: Turn | None = Turn.objects.of(actor.user_id).select_for_update().filter(id=turn_id).first()
    if turn is None:
        raise TurnNotFound
    if turn.status != Turn.Status.FAILED:
        raise TurnNotFailed
    require_room(actor.user_id)
    before = {"status": turn.status, "error": {"code": turn.error_code, "message": turn.error_message}}
    turn.status = Turn.Status.QUEUED
    turn.failures = 0
    turn.error_code = turn.error_message = ""
    turn.stop_requested_at = turn.finished_at = None
    turn.next_attempt_at = now + ENQUEUE_AGAIN_AFTER
    turn.save()
    after = {"status": turn.status, "error": None}
    by = Actor(actor.user_id, actor.kind, turn.id)
    record(actor=by, entry=Entry("turn.retried", "turn", turn.id, after, before), at=now)
    wake(turn.id)
    return turn
