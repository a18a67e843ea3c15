from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db import connection, models
from django.db.models import Q

from activities.querysets import RECORD

if TYPE_CHECKING:
    from conversations.models import (  # noqa: F401 - named in strings below
        Approval,
        Conversation,
        Message,
        Turn,
    )


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def matching(self, text: str) -> Self:
        """Those whose title or any message contains `text`, whatever the case."""
        return self.filter(Q(title__icontains=text) | Q(messages__text__icontains=text)).distinct()


class MessageQuerySet(models.QuerySet["Message"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)


class OwnedQuerySet(models.QuerySet[Any]):
    """Rows of which each belongs to one user."""

    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def pending(self) -> Self:
        return self.filter(status="pending")

    def overdue(self, now: datetime) -> Self:
        return self.pending().filter(expires_at__lte=now)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a worker holds after claiming a turn: nobody with another epoch may write to it."""

    turn_id: UUID
    user_id: UUID
    conversation_id: UUID
    epoch: int
    failures: int
    created_at: datetime
    stop_requested: bool = False


@dataclass(frozen=True, slots=True)
class HeldStep:
    """A step of a turn that is held: its stored result, or None if it is still to be done.

    `approval` is `{"status", "digest", "edited"}` of the approval it has waited for, if it has.
    """

    result: dict[str, Any] | None
    approval: dict[str, Any] | None = None


# Posts a message: the activities and what they owe, the conversation, the turn, the message. Nothing at all
# if the client's id is known already, or the conversation is not the user's.
POST = f"""
WITH permitted AS (
    SELECT 1
     WHERE NOT EXISTS (SELECT 1 FROM conversations_message
                        WHERE user_id = %(user_id)s AND client_id = %(client_id)s::uuid)
       AND (%(begins)s OR EXISTS (SELECT 1 FROM conversations_conversation
                                   WHERE id = %(conversation_id)s AND user_id = %(user_id)s))
       AND (%(live_at_once)s::int IS NULL
            OR %(live_at_once)s > (SELECT count(*) FROM conversations_turn
                                    WHERE user_id = %(user_id)s AND status IN ('queued', 'running')))
), {RECORD}, begun AS (
    INSERT INTO conversations_conversation (id, user_id, title, created_at, updated_at)
    SELECT %(conversation_id)s, %(user_id)s, %(title)s, %(at)s, %(at)s FROM stream WHERE %(begins)s
), continued AS (
    UPDATE conversations_conversation SET updated_at = %(at)s
      FROM stream WHERE id = %(conversation_id)s AND NOT %(begins)s
), turn AS (
    INSERT INTO conversations_turn (id, user_id, conversation_id, seq, status, epoch, failures, engine,
                                    fallbacks, choices, error_code, error_message, created_at)
    SELECT %(turn_id)s, %(user_id)s, %(conversation_id)s, last_seq, 'queued', 0, 0, '', '[]', '[]', '', '',
           %(at)s
      FROM stream
), message AS (
    INSERT INTO conversations_message (id, user_id, conversation_id, turn_id, client_id, role, text, voice,
                                       recorded_at, created_at)
    SELECT %(message_id)s, %(user_id)s, %(conversation_id)s, %(turn_id)s, %(client_id)s::uuid, 'user',
           %(text)s, %(voice)s::jsonb, %(recorded_at)s, %(at)s
      FROM stream
)
SELECT last_seq FROM stream
"""

# Ends a turn with its reply. Nothing at all if the claim is no longer the newest.
FINISH = f"""
WITH permitted AS (
    UPDATE conversations_turn
       SET status = 'completed', engine = %(engine)s, fallbacks = %(fallbacks)s::jsonb,
           choices = %(choices)s::jsonb, first_delta_ms = %(first_delta_ms)s, finished_at = %(at)s,
           lease_expires_at = NULL, next_attempt_at = NULL
     WHERE id = %(turn_id)s AND epoch = %(epoch)s AND status = 'running'
    RETURNING id
), {RECORD}, step AS (
    INSERT INTO conversations_turnstep (id, turn_id, index, kind, engine, text, tool_calls, result,
                                        unsupported, rows, created_at)
    SELECT %(step_id)s, %(turn_id)s, %(step_index)s::int, 'answer', %(step_engine)s, %(step_text)s, '[]',
           '{{}}', %(step_unsupported)s::jsonb, 0, %(at)s
      FROM stream WHERE %(step_index)s::int IS NOT NULL
), message AS (
    INSERT INTO conversations_message (id, user_id, conversation_id, turn_id, role, text,
                                       recorded_at, created_at)
    SELECT %(message_id)s, %(user_id)s, %(conversation_id)s, %(turn_id)s, 'assistant', %(text)s,
           %(at)s, %(at)s
      FROM stream
)
SELECT last_seq,
       (SELECT waiting.id FROM conversations_turn AS waiting
         WHERE waiting.conversation_id = %(conversation_id)s AND waiting.status = 'queued'
         ORDER BY waiting.seq LIMIT 1)
  FROM stream
"""

CLAIM = """
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
RETURNING user_id, conversation_id, epoch, failures, created_at, stop_requested_at IS NOT NULL
"""


class TurnQuerySet(models.QuerySet["Turn"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def live(self) -> Self:
        """Turns that a worker is to work on."""
        return self.filter(status__in=("queued", "running"))

    def unended(self) -> Self:
        """Turns that are worked on, or wait for the user."""
        return self.filter(status__in=("queued", "running", "awaiting_approval"))

    def told_to_stop(self, turn_ids: Iterable[UUID]) -> set[UUID]:
        return set(self.filter(id__in=turn_ids, stop_requested_at__isnull=False).values_list("id", flat=True))

    def claim(self, turn_id: UUID, *, now: datetime, lease: timedelta) -> Claim | None:
        """Take the turn for this worker, or None if another has it, it ended, or an earlier one is not done.

        A claim of a turn that is still `running` takes it from a worker whose lease ran out: a failure.
        """
        values: dict[str, Any] = {"turn_id": turn_id, "now": now, "lease_until": now + lease}
        with connection.cursor() as cursor:
            cursor.execute(CLAIM, values)
            row = cursor.fetchone()
        return Claim(turn_id, *row) if row else None

    def post(self, values: Mapping[str, Any]) -> int | None:
        """Run `POST`. Returns the seq of the message's activity, or None if nothing was posted."""
        with connection.cursor() as cursor:
            cursor.execute(POST, values)
            row = cursor.fetchone()
        return int(row[0]) if row else None

    def finish(self, values: Mapping[str, Any]) -> tuple[int, UUID | None] | None:
        """Run `FINISH`. Returns its activity's seq and the conversation's next turn, or None if not held."""
        with connection.cursor() as cursor:
            cursor.execute(FINISH, values)
            row: tuple[int, UUID | None] | None = cursor.fetchone()
        return row

    def hold_step(self, claim: Claim, index: int) -> HeldStep | None:
        """Lock the turn if the claim still holds it, and look whether its step `index` is stored already."""
        sql = (
            "SELECT (SELECT result FROM conversations_turnstep WHERE turn_id = turn.id AND index = %s),"
            "       (SELECT jsonb_build_object('status', status, 'digest', digest, 'edited', edited)"
            "          FROM conversations_approval WHERE turn_id = turn.id AND step_index = %s)"
            "  FROM conversations_turn AS turn"
            " WHERE id = %s AND epoch = %s AND status = 'running' FOR UPDATE"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [index, index, claim.turn_id, claim.epoch])
            row = cursor.fetchone()
        return HeldStep(*(json.loads(value) if value else None for value in row)) if row else None

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

    def next_in(self, conversation_id: UUID) -> UUID | None:
        """The oldest turn of a conversation that is still to be done."""
        rows = self.filter(conversation_id=conversation_id, status="queued").order_by("seq")
        return rows.values_list("id", flat=True).first()
