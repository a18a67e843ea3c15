"""The life of a turn in the database. Every write checks that the claim is still the newest."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction

from accounts.actors import Actor
from activities import relay
from activities.frames import user_channel
from activities.models import Outbox
from activities.services import Entry, Recording, lock_stream, record
from conversations import turn_stream
from conversations.models import Message, Turn, TurnStep
from conversations.querysets import Claim
from conversations.representation import render_message
from voice2task.kernel.errors import ApplicationError, Conflict
from voice2task.kernel.identifiers import uuid7
from voice2task.kernel.redis import push_client

logger = structlog.get_logger(__name__)

JSON = dict[str, Any]

RUN_TURN = "conversations.run_turn"
ENQUEUE_AGAIN_AFTER = timedelta(seconds=5)
SWEEP_LIMIT = 500
WORKER_LOST = ("worker_lost", "The work on this message was interrupted too often.")


class TurnLost(Conflict):
    """Another worker has claimed the turn, or it has ended: whoever meets this must stop at once."""

    code = "turn_lost"
    message = "This turn is no longer held."


@transaction.atomic
def claim_turn(*, turn_id: UUID, now: datetime) -> Claim | None:
    """Take a turn for this worker, settling what the outbox owes. None if there is nothing to do now."""
    claim = Turn.objects.claim(turn_id, now=now, lease=settings.TURN_LEASE)
    if claim or not Turn.objects.live().filter(id=turn_id).exists():
        Outbox.objects.settle(RUN_TURN, turn_id)
    return claim


def renew_turns(epochs: Mapping[UUID, int], *, now: datetime) -> set[UUID]:
    """Extend the leases of all turns of a process in one statement. Returns those that it has lost."""
    Turn.objects.renew(epochs, now=now, lease=settings.TURN_LEASE)
    return Turn.objects.lost(epochs)


def release_turns(epochs: Mapping[UUID, int], *, now: datetime) -> int:
    """Give turns back to the queue, to be taken up by another worker where this one left off."""
    released = Turn.objects.release(epochs, now=now)
    relay.enqueue([(RUN_TURN, turn_id) for turn_id in epochs])
    return released


@dataclass(frozen=True, slots=True)
class Answer:
    """A provider's finished answer, step `index` of its turn. `tool_calls`: `{"id", "name", "arguments"}`."""

    index: int
    engine: str
    text: str
    tool_calls: Sequence[JSON] = ()


@transaction.atomic
def run_tool_step(
    *,
    claim: Claim,
    index: int,
    call: JSON,
    effect: Callable[[Actor], JSON],
    now: datetime,
    answer: Answer | None = None,
) -> JSON:
    """Run a local tool and store its result as step `index`, in one transaction: exactly once.

    `answer` is the one that asked for the tool, if it is not stored yet.

    `effect` makes its service calls for the actor it is given. What it refuses becomes a result with
    status "error", and leaves nothing behind.
    """
    lock_stream(claim.user_id)
    step = Turn.objects.hold_step(claim, index)
    if step is None:
        raise TurnLost
    if step.result is not None:
        return step.result
    steps = [_answer_step(claim, answer, now)] if answer else []
    try:
        with transaction.atomic():
            result = effect(Actor(claim.user_id, "agent", claim.turn_id))
    except ApplicationError as error:
        result = {"status": "error", "code": error.code, "message": error.message, "field": error.field}
    steps.append(
        TurnStep(
            turn_id=claim.turn_id,
            index=index,
            kind=TurnStep.Kind.TOOL,
            tool_calls=[call],
            result=result,
            created_at=now,
        )
    )
    TurnStep.objects.bulk_create(steps)
    return result


@transaction.atomic
def finish_turn(
    *, claim: Claim, text: str, answer: Answer, choices: Sequence[JSON], now: datetime
) -> Message:
    """Store the provider's last answer and the whole reply, and end the turn.

    Wakes the conversation's next turn.
    """
    lock_stream(claim.user_id)
    message = Message(
        user_id=claim.user_id,
        conversation_id=claim.conversation_id,
        turn_id=claim.turn_id,
        role=Message.Role.ASSISTANT,
        text=text,
        recorded_at=now,
        created_at=now,
    )
    after = {"status": "completed", "engine": answer.engine, "message": render_message(message)}
    entry = Entry("turn.completed", "turn", claim.turn_id, after, {"status": "running"})
    actor = Actor(claim.user_id, "agent", claim.turn_id)
    recording = Recording(actor=actor, entries=[entry], at=now)
    finished = Turn.objects.finish(
        recording.parameters()
        | {
            "epoch": claim.epoch,
            "engine": answer.engine,
            "choices": json.dumps(list(choices)),
            "step_id": uuid7(),
            "step_index": answer.index,
            "step_text": answer.text,
            "message_id": message.id,
            "conversation_id": claim.conversation_id,
            "text": text,
        }
    )
    if finished is None:
        raise TurnLost
    seq, waiting = finished
    recording.number(seq)
    recording.announce_on_commit()
    _wake(waiting)
    return message


