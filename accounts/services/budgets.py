"""Money: what a user may cost in a month, and what calls that are running may still cost.

Reserving and settling are bookkeeping of calls that are recorded elsewhere, so they record no activity.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts.actors import Actor
from accounts.models import Budget, Spending
from voice2task.kernel.errors import Invalid
from voice2task.kernel.journal import journal

MAX_LIMIT_MICROS = 10**15


class BudgetInvalid(Invalid):
    code = "budget_invalid"
    message = "A budget is an amount of 0 to 1,000,000,000 dollars."


@dataclass(frozen=True, slots=True)
class BudgetState:
    """Millionths of a US dollar in the current calendar month (UTC). `limit` None is without limit."""

    month: date
    limit: int | None
    spent: int
    reserved: int


def month_of(moment: datetime) -> date:
    return moment.astimezone(UTC).date().replace(day=1)


def budget_of(user_id: UUID, *, now: datetime) -> BudgetState:
    month = month_of(now)
    row = Spending.objects.of(user_id).filter(month=month).first() or Spending()
    return BudgetState(month, _limit(user_id), row.spent_micros, row.reserved_micros)


@transaction.atomic
def set_budget(*, actor: Actor, limit_micros: int | None, now: datetime) -> Budget:
    """Limit what the actor's user may cost a month. Staff's business: no door of users calls it.

    Raises:
        BudgetInvalid
    """
    if limit_micros is not None and not 0 <= limit_micros <= MAX_LIMIT_MICROS:
        raise BudgetInvalid(field="limit_micros")
    journal().lock(actor.user_id)
    before = _limit(actor.user_id)
    budget, _ = Budget.objects.update_or_create(
        user_id=actor.user_id, defaults={"limit_micros": limit_micros}
    )
    changes: dict[str, Any] = {"before": {"limit_micros": before}, "after": {"limit_micros": limit_micros}}
    journal().record(
        user_id=actor.user_id,
        kind="budget.updated",
        actor=actor.kind,
        subject_type="user",
        subject_id=actor.user_id,
        at=now,
        **changes,
    )
    return budget


def reservation(*, user_id: UUID, micros: int, now: datetime) -> dict[str, Any]:
    """The values that `accounts.querysets.RESERVE` needs to set money aside for a call."""
    limit: int | None = settings.LLM_MONTHLY_BUDGET_MICROS
    return {"user_id": user_id, "month": month_of(now), "micros": micros, "limit": limit}


def begin_month(*, user_id: UUID, now: datetime) -> None:
    """Make the row that a month's money is reserved in, if there is none."""
    Spending.objects.ensure(user_id, month_of(now))


def settle(*, user_id: UUID, reserved_at: datetime, reserved: int, spent: int) -> None:
    """Book what a call really cost, in the caller's transaction; `reserved_at` names the month."""
    Spending.objects.settle(user_id, month_of(reserved_at), reserved=reserved, spent=spent)


def _limit(user_id: UUID) -> int | None:
    own = Budget.objects.filter(user_id=user_id).values_list("limit_micros", flat=True)
    for limit in own:
        return limit
    default: int | None = settings.LLM_MONTHLY_BUDGET_MICROS
    return default
