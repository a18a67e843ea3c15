from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db import connection, models
from django.db.models import Q

if TYPE_CHECKING:
    from conversations.models import Conversation, Message, Turn  # noqa: F401 - named in strings below


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def matching(self, text: str) -> Self:
        """Those whose title or any message contains `text`, whatever the case."""
        return self.filter(Q(title__icontains=text) | Q(messages__text__icontains=text)).distinct()


class MessageQuerySet(models.QuerySet["Message"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a worker holds after claiming a turn: nobody with another epoch may write to it."""

    turn_id: UUID
    user_id: UUID
    epoch: int
    failures: int
    created_at: datetime


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
RETURNING user_id, epoch, failures, created_at
"""


class TurnQuerySet(models.QuerySet["Turn"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def live(self) -> Self:
        return self.filter(status__in=("queued", "running"))

    def claim(self, turn_id: UUID, *, now: datetime, lease: timedelta) -> Claim | None:
        """Take the turn for this worker, or None if another has it, it ended, or an earlier one is not done.

        A claim of a turn that is still `running` takes it from a worker whose lease ran out: a failure.
        """
        values: dict[str, Any] = {"turn_id": turn_id, "now": now, "lease_until": now + lease}
        with connection.cursor() as cursor:
            cursor.execute(CLAIM, values)
            row = cursor.fetchone()
        return Claim(turn_id, *row) if row else None

    def renew(self, epochs: Mapping[UUID, int], *, now: datetime, lease: timedelta) -> set[UUID]:
        """Extend the leases of turns held at these epochs. Returns the turns still held; others are lost."""
        sql = (
            "UPDATE conversations_turn AS turn SET lease_expires_at = %s"
            "  FROM unnest(%s::uuid[], %s::int[]) AS held(id, epoch)"
            " WHERE turn.id = held.id AND turn.epoch = held.epoch AND turn.status = 'running'"
            " RETURNING turn.id"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [now + lease, list(epochs), list(epochs.values())])
            return {row[0] for row in cursor.fetchall()}

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
