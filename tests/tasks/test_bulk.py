"""Many changes in one request."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from tasks.models import Label, Task, TaskList
from tests.tasks.doors import LISTS, NOBODYS, TASKS, created, error_of
from tests.tasks.scenes import by, kinds_of, make, seq_of, titles

BULK = f"{TASKS}bulk/"


def bulk(client: APIClient, *operations: dict[str, Any], **options: Any) -> list[dict[str, Any]]:
    response = client.post(BULK, {"operations": list(operations), **options})
    assert response.status_code == 200, response.content
    results: list[dict[str, Any]] = response.json()["results"]
    return results


def test_everything_that_can_be_done_to_tasks(as_alice: APIClient, alice: User) -> None:
    a, b, c, d = (str(task.id) for task in make(by(alice), *"abcd"))
    work = created(as_alice, LISTS, name="Work")
    gone = created(as_alice, title="gone")
    as_alice.delete(f"{TASKS}{gone['id']}/")
    seq = seq_of(alice)
    results = bulk(
        as_alice,
        {"name": "create", "task": {"title": "new", "due_at": "2026-03-06T15:00", "labels": ["home"]}},
        {"name": "update", "id": a, "changes": {"labels": ["home"]}, "version": 1},
        {"name": "complete", "id": b},
        {"name": "move", "id": c, "list_id": work["id"], "status": "waiting"},
        {"name": "trash", "id": d},
        {"name": "restore", "id": gone["id"]},
        {"name": "reopen", "id": b},
    )
    assert [result["error"] for result in results] == [None] * 7
    tasks = [result["task"] for result in results]
    assert [task["title"] for task in tasks] == ["new", "a", "b", "c", "d", "gone", "b"]
    assert tasks[0]["due_at"] == "2026-03-06T14:00:00Z"
    # Each is shown as it is at the end.
    assert tasks[2] == tasks[6]
    assert tasks[2]["status"] == "open"
    assert (tasks[3]["list"], tasks[3]["status"]) == ("Work", "waiting")
    assert tasks[4]["trashed_at"] is not None
    assert kinds_of(alice, after=seq) == [
        "label.created",
        "task.created",
        "task.updated",
        "task.completed",
        "task.updated",
        "task.trashed",
        "task.restored",
        "task.reopened",
    ]
    for task in tasks:
        assert as_alice.get(f"{TASKS}{task['id']}/").json() == task


def test_occurrences_are_left_out_among_other_changes(
    as_alice: APIClient, as_bob: APIClient, as_nobody: APIClient, alice: User
) -> None:
    daily = created(as_alice, title="Gym", due_on="2030-03-04", rrule="FREQ=DAILY;COUNT=2")
    child = created(as_alice, title="Pack", parent_id=daily["id"])
    as_alice.post(f"{TASKS}{child['id']}/complete/")
    once = created(as_alice, title="Once")
    skip = {"name": "skip", "id": daily["id"]}
    theirs = as_bob.post(BULK, {"operations": [skip]})
    assert theirs.json()["extra"]["errors"][0]["code"] == "not_found"
    assert as_nobody.post(BULK, {"operations": [skip]}).status_code == 401
    refused = as_alice.post(BULK, {"operations": [skip, {"name": "skip", "id": once["id"]}]})
    (error,) = refused.json()["extra"]["errors"]
    assert (error["index"], error["code"]) == (1, "task_not_recurring")
    seq = seq_of(alice)
    stale, *results = bulk(
        as_alice,
        {**skip, "version": 7},
        {**skip, "version": 1},
        skip,
        skip,
        {"name": "skip", "id": once["id"]},
        all_or_none=False,
    )
    assert stale["error"]["code"] == "version_stale"
    assert [result["error"] and result["error"]["code"] for result in results] == [
        None,
        None,
        *["task_not_recurring"] * 2,
    ]
    # The second time there is no next one.
    assert (results[1]["task"]["status"], results[1]["task"]["due_on"]) == ("dismissed", "2030-03-05")
    assert kinds_of(alice, after=seq) == ["task.skipped", "task.reopened", "task.skipped"]


BAD: list[tuple[dict[str, Any], str, str | None]] = [
    ({"name": "burn"}, "invalid", "name"),
    ({}, "invalid", "name"),
    ({"name": "create"}, "required", "task"),
    ({"name": "create", "task": {"title": " "}}, "blank", "task.title"),
    ({"name": "create", "task": {"title": "x", "colour": "red"}}, "unknown_field", "task.colour"),
    ({"name": "create", "task": {"title": "x", "rrule": "FREQ=NEVER"}}, "rrule_invalid", "rrule"),
    ({"name": "create", "task": {"title": "x", "list_id": NOBODYS}}, "does_not_exist", "list_id"),
    ({"name": "update", "id": NOBODYS, "changes": {"title": "x"}}, "not_found", None),
    ({"name": "update", "id": "one", "changes": {}}, "invalid", "id"),
    ({"name": "complete"}, "required", "id"),
    ({"name": "skip"}, "required", "id"),
    ({"name": "skip", "id": NOBODYS}, "not_found", None),
    ({"name": "trash", "id": NOBODYS, "subtasks": "keep"}, "unknown_field", "subtasks"),
]


@pytest.mark.parametrize(("operation", "code", "attr"), BAD)
def test_one_that_fails_undoes_all(
    as_alice: APIClient, alice: User, operation: dict[str, Any], code: str, attr: str | None
) -> None:
    seq = seq_of(alice)
    good = {"name": "create", "task": {"title": "good", "labels": ["fresh"]}}
    refused = as_alice.post(BULK, {"operations": [good, operation, good]})
    assert error_of(refused) == (400, "bulk_refused", None)
    (error,) = refused.json()["extra"]["errors"]
    assert (error["index"], error["code"], error["attr"]) == (1, code, attr)
    assert seq_of(alice) == seq
    assert not Task.objects.exists()
    assert not Label.objects.exists()


def test_or_only_itself(as_alice: APIClient, as_bob: APIClient, alice: User) -> None:
    bobs = created(as_bob, title="Bob's")
    stale = created(as_alice, title="Stale")
    as_alice.patch(f"{TASKS}{stale['id']}/", {"priority": "high"})
    seq = seq_of(alice)
    results = bulk(
        as_alice,
        {"name": "create", "task": {"title": "one", "labels": ["a"]}},
        *(operation for operation, _, _ in BAD),
        {"name": "trash", "id": bobs["id"]},
        {"name": "update", "id": stale["id"], "version": 1, "changes": {"title": "x"}},
        {"name": "create", "task": {"title": "two", "labels": ["A"]}},
        all_or_none=False,
    )
    codes = [result["error"] and result["error"]["code"] for result in results]
    assert codes == [None, *(code for _, code, _ in BAD), "not_found", "version_stale", None]
    assert titles(alice) == ["Stale", "one", "two"]
    assert kinds_of(alice, after=seq) == ["label.created", "task.created", "task.created"]
    assert as_bob.get(f"{TASKS}{bobs['id']}/").json() == bobs


def test_a_list_made_for_what_failed_is_not_kept(as_alice: APIClient, alice: User) -> None:
    TaskList.objects.of(alice.id).delete()
    results = bulk(
        as_alice,
        {"name": "create", "task": {"title": "x", "labels": ["l" * 201]}},
        {"name": "create", "task": {"title": "ok"}},
        all_or_none=False,
    )
    assert results[0]["error"]["code"] == "max_length"
    assert results[1]["task"]["list"] == "Inbox"


def test_five_hundred_and_no_more(as_alice: APIClient, alice: User) -> None:
    operation = {"name": "create", "task": {"title": "x"}}
    assert len(bulk(as_alice, *([operation] * 500))) == 500
    seq = seq_of(alice)
    for operations in ([], [operation] * 501, None, "all"):
        refused = as_alice.post(BULK, {"operations": operations})
        assert error_of(refused)[0] == 400
        assert error_of(refused)[2] == "operations"
    assert seq_of(alice) == seq


def test_the_same_key_again_changes_nothing_twice(as_alice: APIClient, alice: User) -> None:
    body = {"operations": [{"name": "create", "task": {"title": "x"}}]}
    first = as_alice.post(BULK, body, headers={"Idempotency-Key": "7"})
    again = as_alice.post(BULK, body, headers={"Idempotency-Key": "7"})
    assert (again.json(), again.headers["Idempotency-Replayed"]) == (first.json(), "true")
    assert titles(alice) == ["x"]


@pytest.mark.django_db
def test_strangers_change_nothing(as_nobody: APIClient) -> None:
    body = {"operations": [{"name": "create", "task": {"title": "x"}}]}
    assert as_nobody.post(BULK, body).status_code == 401
    assert not Task.objects.exists()
