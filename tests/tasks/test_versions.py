"""`ETag` and `If-Match`: nobody overwrites what they have not seen."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from tests.tasks.doors import LABELS, LISTS, TASKS, created, error_of
from tests.tasks.scenes import seq_of

REMINDERS = "/api/v1/reminders/"
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


def made_of(client: APIClient, url: str) -> tuple[Any, dict[str, Any], dict[str, Any]]:
    """A list, a label or a reminder as it was answered, and two changes of it."""
    if url == REMINDERS:
        task = created(client, title="Paint", due_at="2100-01-01T09:00")
        made = client.post(f"{TASKS}{task['id']}/reminders/", {"lead_minutes": 5})
        return made, {"lead_minutes": 10}, {"lead_minutes": 20}
    return client.post(url, {"name": "Work"}), {"name": "Job"}, {"name": "Play"}


@pytest.mark.parametrize("url", [LISTS, LABELS, REMINDERS])
def test_lists_labels_and_reminders_have_tags_too(
    as_alice: APIClient, as_bob: APIClient, alice: User, url: str
) -> None:
    made, change, another = made_of(as_alice, url)
    one = f"{url}{made.json()['id']}/"
    tag = made.headers["ETag"]
    assert as_alice.get(one).headers["ETag"] == tag
    changed = as_alice.patch(one, change, headers={"If-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] == as_alice.get(one).headers["ETag"] != tag
    seq = seq_of(alice)
    for stale in (tag, f"W/{changed.headers['ETag']}", '"1"', ""):
        calls = [
            as_alice.patch(one, another, headers={"If-Match": stale}),
            as_alice.delete(one, headers={"If-Match": stale}),
        ]
        if url == REMINDERS:
            snooze = {"until": "2100-01-01T10:00"}
            calls.append(as_alice.post(f"{one}snooze/", snooze, headers={"If-Match": stale}))
        assert [error_of(refused) for refused in calls] == [(412, "version_stale", None)] * len(calls)
    assert (as_alice.get(one).json(), seq_of(alice)) == (changed.json(), seq)
    assert as_bob.patch(one, another, headers={"If-Match": changed.headers["ETag"]}).status_code == 404
    assert as_alice.delete(one, headers={"If-Match": f"{tag}, {changed.headers['ETag']}"}).status_code == 204
