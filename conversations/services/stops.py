"""Stopping a turn: at once where nobody works on it, else by telling the worker that does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from redis.exceptions import RedisError

from accounts.actors import Actor
from activities.services import Entry, lock_stream, record, record_all
from conversations.claim_querysets import Claim
from conversations.models import Approval, Message, Turn, TurnStep
from conversations.receipts import receipts_of
from conversations.representation import render_message
from conversations.services.turns import TurnEnded, TurnNotFound, end_turn, hold_turn, tell_on_commit, wake
from voice2task.kernel.redis import push_client

logger = structlog.get_logger(__name__)

JSON = dict[str, Any]

# What is published here is the id of a turn that its worker is to stop.
STOP_CHANNEL = "turns:stop"
PARAGRAPH = "\n\n"


@transaction.atomic
def stop_turn(*, actor: Actor, turn_id: UUID, now: datetime) -> Turn:
    """Stop a turn. What it said is kept, what its tools did stays done and listed.

    One that a worker holds is stopped by that worker, within moments; the returned turn is still running.

    Raises:
        TurnNotFound, TurnEnded
    """
    lock_stream(actor.user_id)
    turn: Turn | None = Turn.objects.of(actor.user_id).select_for_update().filter(id=turn_id).first()
    if turn is None:
        raise TurnNotFound
    if turn.ended:
        raise TurnEnded
    if turn.status == Turn.Status.RUNNING:
        turn.stop_requested_at = turn.stop_requested_at or now
        turn.save(update_fields=["stop_requested_at"])
        transaction.on_commit(lambda: _tell_worker(turn_id), robust=True)
        return turn
    turn.epoch += 1
    text = PARAGRAPH.join(said_so_far(turn_id))
    message = _stop(turn, actor, text, now)
    end = {
        "message": render_message(message) if message else None,
        "receipts": receipts_of([turn_id]).get(turn_id, []),
    }
    said = [("turn.delta", {"text": text})] if text else []
    tell_on_commit(turn, [("turn.reset", {}), *said, ("turn.stopped", end)])
    return turn


def let_go_of_turns(*, user_id: UUID, now: datetime) -> None:
    """Tell the workers that hold turns of a user to stop; part of erasing the user, and of the turns with it.

    A worker that does not hear of it finds its claim gone when it next writes or renews.
    """
    running = Turn.objects.of(user_id).filter(status=Turn.Status.RUNNING).values_list("id", flat=True)
    for turn_id in list(running):
        transaction.on_commit(partial(_tell_worker, turn_id), robust=True)


@transaction.atomic
def stop_held_turn(
    *, claim: Claim, text: str, engine: str, fallbacks: Sequence[Mapping[str, str]], now: datetime
) -> Message | None:
    """End a turn that its worker has let go of, as it was asked to. `text` is what was said so far.

    Returns the stored message; None if nothing was said.

    Raises:
        TurnLost
    """
    lock_stream(claim.user_id)
    turn = hold_turn(claim)
    turn.engine = engine
    turn.fallbacks = [dict(fallback) for fallback in fallbacks]
    return _stop(turn, Actor(claim.user_id, "user", claim.turn_id), text, now)


def _stop(turn: Turn, actor: Actor, text: str, now: datetime) -> Message | None:
    before = {"status": turn.status}
    turn.status = Turn.Status.STOPPED
    end_turn(turn, now)
    message = None
    if text:
        message = Message.objects.create(
            user_id=turn.user_id,
            conversation_id=turn.conversation_id,
            turn_id=turn.id,
            role=Message.Role.ASSISTANT,
            text=text,
            recorded_at=now,
            created_at=now,
        )
    by = Actor(turn.user_id, actor.kind, turn.id)
    record_all(actor=by, entries=_cancelled(turn, now), at=now)
    after = {"status": turn.status, "message": render_message(message) if message else None}
    record(actor=by, entry=Entry("turn.stopped", "turn", turn.id, after, before), at=now)
    wake(Turn.objects.next_in(turn.conversation_id))
    return message


def _cancelled(turn: Turn, now: datetime) -> list[Entry]:
    """Close what the turn was waiting for; the entries to record."""
    waiting = list(Approval.objects.pending().select_for_update().filter(turn=turn))
    for approval in waiting:
        approval.status = Approval.Status.CANCELLED
        approval.answered_at = now
        approval.save(update_fields=["status", "answered_at"])
    after, before = {"status": "cancelled"}, {"status": "pending"}
    return [Entry("approval.cancelled", "approval", approval.id, after, before) for approval in waiting]


def said_so_far(turn_id: UUID) -> list[str]:
    """The stored texts of a turn that has not ended, one of each answer; what was withdrawn left out."""
    answers = TurnStep.objects.filter(turn_id=turn_id, kind=TurnStep.Kind.ANSWER, unsupported=[])
    return [text for text in answers.order_by("index").values_list("text", flat=True) if text]


def _tell_worker(turn_id: UUID) -> None:
    try:
        push_client().publish(STOP_CHANNEL, str(turn_id))
    except RedisError as error:
        # The worker reads it from PostgreSQL when it next renews its leases.
        logger.warning("stop_not_published", error=str(error), turn_id=str(turn_id))
