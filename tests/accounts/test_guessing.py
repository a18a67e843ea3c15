"""Guessing passwords: so many are free, then the account is locked for longer each time, whoever it is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from tests.accounts.conftest import error, log_in
from tests.conftest import PASSWORD, client_of
from voice2task.kernel import throttling
from voice2task.kernel.attempts import Lock, TooManyAttempts, begin_attempt, forgive
from voice2task.kernel.redis import push_client

TOKEN = "/api/v1/auth/token/"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_redis")]


@pytest.fixture(autouse=True)
def _three_are_free(settings) -> None:
    settings.LOGIN_FAILURES = 3
    throttling.fuse.mend()


WRONG = "guess"


def guess(email: str, password: str = WRONG, **origin: str):
    return APIClient(**origin).post(TOKEN, {"email": email, "password": password})


def test_an_account_is_locked_after_so_many_wrong_guesses(alice):
    origins = [{"REMOTE_ADDR": f"10.0.0.{n}"} for n in range(4)]
    statuses = [guess(alice.email.upper(), **origin).status_code for origin in origins]
    assert statuses == [401, 401, 401, 429]
    refused = guess(alice.email, PASSWORD)
    assert error(refused) == (429, "too_many_attempts", None)
    assert 0 < refused.json()["extra"]["retry_after"] <= 5


def test_nobody_learns_whether_there_is_such_an_account(alice):
    def answers(email: str) -> list[tuple]:
        return [(r.status_code, r.json()["errors"]) for r in (guess(email) for _ in range(5))]

    assert answers(alice.email) == answers("nobody@example.com")


def test_who_has_stolen_a_login_cannot_guess_the_password_with_it(alice: User):
    client = client_of(alice)
    doors = [
        lambda word: client.post(
            "/api/v1/auth/password/change/", {"current_password": word, "new_password": "tulips at noon 7"}
        ),
        lambda word: client.delete("/api/v1/auth/me/", {"password": word}),
    ]
    statuses = [doors[number % 2](WRONG).status_code for number in range(4)]
    assert statuses == [400, 400, 400, 429]
    for door in doors:
        assert error(door(PASSWORD)) == (429, "too_many_attempts", None)
    # The user can still log in, and is not told to wait for the thief.
    assert guess(alice.email, PASSWORD).status_code == 200
    push_client().delete(Lock(f"password of {alice.id}", 3).keys[1])
    assert doors[0](PASSWORD).status_code == 204
    assert doors[1](WRONG).status_code in {400, 401}


def test_nor_on_the_page_of_the_admin(alice: User):
    User.objects.filter(id=alice.id).update(is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(User.objects.get(id=alice.id))
    form = {"old_password": WRONG, "new_password1": "tulips at noon 7", "new_password2": "tulips at noon 7"}
    shown = [client.post("/admin/password_change/", form).content.decode() for _ in range(4)]
    assert ["The current password is wrong." in page for page in shown] == [True] * 3 + [False]
    assert "Too many attempts" in shown[3]


def test_each_lock_is_longer_than_the_one_before():
    lock = Lock("account x", 1)
    seconds = []
    for _ in range(10):
        begin_attempt(lock)
        seconds.append(push_client().ttl(lock.keys[1]))
        with pytest.raises(TooManyAttempts):
            begin_attempt(lock)
        push_client().delete(lock.keys[1])
    assert seconds == [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]


def test_the_right_password_forgets_the_wrong_ones(alice):
    for _ in range(4):
        assert guess(alice.email).status_code == 401
        assert guess(alice.email).status_code == 401
        log_in(alice.email)


def test_an_address_that_guesses_at_many_is_locked(alice, settings):
    settings.LOGIN_FAILURES_ADDRESS = 4
    origin = {"REMOTE_ADDR": "10.0.0.1"}
    # Logging in to an account of one's own in between does not help.
    statuses = []
    for n in range(5):
        statuses.append(guess(f"user{n}@example.com", **origin).status_code)
        if n < 3:
            assert guess(alice.email, PASSWORD, **origin).status_code == 200
    assert statuses == [401, 401, 401, 401, 429]
    assert guess(alice.email, PASSWORD, REMOTE_ADDR="10.0.0.2").status_code == 200


def test_parallel_guesses_are_not_free():
    def attempt(_: int) -> bool:
        try:
            begin_attempt(Lock("account y", 10))
        except TooManyAttempts:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(attempt, range(64))).count(True) == 10
    assert not throttling.fuse.blown


def test_names_of_accounts_are_not_kept_in_clear(alice):
    guess(alice.email)
    assert push_client().keys("attempts:*")
    assert not [key for key in push_client().keys("*") if b"alice" in key]


def test_the_page_of_the_admin_is_slowed_down_too(alice):
    User.objects.filter(id=alice.id).update(is_staff=True)
    client = Client()
    form = {"username": alice.email, "password": "guess"}
    for _ in range(3):
        assert b"Please enter the correct" in client.post("/admin/login/", form).content
    refused = client.post("/admin/login/?next=/admin/", form | {"password": PASSWORD})
    assert refused.status_code == 200
    assert b"Too many attempts" in refused.content
    assert guess(alice.email, PASSWORD).status_code == 429
    forgive(Lock(f"account {alice.email}", 3))
    assert client.post("/admin/login/?next=/admin/", form | {"password": PASSWORD}).status_code == 302


def test_a_session_login_is_slowed_down_too(alice):
    form = {"email": alice.email, "password": "guess"}
    statuses = [APIClient().post("/api/v1/auth/login/", form).status_code for _ in range(4)]
    assert statuses == [401, 401, 401, 429]


def test_without_redis_people_still_get_in(alice):
    throttling.fuse.blow(OSError())
    assert guess(alice.email, PASSWORD).status_code == 200
