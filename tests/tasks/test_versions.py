"""`ETag` and `If-Match`: nobody overwrites what they have not seen."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from tests.tasks.doors import TASKS, created, error_of
from tests.tasks.scenes import seq_of

VERBS = ("complete", "skip", "reopen", "move", "restore", "purge")


def test_a_task_tells_its_version(as_alice: APIClient) -> None:
    made = as_alice.post(TASKS, {"title": "Paint"})
    url = f"{TASKS}{made.json()['id']}/"
    assert made.headers["ETag"] == as_alice.get(url).headers["ETag"] == '"1"'
    changed = as_alice.patch(url, {"title": "Paint it"}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"2"')


@pytest.mark.parametrize("stale", ['"1"', 'W/"2"', "2", '"two"', "", '"1", "3"'])
def test_a_stale_change_is_refused(as_alice: APIClient, alice: User, stale: str) -> None:
    url = f"{TASKS}{created(as_alice, title='Paint')['id']}/"
    task, seq = as_alice.patch(url, {"priority": "high"}).json(), seq_of(alice)
    calls: list[Any] = [as_alice.patch(url, {"title": "x"}, headers={"If-Match": stale})]
    calls += [as_alice.post(f"{url}{verb}/", headers={"If-Match": stale}) for verb in VERBS]
    calls.append(as_alice.delete(url, headers={"If-Match": stale}))
    for refused in calls:
        assert error_of(refused) == (412, "version_stale", None)
        assert refused.json()["extra"] == {"version": 2}
    assert as_alice.get(url).json() == task
    assert seq_of(alice) == seq


@pytest.mark.parametrize("fitting", ['"2"', "*", '"1", "2"'])
def test_a_fitting_change_is_made(as_alice: APIClient, fitting: str) -> None:
    url = f"{TASKS}{created(as_alice, title='Paint')['id']}/"
    as_alice.patch(url, {"priority": "high"})
    assert as_alice.post(f"{url}complete/", headers={"If-Match": fitting}).status_code == 200


def test_what_is_anothers_is_not_there_whatever_its_version(as_alice: APIClient, as_bob: APIClient) -> None:
    url = f"{TASKS}{created(as_alice, title='Secret')['id']}/"
    for version in ('"1"', '"7"'):
        refused = as_bob.patch(url, {"title": "x"}, headers={"If-Match": version})
        assert error_of(refused) == (404, "not_found", None)
