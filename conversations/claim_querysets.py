"""Claims on turns: who may work on one, and all that the work starts from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

import orjson
from django.db import connection, models
from django.db.models import Q

from activities.querysets import SETTLE
from voice2task.kernel import statements

if TYPE_CHECKING:
    from conversations.models import Turn  # noqa: F401 - named in a base class

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StoredStep:
    """A row of `models.TurnStep`."""

    index: int
    kind: str
    engine: str
    text: str
    tool_calls: list[JSON]
    result: JSON
    unsupported: list[str]
    rows: int


@dataclass(frozen=True, slots=True)
class PastTurn:
    """An earlier turn of a conversation: what each role said, and its steps in order."""

    id: UUID
    said: Mapping[str, str]
    steps: Sequence[StoredStep]


@dataclass(frozen=True, slots=True)
class Start:
    """What a claimed turn starts from, or goes on from.

    The sentence, with its moment and where it was said; what its user has and allows; the turn's own steps,
    if it was claimed before; earlier turns of the conversation, newest first.
    """

    message_id: UUID
    text: str
    recorded_at: datetime
    timezone: str
    language: str
    lists: Sequence[str]
    memories: Sequence[str]
    allowed: Sequence[str]
    has_workflows: bool
    steps: Sequence[StoredStep]
    earlier: Sequence[PastTurn]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a worker holds after claiming a turn: nobody with another epoch may write to it."""

    turn_id: UUID
    user_id: UUID
    conversation_id: UUID
    epoch: int
    failures: int
    created_at: datetime
    stop_requested: bool
    start: Start = field(repr=False, compare=False)


EARLIER_TURNS = 30

STEPS = """
(SELECT json_agg(json_build_array(step.index, step.kind, step.engine, step.text, step.tool_calls, step.result,
                                  step.unsupported, step.rows) ORDER BY step.index)
   FROM conversations_turnstep AS step WHERE step.turn_id = turn.id)
"""

# Takes a turn, and settles what the outbox owes if it is taken or has ended. No row if there is nothing to
# do. What was spoken is understood where it was spoken.
CLAIM = f"""
WITH claimed AS (
    UPDATE conversations_turn AS turn
       SET epoch = epoch + 1,
           failures = failures + CASE WHEN status = 'running' THEN 1 ELSE 0 END,
           status = 'running',
           lease_expires_at = %(lease_until)s,
           next_attempt_at = NULL,
           started_at = COALESCE(started_at, %(now)s)
     WHERE id = %(turn_id)s
       AND status IN ('queued', 'running')
       AND (lease_expires_at IS NULL OR lease_expires_at < %(now)s)
       AND NOT EXISTS (SELECT 1 FROM conversations_turn AS earlier
                        WHERE earlier.conversation_id = turn.conversation_id
                          AND earlier.status IN ('queued', 'running')
                          AND earlier.seq < turn.seq)
    RETURNING id, user_id, conversation_id, seq, epoch, failures, created_at, stop_requested_at
), settled AS (
    {SETTLE} AND (EXISTS (SELECT 1 FROM claimed)
                  OR NOT EXISTS (SELECT 1 FROM conversations_turn
                                  WHERE id = %(turn_id)s
                                    AND status IN ('queued', 'running', 'awaiting_approval')))
)
SELECT turn.user_id, turn.conversation_id, turn.epoch, turn.failures, turn.created_at,
       turn.stop_requested_at IS NOT NULL,
       said.id, said.text, said.recorded_at,
       COALESCE(NULLIF(said.voice ->> 'timezone', ''), person.timezone), person.language,
       ARRAY(SELECT name FROM tasks_tasklist WHERE user_id = turn.user_id ORDER BY id),
       ARRAY(SELECT text FROM conversations_memory WHERE user_id = turn.user_id ORDER BY id),
       ARRAY(SELECT tool FROM conversations_allowedtool WHERE user_id = turn.user_id),
       EXISTS (SELECT 1 FROM integrations_workflow
                WHERE active AND (owner_id = turn.user_id OR owner_id IS NULL)),
       CASE WHEN turn.epoch > 1 THEN {STEPS}::text END,
       (SELECT json_agg(json_build_array(
                   turn.id,
                   (SELECT json_object_agg(role, text) FROM conversations_message WHERE turn_id = turn.id),
                   {STEPS}) ORDER BY turn.seq DESC)::text
          FROM (SELECT id, seq FROM conversations_turn
                 WHERE conversation_id = turn.conversation_id AND seq < turn.seq
                 ORDER BY seq DESC LIMIT {EARLIER_TURNS}) AS turn)
  FROM claimed AS turn
  JOIN conversations_message AS said ON said.turn_id = turn.id AND said.role = 'user'
  JOIN accounts_user AS person ON person.id = turn.user_id
"""


