from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from activities.querysets import RECORD
from conversations.claim_querysets import Claim, ClaimQuerySet
from voice2task.kernel import statements

if TYPE_CHECKING:
    from conversations.models import (  # noqa: F401 - named in strings below
        Approval,
        Conversation,
        Message,
        Turn,
        TurnStep,
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


class TurnStepQuerySet(models.QuerySet["TurnStep"]):
    def store(self, steps: Sequence[TurnStep]) -> None:
        """Insert these steps, in one statement."""
        rows = [
            {field.attname: getattr(step, field.attname) for field in step._meta.fields}
            | {"id": str(step.id), "turn_id": str(step.turn_id), "created_at": step.created_at.isoformat()}
            for step in steps
        ]
        statements.run(STORE_STEPS, {"steps": json.dumps(rows)})


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def pending(self) -> Self:
        return self.filter(status="pending")

    def overdue(self, now: datetime) -> Self:
        return self.pending().filter(expires_at__lte=now)


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

STORE_STEPS = """
INSERT INTO conversations_turnstep (id, turn_id, index, kind, engine, text, tool_calls, result, unsupported,
                                    rows, created_at)
SELECT * FROM json_to_recordset(%(steps)s::json)
    AS step(id uuid, turn_id uuid, index int, kind text, engine text, text text, tool_calls jsonb,
            result jsonb, unsupported jsonb, rows int, created_at timestamptz)
"""

HOLD_STEP = """
SELECT (SELECT result FROM conversations_turnstep WHERE turn_id = turn.id AND index = %(index)s),
       (SELECT jsonb_build_object('status', status, 'digest', digest, 'edited', edited)
          FROM conversations_approval WHERE turn_id = turn.id AND step_index = %(index)s)
  FROM conversations_turn AS turn
 WHERE id = %(turn_id)s AND epoch = %(epoch)s AND status = 'running' FOR UPDATE
"""


class TurnQuerySet(ClaimQuerySet):
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

    def post(self, values: Mapping[str, Any]) -> int | None:
        """Run `POST`. Returns the seq of the message's activity, or None if nothing was posted."""
        row = statements.run(POST, values).fetchone()
        return int(row[0]) if row else None

    def finish(self, values: Mapping[str, Any]) -> tuple[int, UUID | None] | None:
        """Run `FINISH`. Returns its activity's seq and the conversation's next turn, or None if not held."""
        row = statements.run(FINISH, values).fetchone()
        return (row[0], row[1]) if row else None

    def hold_step(self, claim: Claim, index: int) -> HeldStep | None:
        """Lock the turn if the claim still holds it, and look whether its step `index` is stored already."""
        values = {"turn_id": claim.turn_id, "epoch": claim.epoch, "index": index}
        row = statements.run(HOLD_STEP, values).fetchone()
        return HeldStep(*(json.loads(value) if value else None for value in row)) if row else None

    def next_in(self, conversation_id: UUID) -> UUID | None:
        """The oldest turn of a conversation that is still to be done."""
        rows = self.filter(conversation_id=conversation_id, status="queued").order_by("seq")
        return rows.values_list("id", flat=True).first()
