"""A user's logins: listed with where and when, and ended one by one or all but this."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import Login
from accounts.services import usage
from tests.accounts.conftest import bearer, browser, error, log_in

SESSIONS, ME = "/api/v1/auth/sessions/", "/api/v1/auth/me/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_noted() -> None:
    usage._noted.clear()


def listed(client) -> list[dict]:
    response = client.get(SESSIONS)
    assert response.status_code == 200
    return response.json()["results"]


def csrf(client) -> dict[str, str]:
    return {"X-CSRFToken": client.cookies["csrftoken"].value}


def test_logins_and_browsers_are_listed(alice, bob):
    log_in("bob@example.com")
    pair = log_in("alice@example.com")
    here = browser("alice@example.com")
    mine, other = listed(here)
    assert (mine["kind"], mine["current"], other["kind"], other["current"]) == (
        "session",
        True,
        "login",
        False,
    )
    assert mine["address"] == "127.0.0.1"
    assert set(mine) == {
        "id",
        "current",
        "kind",
        "created_at",
        "last_used_at",
        "user_agent",
        "address",
    }
    assert [row["current"] for row in listed(bearer(pair["access"]))] == [False, True]


def test_last_use_moves_on(alice):
    pair, here = log_in("alice@example.com"), browser("alice@example.com")
    earlier = timezone.now() - timedelta(hours=1)
    Login.objects.update(last_used_at=earlier, created_at=earlier, seen_at=None)
    usage._noted.clear()
    here.get(ME)
    bearer(pair["access"]).get(ME)
    moments = [row["last_used_at"] for row in listed(here)]
    assert [moment > (earlier + timedelta(minutes=59)).isoformat() for moment in moments] == [True, True]


def test_what_has_ended_is_not_listed(alice):
    here = browser("alice@example.com")
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    gone = log_in("alice@example.com")
    access = bearer(gone["access"])
    assert [row["kind"] for row in listed(access)] == ["login"]
    assert here.get(ME).status_code == 401


def test_one_is_ended(alice, kinds):
    pair, here = log_in("alice@example.com"), browser("alice@example.com")
    other = next(row for row in listed(here) if not row["current"])
    assert here.delete(f"{SESSIONS}{other['id']}/", headers=csrf(here)).status_code == 204
    assert error(bearer(pair["access"]).get(ME)) == (401, "login_revoked", None)
    assert [row["current"] for row in listed(here)] == [True]
    assert kinds(alice)[-1] == "login.revoked"


def test_all_others_are_ended(alice):
    pairs, here = [log_in("alice@example.com") for _ in range(3)], browser("alice@example.com")
    assert here.delete(SESSIONS, headers=csrf(here)).status_code == 204
    assert {bearer(pair["access"]).get(ME).status_code for pair in pairs} == {401}
    assert [row["current"] for row in listed(here)] == [True]


def test_nobody_ends_those_of_others(alice, as_bob, as_nobody):
    here = browser("alice@example.com")
    (mine,) = listed(here)
    assert error(as_bob.delete(f"{SESSIONS}{mine['id']}/")) == (404, "not_found", None)
    assert as_bob.delete(SESSIONS).status_code == 204
    assert error(as_nobody.delete(SESSIONS))[0] == 401
    assert listed(here) == [mine]
