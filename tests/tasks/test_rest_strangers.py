"""Others find nothing, and strangers no door."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from tests.tasks.doors import LABELS, LISTS, NOBODYS, TASKS, created, error_of, found
from tests.tasks.scenes import kinds_of, seq_of


def test_others_find_nothing(as_alice: APIClient, as_bob: APIClient, bob: User) -> None:
    work = created(as_alice, LISTS, name="Work")
    label = created(as_alice, LABELS, name="Home")
    task = created(as_alice, title="Secret", list_id=work["id"], labels=["Home"])
    seq = seq_of(bob)
    urls = [f"{TASKS}{task['id']}/", f"{LISTS}{work['id']}/", f"{LABELS}{label['id']}/"]
    for url in urls:
        assert error_of(as_bob.get(url))[:2] == (404, "not_found")
        assert error_of(as_bob.delete(url))[:2] == (404, "not_found")
        body = {"title": "Mine"} if url.startswith(TASKS) else {"name": "Mine"}
        assert error_of(as_bob.patch(url, body))[:2] == (404, "not_found")
    for verb in ("complete", "reopen", "move", "restore"):
        assert error_of(as_bob.post(f"{urls[0]}{verb}/"))[:2] == (404, "not_found")
    assert found(as_bob, list=work["id"]) == found(as_bob, label="Home") == found(as_bob) == []
    for body in ({"list_id": work["id"]}, {"parent_id": task["id"]}):
        assert error_of(as_bob.post(TASKS, {"title": "x"} | body))[:2] == (400, "does_not_exist")
    mine = created(as_bob, title="Mine", labels=["home"])
    for body in ({"before_id": task["id"]}, {"list_id": work["id"]}):
        refused = as_bob.post(f"{TASKS}{mine['id']}/move/", body)
        assert error_of(refused)[:2] == (400, "does_not_exist")
    assert kinds_of(bob, after=seq) == ["label.created", "task.created"]
    assert as_alice.get(urls[0]).json() == task


@pytest.mark.django_db
def test_strangers_are_refused_at_every_door(as_nobody: APIClient) -> None:
    for url in (TASKS, LISTS, LABELS):
        one = f"{url}{NOBODYS}/"
        for response in (
            as_nobody.get(url),
            as_nobody.post(url, {"title": "x"}),
            as_nobody.get(one),
            as_nobody.patch(one, {}),
            as_nobody.delete(one),
        ):
            assert response.status_code == 401
    for verb in ("complete", "reopen", "move", "restore"):
        assert as_nobody.post(f"{TASKS}{NOBODYS}/{verb}/").status_code == 401


def test_addresses_that_are_no_ids_are_not_found(as_alice: APIClient) -> None:
    assert as_alice.get(f"{TASKS}none/").status_code == 404
