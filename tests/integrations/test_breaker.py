from __future__ import annotations

import pytest

from integrations.llm.base import ProviderError
from integrations.llm.breaker import Breaker

AWAY = ProviderError("away")


def test_three_failures_in_a_row_give_it_a_rest_and_one_may_try_after_it():
    breaker = Breaker()
    for now in (0, 1):
        breaker.failed(AWAY, now)
    assert breaker.allows(1)
    breaker.failed(AWAY, 2)
    assert not breaker.allows(6.9)
    assert breaker.allows(7)
    assert not breaker.allows(7)
    breaker.failed(AWAY, 8)
    assert not breaker.allows(17.9)
    assert breaker.allows(18)
    breaker.succeeded()
    assert breaker.allows(18)
    assert breaker.allows(18)


def test_a_success_between_starts_the_count_anew():
    breaker = Breaker()
    for _ in range(5):
        breaker.failed(AWAY, 0)
        breaker.failed(AWAY, 0)
        breaker.succeeded()
    assert breaker.allows(0)


def test_a_probe_that_never_reports_is_followed_by_another():
    breaker = Breaker()
    for _ in range(3):
        breaker.failed(AWAY, 0)
    assert breaker.allows(5)
    assert not breaker.allows(6)
    assert breaker.allows(16)


def test_the_rest_is_never_longer_than_a_minute():
    breaker, now = Breaker(), 0.0
    for _ in range(20):
        breaker.failed(AWAY, now)
    assert breaker.allows(now + 60)


@pytest.mark.parametrize(("wanted", "got"), [(12.0, 12.0), (4000.0, 300.0)])
def test_it_rests_as_long_as_the_vendor_wants_within_bounds(wanted: float, got: float):
    breaker = Breaker()
    breaker.failed(ProviderError("busy", overloaded=True, retry_after=wanted), 0)
    assert not breaker.allows(got - 0.1)
    assert breaker.allows(got)


def test_a_wrong_key_locks_out_at_once_and_a_wrong_request_never():
    breaker = Breaker()
    for _ in range(9):
        breaker.failed(ProviderError("bad", permanent=True, status=400), 0)
    assert breaker.allows(0)
    breaker.failed(ProviderError("key", permanent=True, status=401), 0)
    assert not breaker.allows(59)
    assert breaker.allows(60)
