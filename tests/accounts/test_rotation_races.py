"""Many clients with the same refresh token in the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from rest_framework.test import APIClient

from accounts.models import Login
from activities.models import Activity
from tests.accounts.conftest import log_in, refresh

pytestmark = pytest.mark.django_db(transaction=True)

CLIENTS = 4


def all_at_once(call: Any) -> list[Any]:
    start = Barrier(CLIENTS)

    def one(number: int) -> Any:
        try:
            start.wait(10)
            return call(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(one, range(CLIENTS)))


def test_all_get_the_same_successor(alice):
    token = log_in("alice@example.com")["refresh"]
    answers = all_at_once(lambda _: refresh(token))
    assert [answer.status_code for answer in answers] == [200] * CLIENTS
    assert len({answer.json()["refresh"] for answer in answers}) == 1
    assert Login.objects.get().generation == 2


def test_a_copy_used_late_ends_the_login_once(alice, clock):
    token = log_in("alice@example.com")["refresh"]
    refresh(token)
    clock.move(seconds=11)
    answers = all_at_once(lambda _: refresh(token))
    codes = sorted(answer.json()["errors"][0]["code"] for answer in answers)
    assert codes == ["login_revoked"] * (CLIENTS - 1) + ["token_reused"]
    assert Activity.objects.of(alice.id).filter(kind="login.revoked").count() == 1


def test_refreshing_never_outlives_revoking(alice):
    token = log_in("alice@example.com")["refresh"]

    def call(number: int) -> Any:
        path = "revoke" if number == 0 else "refresh"
        return APIClient().post(f"/api/v1/auth/token/{path}/", {"refresh": token})

    answers = all_at_once(call)
    assert answers[0].status_code == 204
    successors = [answer.json()["refresh"] for answer in answers[1:] if answer.status_code == 200]
    assert {refresh(successor).status_code for successor in [token, *successors]} == {401}
