"""Requests to models: paid for before they are made, booked when they are over.

They are bookkeeping of a turn, as its steps are: they record no activity, and hold no stream.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts import services as accounts
from conversations.models import LLMRequest
from conversations.querysets import Claim
from integrations.llm.base import Usage

JSON = dict[str, Any]

SWEEP_LIMIT = 500
MESSAGE_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Taken:
    """What a request took. `status` is a value of `LLMRequest.Status`; times are in milliseconds."""

    status: str
    usage: Usage
    cost_micros: int
    latency_ms: int
    first_token_ms: int | None = None
    error_code: str = ""
    error_message: str = ""


@transaction.atomic
def open_request(
    *,
    claim: Claim,
    index: int,
    provider: str,
    model: str,
    body: JSON,
    bound_micros: int,
    now: datetime,
) -> UUID | None:
    """Note a request that is about to be made, and reserve what it can cost at most.

    None if the user's budget forbids it: nothing is noted then.
    """
    if not accounts.reserve(user_id=claim.user_id, micros=bound_micros, now=now):
        return None
    request: LLMRequest = LLMRequest.objects.create(
        user_id=claim.user_id,
        turn_id=claim.turn_id,
        epoch=claim.epoch,
        step_index=index,
        provider=provider,
        model=model,
        body=body,
        reserved_micros=bound_micros,
        created_at=now,
    )
    return request.id


@transaction.atomic
def close_request(*, request_id: UUID, taken: Taken, now: datetime) -> bool:
    """Book what a request has cost. False if it was given up for dead meanwhile: nothing is changed then."""
    request = LLMRequest.objects.select_for_update().filter(id=request_id, status="open").first()
    if request is None or _epoch_of(request) not in (None, request.epoch):
        return False
    _book(request, taken, now)
    return True


def sweep_requests(*, now: datetime) -> int:
    """Give back what is reserved for requests whose worker is gone. Returns how many there were."""
    with transaction.atomic():
        rows = LLMRequest.objects.abandoned().order_by("id").select_for_update(skip_locked=True, of=("self",))
        abandoned = list(rows[:SWEEP_LIMIT])
        for request in abandoned:
            _book(request, Taken("abandoned", Usage(), cost_micros=0, latency_ms=0), now)
    return len(abandoned)


def _epoch_of(request: LLMRequest) -> int | None:
    turn = request.turn
    return turn.epoch if turn else None


def _book(request: LLMRequest, taken: Taken, now: datetime) -> None:
    for name, value in asdict(taken.usage).items():
        setattr(request, name, value)
    request.status = taken.status
    request.cost_micros = taken.cost_micros
    request.latency_ms = taken.latency_ms
    request.first_token_ms = taken.first_token_ms
    request.error_code = taken.error_code
    request.error_message = taken.error_message[:MESSAGE_LENGTH]
    request.finished_at = now
    request.save()
    accounts.settle(
        user_id=request.user_id,
        reserved_at=request.created_at,
        reserved=request.reserved_micros,
        spent=taken.cost_micros,
    )
