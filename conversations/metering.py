"""The meter of a turn's requests to models: reserved before, booked after."""

from __future__ import annotations

from uuid import UUID

import orjson
import structlog
from django.utils import timezone

from conversations import services
from conversations.agent.engines import Spent
from conversations.claim_querysets import Claim
from conversations.patience import until_database_is_back
from integrations.llm.base import ModelRequest, Provider, Usage
from integrations.llm.prices import bound_micros, cost_micros
from voice2task.kernel.database import DATABASE_AWAY, in_database

logger = structlog.get_logger(__name__)

# Vendors add to a request what tells the model how to call tools.
VENDORS_OWN_TOKENS = 1000
# No text takes more: a token is rarely less than three bytes, in any script.
BYTES_PER_TOKEN_AT_LEAST = 2
BYTES_PER_TOKEN = 4


class RequestMeter:
    """See `agent.engines.Meter`."""

    def __init__(self, claim: Claim) -> None:
        self._claim = claim

    async def open(self, index: int, provider: Provider, request: ModelRequest) -> UUID | None:
        encoded = orjson.dumps(provider.body(request))
        bound = bound_micros(
            provider.name,
            provider.model,
            input_tokens=len(encoded) // BYTES_PER_TOKEN_AT_LEAST + VENDORS_OWN_TOKENS,
            output_tokens=request.max_output_tokens,
        )
        return await until_database_is_back(
            services.open_request,
            claim=self._claim,
            index=index,
            provider=provider.name,
            model=provider.model,
            body=encoded,
            bound_micros=bound,
            now=timezone.now(),
        )

    async def close(self, request_id: UUID, provider: Provider, request: ModelRequest, spent: Spent) -> None:
        usage = spent.usage or _estimate(provider, request, spent)
        taken = services.Taken(
            status=spent.outcome,
            usage=usage,
            cost_micros=cost_micros(provider.name, provider.model, usage),
            latency_ms=spent.milliseconds(spent.ended_at),
            first_token_ms=spent.milliseconds(spent.first_token_at) if spent.first_token_at else None,
            error_code=spent.error.code if spent.error else "",
            error_message=str(spent.error or ""),
        )
        try:
            await in_database(services.close_request, request_id=request_id, taken=taken, now=timezone.now())
        except DATABASE_AWAY as error:
            # The sweep will give the reservation back; what it cost is in this line only.
            logger.warning("request_not_booked", error=str(error), cost_micros=taken.cost_micros)


def _estimate(provider: Provider, request: ModelRequest, spent: Spent) -> Usage:
    """What an answer took that its vendor did not count, because it was cut off or never counts.

    A request that failed before the first word took nothing.
    """
    if spent.outcome == "failed" and not spent.characters:
        return Usage()
    size = len(orjson.dumps(provider.body(request)))
    return Usage(input_tokens=size // BYTES_PER_TOKEN, output_tokens=spent.characters // BYTES_PER_TOKEN + 1)