class ClaimQuerySet(models.QuerySet["Turn"]):
    """Of turns, what workers do to have and to keep them."""

    def claim(self, turn_id: UUID, *, job: str, now: datetime, lease: timedelta) -> Claim | None:
        """Take the turn for this worker, or None if another has it, it ended, or an earlier one is not done.

        A claim of a turn that is still `running` takes it from a worker whose lease ran out: a failure. What
        the outbox owes to `job` for the turn is settled with it.
        """
        values = {
            "turn_id": turn_id,
            "job": job,
            "argument": turn_id,
            "now": now,
            "lease_until": now + lease,
        }
        row = statements.run(CLAIM, values).fetchone()
        if row is None:
            return None
        own, earlier = row[-2:]
        start = Start(*(*row[6:-2], _steps(orjson.loads(own or "[]")), _past(earlier)))
        return Claim(turn_id, *(*row[:6], start))

    def renew(self, epochs: Mapping[UUID, int], *, now: datetime, lease: timedelta) -> None:
        """Extend the leases of turns held at these epochs.

        A row that somebody has locked is passed over, lest one turn's long transaction cost all the others
        their leases; it has half a lease left for the next time.
        """
        sql = (
            "UPDATE conversations_turn AS turn SET lease_expires_at = %s"
            "  FROM (SELECT id FROM conversations_turn JOIN unnest(%s::uuid[], %s::int[]) AS held(id, epoch)"
            "         USING (id, epoch) WHERE status = 'running' FOR UPDATE OF conversations_turn SKIP LOCKED"
            "       ) AS free"
            " WHERE turn.id = free.id"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [now + lease, list(epochs), list(epochs.values())])

    def lost(self, epochs: Mapping[UUID, int]) -> set[UUID]:
        """Which of these turns are no longer held at these epochs.

        A turn that has ended under its own claim is not lost: its worker is telling the clients so.
        """
        rows = self.filter(id__in=epochs).exclude(status="queued").values_list("id", "epoch")
        return epochs.keys() - {turn_id for turn_id, epoch in rows if epochs[turn_id] == epoch}

    def release(self, epochs: Mapping[UUID, int], *, now: datetime) -> int:
        """Give turns back to the queue without counting a failure. Returns how many were still held."""
        held = Q()
        for turn_id, epoch in epochs.items():
            held |= Q(id=turn_id, epoch=epoch)
        if not held:
            return 0
        return self.filter(held, status="running").update(
            status="queued", lease_expires_at=None, next_attempt_at=now
        )

    def stranded(self, now: datetime) -> Self:
        """Turns that nobody works on: their lease has run out, or they were given back to the queue."""
        return self.filter(
            Q(status="running", lease_expires_at__lt=now) | Q(status="queued", next_attempt_at__lte=now)
        )


def _steps(rows: Sequence[Sequence[Any]] | None) -> tuple[StoredStep, ...]:
    return tuple(StoredStep(*row) for row in rows or ())


def _past(earlier: str | None) -> tuple[PastTurn, ...]:
    return tuple(
        PastTurn(UUID(turn_id), said or {}, _steps(steps))
        for turn_id, said, steps in orjson.loads(earlier or "[]")
    )
