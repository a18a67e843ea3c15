"""Answers to what a turn has asked: through a door, or said as a plain yes or no."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.actors import Actor
from conversations import services
from conversations.agent.context import Context
from conversations.agent.rules.language import nearest_language
from conversations.agent.tools import check_arguments, tools_of
from conversations.claim_querysets import Claim
from conversations.models import Approval

JSON = dict[str, Any]


def answer_approval(
    *,
    actor: Actor,
    approval_id: UUID,
    decision: services.Decision,
    now: datetime,
    digest: str = "",
    arguments: JSON | None = None,
) -> Approval:
    """`services.answer_approval`, with changed arguments checked by the tool they are for.

    Raises:
        ArgumentsInvalid, and what the service raises.
    """
    check = partial(check_arguments, tools_of(actor.user_id))
    return services.answer_approval(
        actor=actor,
        approval_id=approval_id,
        decision=decision,
        digest=digest,
        arguments=arguments,
        check=check,
        now=now,
    )


@transaction.atomic
def answer_by_word(claim: Claim, context: Context, *, now: datetime) -> str | None:
    """Take the turn's sentence, a yes or no, for the answer to what its conversation is waiting for.

    Returns what to say to it, stored as the turn's first step; None if nothing waits for an answer.
    """
    if context.consent is None:
        return None
    approval_id = services.pending_approval_in(claim.conversation_id, now=now)
    if approval_id is None:
        return None
    try:
        services.answer_approval(
            actor=Actor(claim.user_id), approval_id=approval_id, decision=context.consent, now=now
        )
    except (services.ApprovalAnswered, services.ApprovalExpired):
        # Answered through another door a moment ago: the sentence means something else then.
        return None
    said = nearest_language(context.request.language).replies[f"consent_{context.consent}"]
    services.record_answer(claim=claim, answer=services.Answer(0, "rules", said), now=now)
    return said