@transaction.atomic
def fail_turn(*, claim: Claim, code: str, message: str, now: datetime) -> Turn:
    """End the turn visibly with a stable code. What its tools committed stays committed and listed."""
    lock_stream(claim.user_id)
    return _fail(_hold(claim), code, message, now)


def sweep_turns(*, now: datetime) -> int:
    """Bring back every turn that nobody works on. Returns how many.

    A turn whose worker vanished too often fails instead of being tried for ever.
    """
    with transaction.atomic():
        rows = Turn.objects.stranded(now).order_by("id").select_for_update(skip_locked=True)[:SWEEP_LIMIT]
        stranded = list(rows)
        tired = [turn for turn in stranded if turn.failures + _failed_now(turn) >= settings.TURN_MAX_FAILURES]
        again = [turn for turn in stranded if turn not in tired]
        for turn in again:
            turn.failures += _failed_now(turn)
            turn.status = Turn.Status.QUEUED
            turn.lease_expires_at = None
            turn.next_attempt_at = now + ENQUEUE_AGAIN_AFTER
        Turn.objects.bulk_update(again, ["failures", "status", "lease_expires_at", "next_attempt_at"])
    relay.enqueue([(RUN_TURN, turn.id) for turn in again])
    for turn in tired:
        _give_up(turn, now)
    return len(stranded)


def _answer_step(claim: Claim, answer: Answer, now: datetime) -> TurnStep:
    return TurnStep(
        turn_id=claim.turn_id,
        index=answer.index,
        kind=TurnStep.Kind.ANSWER,
        engine=answer.engine,
        text=answer.text,
        tool_calls=list(answer.tool_calls),
        created_at=now,
    )


def _failed_now(turn: Turn) -> int:
    return int(turn.status == Turn.Status.RUNNING)


@transaction.atomic
def _give_up(turn: Turn, now: datetime) -> None:
    """Fail a turn that no worker holds, and say so on its stream in place of a worker."""
    lock_stream(turn.user_id)
    held = Turn.objects.stranded(now).select_for_update().filter(id=turn.id, epoch=turn.epoch).first()
    if held is None:
        return
    held.epoch += 1
    _fail(held, *WORKER_LOST, now)
    frame = {"code": WORKER_LOST[0], "message": WORKER_LOST[1]}
    entries = [
        turn_stream.make_fence(held.epoch),
        turn_stream.make_entry(held.id, turn_stream.Position(held.epoch, 1), "turn.failed", frame),
    ]
    transaction.on_commit(
        lambda: turn_stream.append_now(
            push_client(), turn_id=held.id, channel=user_channel(held.user_id), entries=entries
        ),
        robust=True,
    )


def _hold(claim: Claim) -> Turn:
    """Lock the turn, making sure that this claim still holds it.

    Raises:
        TurnLost
    """
    held = Turn.objects.select_for_update().filter(id=claim.turn_id, epoch=claim.epoch)
    turn: Turn | None = held.filter(status=Turn.Status.RUNNING).first()
    if turn is None:
        raise TurnLost
    return turn


def _fail(turn: Turn, code: str, message: str, now: datetime) -> Turn:
    turn.status = Turn.Status.FAILED
    turn.error_code = code
    turn.error_message = message
    _end(turn, now)
    after = {"status": turn.status, "error": {"code": code, "message": message}}
    record(
        actor=Actor(turn.user_id, "system", turn.id),
        entry=Entry("turn.failed", "turn", turn.id, after, {"status": "running"}),
        at=now,
    )
    _wake(Turn.objects.next_in(turn.conversation_id))
    return turn


def _end(turn: Turn, now: datetime) -> None:
    turn.lease_expires_at = None
    turn.next_attempt_at = None
    turn.finished_at = now
    turn.save()


def _wake(waiting: UUID | None) -> None:
    """Enqueue the turn that waited for this one. Its outbox row stands until it is claimed."""
    if waiting:
        transaction.on_commit(lambda: relay.enqueue([(RUN_TURN, waiting)]), robust=True)
