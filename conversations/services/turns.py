"""The life of a turn in the database. Every write checks that the claim is still the newest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from activities.services import Entry, lock_stream, record
from conversations import turn_stream
from conversations.claim_querysets import Claim
from conversations.models import Turn
from voice2task.kernel.errors import Conflict, NotFound
from voice2task.kernel.redis import push_client

logger = structlog.get_logger(__name__)

JSON = dict[str, Any]

RUN_TURN = "conversations.run_turn"
ENQUEUE_AGAIN_AFTER = timedelta(seconds=5)
SWEEP_LIMIT = 500
WORKER_LOST = ("worker_lost", "The work on this message was interrupted too often.")


class TurnNotFound(NotFound):
    code = "turn_not_found"
    message = "There is no such turn."


class TurnEnded(Conflict):
    code = "turn_ended"
    message = "This turn has ended already."


class TurnLost(Conflict):
    """Another worker has claimed the turn, or it has ended: whoever meets this must stop at once."""

    code = "turn_lost"
    message = "This turn is no longer held."


def claim_turn(*, turn_id: UUID, now: datetime) -> Claim | None:
    """Take a turn for this worker, settling what the outbox owes. None if there is nothing to do now."""
    return Turn.objects.claim(turn_id, job=RUN_TURN, now=now, lease=settings.TURN_LEASE)


@dataclass(frozen=True, slots=True)
class Renewal:
    """Which of a process's turns it has lost, and which it is to stop."""

    lost: set[UUID]
    stopped: set[UUID]


def renew_turns(epochs: Mapping[UUID, int], *, now: datetime) -> Renewal:
    """Extend the leases of all turns of a process in one statement."""
    Turn.objects.renew(epochs, now=now, lease=settings.TURN_LEASE)
    return Renewal(lost=Turn.objects.lost(epochs), stopped=Turn.objects.told_to_stop(epochs))


def release_turns(epochs: Mapping[UUID, int], *, now: datetime) -> int:
    """Give turns back to the queue, to be taken up by another worker where this one left off."""
    released = Turn.objects.release(epochs, now=now)
    relay.enqueue([(RUN_TURN, turn_id) for turn_id in epochs])
    return released


@transaction.atomic
def fail_turn(
    *,
    claim: Claim,
    code: str,
    message: str,
    fallbacks: Sequence[Mapping[str, str]] = (),
    now: datetime,
) -> Turn:
    """End the turn visibly with a stable code. What its tools committed stays committed and listed.

    `fallbacks` tell which engines were asked and why they did not answer.
    """
    lock_stream(claim.user_id)
    turn = hold_turn(claim)
    turn.fallbacks = [dict(fallback) for fallback in fallbacks]
    return _fail(turn, code, message, now)


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
    tell_on_commit(held, [("turn.failed", {"code": WORKER_LOST[0], "message": WORKER_LOST[1]})])


def hold_turn(claim: Claim) -> Turn:
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
    end_turn(turn, now)
    after = {"status": turn.status, "error": {"code": code, "message": message}}
    record(
        actor=Actor(turn.user_id, "system", turn.id),
        entry=Entry("turn.failed", "turn", turn.id, after, {"status": "running"}),
        at=now,
    )
    wake(Turn.objects.next_in(turn.conversation_id))
    return turn


def end_turn(turn: Turn, now: datetime) -> None:
    turn.lease_expires_at = None
    turn.next_attempt_at = None
    turn.finished_at = now
    turn.save()


def wake(waiting: UUID | None) -> None:
    """Enqueue a turn that may go on now; until it is claimed the sweep knows of it as well."""
    if waiting:
        transaction.on_commit(lambda: relay.enqueue([(RUN_TURN, waiting)]), robust=True)


def tell_on_commit(turn: Turn, frames: Sequence[tuple[str, JSON]]) -> None:
    """Write the last frames of a turn that no worker holds, at an epoch of their own."""
    entries = [turn_stream.make_fence(turn.epoch)]
    for n, (kind, members) in enumerate(frames, start=1):
        entries.append(turn_stream.make_entry(turn.id, turn_stream.Position(turn.epoch, n), kind, members))
    transaction.on_commit(
        lambda: turn_stream.append_now(
            push_client(), turn_id=turn.id, channel=user_channel(turn.user_id), entries=entries
        ),
        robust=True,
    )
