"""Limits: exact under concurrency, sliding, told in headers, and open when Redis is away."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from rest_framework.test import APIClient

from accounts.models import User
from tests.accounts.conftest import error
from tests.conftest import client_of
from voice2task.kernel import throttling
from voice2task.kernel.callers import address_of, address_of_scope
from voice2task.kernel.rates import Rate
from voice2task.kernel.throttling import Limit, RateLimited, Usage, hit, limits, require

ME, MESSAGES = "/api/v1/auth/me/", "/api/v1/messages/"


@pytest.fixture(autouse=True)
def _mended() -> Iterator[None]:
    throttling.fuse.mend()
    yield
    throttling.fuse.mend()


@pytest.fixture
def patient(empty_redis: None) -> Iterator[Redis]:
    """A client that waits for a busy machine, where the application would let requests pass."""
    with Redis.from_url(django_settings.REDIS_URL, max_connections=64) as client:
        yield client


def limit(name: str, count: int, seconds: int = 3600, key: str = "x") -> Limit:
    return Limit(name, f"rate:{name}:{key}", Rate(count, seconds))


def passes(usages: list[Usage]) -> bool:
    assert usages
    return not any(usage.retry_after for usage in usages)


def test_of_500_at_once_exactly_100_pass(patient: Redis):
    asked = [limit("user", 100), limit("address", 1000)]
    with ThreadPoolExecutor(50) as pool:
        passed = list(pool.map(lambda _: passes(hit(asked, client=patient)), range(500)))
    assert passed.count(True) == 100
    # What one limit has refused, the other has not counted.
    assert patient.hget("rate:address:x", "used") == b"100"


def test_who_has_used_it_up_does_not_use_up_that_of_others(patient: Redis):
    for _ in range(3):
        hit([limit("user", 2, key="alice")], client=patient)
    assert not passes(hit([limit("user", 2, key="alice")], client=patient))
    assert passes(hit([limit("user", 2, key="bob")], client=patient))


def test_what_is_left_and_when_to_come_again(patient: Redis):
    asked = [limit("user", 3, 60)]
    left = [hit(asked, client=patient)[0].remaining for _ in range(3)]
    assert left == [2, 1, 0]
    (refused,) = hit(asked, client=patient)
    assert refused.remaining == 0
    # A window later a third of the former one must have gone as well.
    assert 75 < refused.retry_after <= 80
    assert 55 < refused.reset <= 60
    assert 60_000 < patient.pttl("rate:user:x") <= 120_000
    with pytest.raises(RateLimited) as raised:
        require([refused])
    assert raised.value.extra == {"limit": "user", "retry_after": refused.retry_seconds}


def moved_back(client: Redis, seconds: float) -> None:
    """As if the window had begun earlier."""
    start = float(client.hget("rate:user:x", "start") or 0)
    client.hset("rate:user:x", "start", str(int(start - seconds * 1000)))


@pytest.mark.parametrize(("elapsed", "again"), [(61, 0), (90, 5), (119, 9), (125, 10)])
def test_the_window_before_counts_less_and_less(patient: Redis, elapsed: int, again: int):
    asked = [limit("user", 10, 60)]
    for _ in range(10):
        assert passes(hit(asked, client=patient))
    moved_back(patient, elapsed)
    passed = [passes(hit(asked, client=patient)) for _ in range(11)].count(True)
    assert again <= passed <= again + 1


def test_it_passes_when_it_was_said_to(patient: Redis):
    asked = [limit("user", 2, 1)]
    while passes(usages := hit(asked, client=patient)):
        pass
    moved_back(patient, usages[0].retry_after + 0.002)
    assert passes(hit(asked, client=patient))


def test_rates_as_settings_write_them():
    assert [Rate.parse(text) for text in ("5/s", "600/m", "7/h", "1/d")] == [
        Rate(5, 1),
        Rate(600, 60),
        Rate(7, 3600),
        Rate(1, 86_400),
    ]
    assert Rate.parse("off") is None
    for wrong in ("", "0/m", "5", "5/w", "-1/m", "5 /m"):
        with pytest.raises(ValueError, match="as 600/m, or off"):
            Rate.parse(wrong)


# --- At the doors ---------------------------------------------------------------------------------------


@pytest.fixture
def rates(settings, empty_redis: None):
    def allow(**given: Rate | None) -> None:
        settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS) | given

    return allow


def test_a_user_is_limited_wherever_they_come_from(alice: User, bob: User, rates):
    rates(user=Rate(3, 3600))
    doors = [APIClient(REMOTE_ADDR=f"10.0.0.{n}") for n in range(4)]
    for door in doors:
        door.force_authenticate(alice)
    statuses = [door.get(ME).status_code for door in doors]
    assert statuses == [200, 200, 200, 429]
    refused = doors[0].get(ME)
    assert error(refused) == (429, "rate_limited", None)
    assert refused.json()["extra"]["limit"] == "user"
    assert int(refused["Retry-After"]) == refused.json()["extra"]["retry_after"] > 3600
    assert client_of(bob).get(ME).status_code == 200


def test_an_address_is_limited_before_anything_is_done(as_nobody: APIClient, rates, db: None):
    rates(address=Rate(2, 60))
    assert [as_nobody.get(ME).status_code for _ in range(3)] == [401, 401, 429]
    refused = as_nobody.get("/")
    assert error(refused) == (429, "rate_limited", None)
    assert int(refused["Retry-After"]) > 0
    assert as_nobody.get("/health/live").status_code == 200
    assert as_nobody.get("/", REMOTE_ADDR="10.0.0.9").status_code == 200


def test_the_headers_say_what_is_left(as_alice: APIClient, rates):
    rates(user=Rate(10, 60), address=Rate(20, 60))
    answer = as_alice.get(ME)
    assert answer["RateLimit-Policy"] == '"address";q=20;w=60, "user";q=10;w=60'
    assert answer["RateLimit"] == '"address";r=19;t=60, "user";r=9;t=60'
    assert "Retry-After" not in answer


def test_a_door_has_a_limit_of_its_own(as_alice: APIClient, rates):
    rates(messages=Rate(2, 3600))
    said = [as_alice.post(MESSAGES, {"text": "buy milk"}).status_code for _ in range(3)]
    assert said == [202, 202, 429]
    assert as_alice.get(ME).status_code == 200


def test_logging_in_is_limited_by_address(as_nobody: APIClient, rates, db: None):
    rates(login=Rate(2, 3600))
    login = {"email": "nobody@example.com", "password": "guess"}
    paths = ("/api/v1/auth/token/", "/api/v1/auth/password/reset/", "/api/v1/auth/register/")
    statuses = [as_nobody.post(path, login).status_code for path in paths]
    assert statuses == [401, 400, 429]


# --- Without Redis --------------------------------------------------------------------------------------


@pytest.fixture
def redis_away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    away = Redis.from_url(f"unix://{tmp_path}/nobody.sock", retry=Retry(NoBackoff(), 0))
    monkeypatch.setattr(throttling, "push_client", lambda: away)


def test_without_redis_everything_passes_and_it_is_said_once(
    as_alice: APIClient, rates, redis_away: None, caplog: pytest.LogCaptureFixture
):
    rates(user=Rate(1, 3600), address=Rate(1, 3600))
    answers = [as_alice.get(ME) for _ in range(5)]
    assert {answer.status_code for answer in answers} == {200}
    assert "RateLimit" not in answers[0]
    said = [record for record in caplog.records if "throttling_off" in str(record.msg)]
    assert len(said) == 1


def test_a_dead_redis_is_left_alone_for_a_while(redis_away: None, monkeypatch: pytest.MonkeyPatch):
    asked = [limit("user", 1)]
    assert hit(asked) == []
    assert throttling.fuse.blown
    later = time.monotonic() + throttling.REST_SECONDS + 0.1
    monkeypatch.setattr(throttling.time, "monotonic", lambda: later)
    assert not throttling.fuse.blown
    assert hit(asked) == []
    assert throttling.fuse.blown


def test_it_counts_again_when_redis_is_back(patient: Redis, caplog: pytest.LogCaptureFixture):
    throttling.fuse.blow(OSError())
    throttling.fuse._until = 0.0
    assert passes(hit([limit("user", 1)]))
    assert "throttling_on" in str(caplog.records[-1].msg)


def test_what_has_no_limit_asks_nothing(rates, redis_away: None):
    rates()
    assert limits(user="x", address="y") == []
    assert hit([]) == []
    assert not throttling.fuse.blown


# --- From where -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proxies", "forwarded", "peer", "address"),
    [
        (0, "1.1.1.1", "9.9.9.9", "9.9.9.9"),
        (1, "6.6.6.6, 1.1.1.1", "9.9.9.9", "1.1.1.1"),
        (2, "6.6.6.6, 1.1.1.1, 2.2.2.2", "9.9.9.9", "1.1.1.1"),
        (1, "", "9.9.9.9", "9.9.9.9"),
        (3, "1.1.1.1", "9.9.9.9", "9.9.9.9"),
        (1, "<script>", "9.9.9.9", None),
        (0, "", None, None),
        (0, "", "unix:", None),
        (1, "2001:DB8::1", "9.9.9.9", "2001:db8::1"),
    ],
)
def test_only_our_own_proxies_are_believed(settings, proxies, forwarded, peer, address):
    settings.PROXIES = proxies
    assert address_of(forwarded, peer) == address
    headers = [(b"x-forwarded-for", part.encode()) for part in forwarded.split(", ") if part]
    assert address_of_scope({"headers": headers, "client": peer and [peer, 1]}) == address


def test_a_login_keeps_the_callers_address(client: Client, alice: User, settings):
    settings.PROXIES = 1
    client.get("/api/v1/auth/csrf/", headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.7"})
    credentials = {"email": alice.email, "password": "correct horse battery staple"}
    forwarded = {"X-Forwarded-For": "6.6.6.6, 203.0.113.7"}
    answer = client.post("/api/v1/auth/token/", credentials, "application/json", headers=forwarded)
    assert answer.status_code == 200
    login = alice.logins.get()
    assert login.ip == "203.0.113.7"
