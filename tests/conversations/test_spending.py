"""What models have cost, through the REST door."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from conversations.request_models import LLMRequest
from tests.tasks.doors import error_of

DOOR = "/api/v1/spending/"
# Friday noon in Berlin.
NOW = datetime(2026, 3, 6, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def asked(user: User, at: datetime, cost: int, model: str = "small") -> None:
    LLMRequest.objects.create(
        user=user,
        epoch=1,
        step_index=0,
        provider="openai",
        model=model,
        status="answered",
        input_tokens=100,
        output_tokens=10,
        reserved_micros=0,
        cost_micros=cost,
        created_at=at,
    )


def spending(client: APIClient, **query: Any) -> dict[str, Any]:
    answer = client.get(DOOR, query)
    assert answer.status_code == 200, answer.content
    body: dict[str, Any] = answer.json()
    return body


def test_it_is_told_by_day_and_model_on_the_users_clock(as_alice: APIClient, alice: User, bob: User):
    # Half past midnight on the sixth in Berlin.
    asked(alice, datetime(2026, 3, 5, 23, 30, tzinfo=UTC), 1_000)
    asked(alice, datetime(2026, 3, 6, 9, 0, tzinfo=UTC), 500)
    asked(alice, datetime(2026, 3, 6, 9, 0, tzinfo=UTC), 70, model="large")
    asked(alice, datetime(2026, 3, 5, 12, 0, tzinfo=UTC), 2)
    asked(bob, datetime(2026, 3, 6, 9, 0, tzinfo=UTC), 10**9)
    answer = spending(as_alice)
    rows = [(day["date"], day["model"], day["requests"], day["cost_micros"]) for day in answer["days"]]
    assert rows == [
        ("2026-03-05", "small", 1, 2),
        ("2026-03-06", "large", 1, 70),
        ("2026-03-06", "small", 2, 1_500),
    ]
    assert (answer["cost_micros"], answer["timezone"]) == (1_572, "Europe/Berlin")
    assert (answer["days"][2]["input_tokens"], answer["days"][2]["output_tokens"]) == (200, 20)


def test_the_last_thirty_days_are_told_unless_others_are_asked_for(as_alice: APIClient, alice: User):
    asked(alice, datetime(2026, 2, 1, 12, 0, tzinfo=UTC), 5)
    answer = spending(as_alice)
    assert (answer["start"], answer["end"], answer["days"]) == ("2026-02-05", "2026-03-06", [])
    answer = spending(as_alice, start="2026-02-01", end="2026-02-01")
    assert (answer["cost_micros"], len(answer["days"])) == (5, 1)


def test_it_takes_one_query(as_alice: APIClient, alice: User, django_assert_num_queries):
    for hour in range(5):
        asked(alice, datetime(2026, 3, 6, hour, 0, tzinfo=UTC), 1)
    with django_assert_num_queries(1):
        assert spending(as_alice)["cost_micros"] == 5


def test_days_the_wrong_way_round_are_refused(as_alice: APIClient):
    answer = as_alice.get(DOOR, {"start": "2026-03-06", "end": "2026-03-01"})
    assert error_of(answer)[:2] == (400, "range_invalid")


def test_a_stranger_is_told_nothing(as_nobody: APIClient):
    assert as_nobody.get(DOOR).status_code == 401
