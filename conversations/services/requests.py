"""Requests to models: paid for before they are made, booked when they are over.

They are bookkeeping of a turn, as its steps are: they record no activity, and hold no stream.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import services as accounts
from conversations.claim_querysets import Claim
from conversations.request_models import LLMRequest
from integrations.llm.base import Usage
from voice2task.kernel.identifiers import uuid7

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


def open_request(
    *,
    claim: Claim,
    index: int,
    provider: str,
    model: str,
    body: bytes,
    bound_micros: int,
    now: datetime,
) -> UUID | None:
    """Note a request that is about to be made (`body` is its JSON), and reserve what it can cost at most.

    None if the user's budget forbids it: nothing is noted then.
    """
    values = accounts.reservation(user_id=claim.user_id, micros=bound_micros, now=now) | {
        "id": (request_id := uuid7()),
        "turn_id": claim.turn_id,
        "epoch": claim.epoch,
        "step_index": index,
        "provider": provider,
        "model": model,
        "body": body.decode(),
        "now": now,
    }
    if not LLMRequest.objects.open(values):
        # There may be no row of this month yet, or none until a moment ago.
        accounts.begin_month(user_id=claim.user_id, now=now)
        if not LLMRequest.objects.open(values):
            return None
    return request_id


def close_request(*, request_id: UUID, taken: Taken, now: datetime) -> bool:
    """Book what a request has cost. False if it was given up for dead meanwhile: nothing is changed then."""
    values = asdict(taken)
    usage: dict[str, int] = values.pop("usage")
    message = taken.error_message[:MESSAGE_LENGTH]
    return LLMRequest.objects.close(values | usage | {"id": request_id, "error_message": message, "now": now})


def sweep_requests(*, now: datetime) -> int:
    """Give back what is reserved for requests whose worker is gone. Returns how many there were."""
    with transaction.atomic():
        rows = LLMRequest.objects.abandoned().order_by("id").select_for_update(skip_locked=True, of=("self",))
        abandoned = list(rows.defer("body")[:SWEEP_LIMIT])
        for request in abandoned:
            _give_up(request, now)
    return len(abandoned)


def _give_up(request: LLMRequest, now: datetime) -> None:
    request.status = LLMRequest.Status.ABANDONED
    request.latency_ms = 0
    request.finished_at = now
    request.save(update_fields=["status", "latency_ms", "finished_at"])
    accounts.settle(
        user_id=request.user_id, reserved_at=request.created_at, reserved=request.reserved_micros, spent=0
    )
