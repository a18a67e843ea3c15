"""Tool calls that wait for the user: asked for by a turn, answered once, or too late."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import orjson
from django.conf import settings
from django.db import transaction

from accounts.actors import Actor
from activities.services import Entry, lock_stream, record, record_all
from conversations.claim_querysets import Claim
from conversations.models import AllowedTool, Approval, Turn
from conversations.representation import render_approval
from conversations.services.turns import TurnLost
from voice2task.kernel.errors import Conflict, NotFound

JSON = dict[str, Any]
Decision = Literal["approve", "reject", "always"]

SWEEP_LIMIT = 200


class ApprovalRequired(Exception):
    """Raised by a tool's effect: the user must be asked first, and what was tried does not count.

    `preview` is what it would change, `rows` how many things.
    """

    def __init__(self, reason: str, preview: list[JSON], rows: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.preview = preview
        self.rows = rows


class ApprovalNotFound(NotFound):
    code = "approval_not_found"
    message = "There is no such approval."


class ApprovalAnswered(Conflict):
    code = "approval_answered"
    message = "This approval is not waiting for an answer any more."


class ApprovalExpired(Conflict):
    code = "approval_expired"
    message = "The answer came too late."


class ApprovalChanged(Conflict):
    code = "approval_changed"
    message = "The answer is about other arguments than those that wait."


def digest_of(tool: str, arguments: JSON) -> str:
    """SHA-256, in hexadecimal digits, of a tool's name and arguments."""
    return hashlib.sha256(orjson.dumps([tool, arguments], option=orjson.OPT_SORT_KEYS)).hexdigest()


def request_approval(
    *, claim: Claim, index: int, call: JSON, required: ApprovalRequired, now: datetime
) -> Approval:
    """Let the turn wait for the user, in the caller's transaction, which holds stream and turn."""
    approval = Approval.objects.create(
        user_id=claim.user_id,
        turn_id=claim.turn_id,
        step_index=index,
        tool=call["name"],
        arguments=call["arguments"],
        digest=digest_of(call["name"], call["arguments"]),
        reason=required.reason,
        preview=required.preview,
        rows=required.rows,
        created_at=now,
        expires_at=now + settings.APPROVAL_LIFETIME,
    )
    Turn.objects.filter(id=claim.turn_id).update(
        status=Turn.Status.AWAITING_APPROVAL, lease_expires_at=None, next_attempt_at=None
    )
    entry = Entry("approval.requested", "approval", approval.id, render_approval(approval))
    record(actor=Actor(claim.user_id, "agent", claim.turn_id), entry=entry, at=now)
    return approval


@transaction.atomic
def answer_approval(
    *,
    actor: Actor,
    approval_id: UUID,
    decision: Decision,
    now: datetime,
    digest: str = "",
    arguments: JSON | None = None,
    check: Callable[[str, JSON], None] | None = None,
) -> Approval:
    """Answer once, and set the turn going again.

    "always" approves, and lets the tool act without asking from now on. `arguments` replace those that wait;
    `check` says whether the tool takes them. `digest`, if given, says what the user has seen.

    Raises:
        ApprovalNotFound, ApprovalAnswered, ApprovalExpired, ApprovalChanged, and whatever `check` raises.
    """
    lock_stream(actor.user_id)
    approval = hold_approval(Approval.objects.of(actor.user_id).filter(id=approval_id).first())
    if approval.status != Approval.Status.PENDING:
        raise ApprovalAnswered
    if approval.expires_at <= now:
        raise ApprovalExpired
    if digest and digest != approval.digest:
        raise ApprovalChanged(field="digest")
    approved = decision != "reject"
    if approved and arguments is not None and digest_of(approval.tool, arguments) != approval.digest:
        if check:
            check(approval.tool, arguments)
        approval.edited = arguments
    entries = [_answered(approval, Approval.Status.APPROVED if approved else Approval.Status.REJECTED, now)]
    if decision == "always":
        entries += allow(actor, approval.tool, now)
    record_all(actor=replace(actor, turn_id=approval.turn_id), entries=entries, at=now)
    return approval


def pending_approval_in(conversation_id: UUID, *, now: datetime) -> UUID | None:
    """The approval of a conversation that was asked for last and still waits."""
    waiting = Approval.objects.pending().filter(turn__conversation_id=conversation_id, expires_at__gt=now)
    return waiting.order_by("-id").values_list("id", flat=True).first()


def allow(actor: Actor, tool: str, now: datetime) -> list[Entry]:
    """Let a tool act without asking; the entries to record."""
    allowed, created = AllowedTool.objects.get_or_create(
        user_id=actor.user_id, tool=tool, defaults={"created_at": now}
    )
    return [Entry("tool.allowed", "tool", allowed.id, {"tool": tool})] if created else []


@transaction.atomic
def disallow_tool(*, actor: Actor, tool: str, now: datetime) -> None:
    """Let a tool ask again. One that asks already is no error."""
    lock_stream(actor.user_id)
    allowed = AllowedTool.objects.of(actor.user_id).filter(tool=tool).first()
    if allowed is None:
        return
    entry = Entry("tool.disallowed", "tool", allowed.id, {}, {"tool": tool})
    allowed.delete()
    record(actor=actor, entry=entry, at=now)


def sweep_approvals(*, now: datetime) -> int:
    """Set going every turn whose approval came to no answer in time: it ends, saying so. Returns how many."""
    overdue = list(Approval.objects.overdue(now).order_by("expires_at")[:SWEEP_LIMIT])
    for approval in overdue:
        _expire(approval, now)
    return len(overdue)


@transaction.atomic
def _expire(overdue: Approval, now: datetime) -> None:
    lock_stream(overdue.user_id)
    approval = hold_approval(overdue)
    if approval.status == Approval.Status.PENDING:
        entry = _answered(approval, Approval.Status.EXPIRED, now)
        record(actor=Actor(approval.user_id, "system", approval.turn_id), entry=entry, at=now)


def hold_approval(approval: Approval | None) -> Approval:
    """Lock an approval and its turn, in this order; the caller holds the stream.

    Raises:
        ApprovalNotFound
    """
    if approval is None:
        raise ApprovalNotFound
    Turn.objects.select_for_update().filter(id=approval.turn_id).first()
    held = Approval.objects.select_for_update().filter(id=approval.id).first()
    if held is None:
        raise ApprovalNotFound
    return held


def _answered(approval: Approval, status: Approval.Status, now: datetime) -> Entry:
    """Close an approval and queue its turn; the activity's subscriber runs it."""
    approval.status = status
    approval.answered_at = now
    approval.save(update_fields=["status", "edited", "answered_at"])
    queued = Turn.objects.filter(id=approval.turn_id, status=Turn.Status.AWAITING_APPROVAL)
    if not queued.update(status=Turn.Status.QUEUED):
        raise TurnLost
    after = {"status": status.value, "arguments": approval.edited or approval.arguments}
    return Entry(f"approval.{status.value}", "approval", approval.id, after, {"status": "pending"})
