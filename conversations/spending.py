"""What models have cost a user, day by day."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.models import User
from conversations.request_models import LLMRequest
from tasks.statistics import moments_of


def spending_of(user: User, *, first: date, last: date) -> dict[str, Any]:
    """What was asked of models on the days from `first` to `last` on the user's clock, both included.

    `{start, end, timezone, cost_micros, days: [{date, provider, model, requests, input_tokens, output_tokens,
    cost_micros}]}`, in millionths of a US dollar; days on which nothing was asked are left out.

    Raises:
        RangeInvalid
    """
    since, until = moments_of(user, first, last)
    within = LLMRequest.objects.of(user.id).filter(created_at__gte=since, created_at__lt=until)
    days = [
        {
            "date": row["day"].isoformat(),
            "provider": row["provider"],
            "model": row["model"],
            "requests": row["requests"],
            "input_tokens": row["input"],
            "output_tokens": row["output"],
            "cost_micros": row["cost"],
        }
        for row in within.spent_by_day(user.zone)
    ]
    return {
        "start": first.isoformat(),
        "end": last.isoformat(),
        "timezone": user.timezone,
        "cost_micros": sum(day["cost_micros"] for day in days),
        "days": days,
    }
