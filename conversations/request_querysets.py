"""Requests to models. Opening and closing one is on the way of every reply: a statement each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.db.models.functions import TruncDate

from accounts.querysets import RESERVE, SETTLE
from voice2task.kernel import statements

if TYPE_CHECKING:
    from conversations.request_models import LLMRequest  # noqa: F401 - named in strings below

# Notes a request, if what it can cost can be reserved.
OPEN = f"""
WITH reserved AS ({RESERVE})
INSERT INTO conversations_llmrequest (id, user_id, turn_id, epoch, step_index, provider, model, body, status,
                                      error_code, error_message, input_tokens, cached_input_tokens,
                                      cache_write_tokens, output_tokens, reserved_micros, cost_micros,
                                      created_at)
SELECT %(id)s, %(user_id)s, %(turn_id)s, %(epoch)s, %(step_index)s, %(provider)s, %(model)s, %(body)s::jsonb,
       'open', '', '', 0, 0, 0, 0, %(micros)s, 0, %(now)s
  FROM reserved
"""

# Books a request, unless it was given up for dead: settled already, or its turn taken over by another claim.
CLOSE = f"""
WITH found AS (
    SELECT request.id, request.user_id, request.reserved_micros, request.created_at
      FROM conversations_llmrequest AS request
      LEFT JOIN conversations_turn AS turn ON turn.id = request.turn_id
     WHERE request.id = %(id)s AND request.status = 'open'
       AND COALESCE(turn.epoch, request.epoch) = request.epoch
       FOR UPDATE OF request
), closed AS (
    UPDATE conversations_llmrequest AS request
       SET status = %(status)s, cost_micros = %(cost_micros)s, latency_ms = %(latency_ms)s,
           first_token_ms = %(first_token_ms)s, error_code = %(error_code)s,
           error_message = %(error_message)s, input_tokens = %(input_tokens)s,
           cached_input_tokens = %(cached_input_tokens)s, cache_write_tokens = %(cache_write_tokens)s,
           output_tokens = %(output_tokens)s, finished_at = %(now)s
      FROM found WHERE request.id = found.id
), charge AS (
    SELECT user_id, date_trunc('month', created_at AT TIME ZONE 'UTC')::date AS month,
           reserved_micros AS reserved, %(cost_micros)s AS cost
      FROM found
), settled AS ({SETTLE})
SELECT 1 FROM found
"""


class LLMRequestQuerySet(models.QuerySet["LLMRequest"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def spent_by_day(self, zone: ZoneInfo) -> models.QuerySet[Any, Any]:
        """What each model has taken on each day of `zone`: `{day, provider, model, requests, …}`."""
        day = TruncDate("created_at", tzinfo=zone)
        return (
            self.annotate(day=day)
            .values("day", "provider", "model")
            .annotate(
                requests=models.Count("id"),
                input=models.Sum("input_tokens"),
                output=models.Sum("output_tokens"),
                cost=models.Sum("cost_micros"),
            )
            .order_by("day", "provider", "model")
        )

    def abandoned(self) -> Self:
        """Open ones whose worker does not hold the turn any more, so that nobody will settle them."""
        held = Q(turn__status="running", turn__epoch=models.F("epoch"))
        return self.filter(status="open").exclude(held)

    def open(self, values: Mapping[str, Any]) -> bool:
        """Run `OPEN`. False if the money cannot be reserved, or its month has no row yet."""
        return bool(statements.run(OPEN, values).rowcount)

    def close(self, values: Mapping[str, Any]) -> bool:
        """Run `CLOSE`. False if nothing was changed."""
        return statements.run(CLOSE, values).fetchone() is not None
