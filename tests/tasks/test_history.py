"""What happened to a task, and taking single things back."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from tests.tasks.doors import LISTS, NOBODYS, TASKS, created, error_of
from tests.tasks.scenes import activities_of, kinds_of, seq_of

UNDO = "/api/v1/activities/{}/undo/"


def history(client: APIClient, task: dict[str, Any], **query: Any) -> dict[str, Any]:
    response = client.get(f"{TASKS}{task['id']}/history/", query)
    assert response.status_code == 200, response.content
    answer: dict[str, Any] = response.json()
    return answer


def undo(client: APIClient, activity_id: Any) -> dict[str, Any]:
    response = client.post(UNDO.format(activity_id))
    assert response.status_code == 200, response.content
    answer: dict[str, Any] = response.json()
    return answer


def test_every_change_is_there_the_latest_first(as_alice: APIClient) -> None:
    task = created(as_alice, title="Water", due_on="2026-03-02", rrule="FREQ=WEEKLY")
    created(as_alice, title="Other")
    url = f"{TASKS}{task['id']}/"
    as_alice.patch(url, {"title": "Water them"})
    as_alice.post(f"{url}complete/")
    page = history(as_alice, task)
    assert [row["kind"] for row in page["results"]] == ["task.completed", "task.updated", "task.created"]
    done, renamed, _made = (row["data"] for row in page["results"])
    # The occurrence that was finished stays in the history.
    assert done["before"]["due_on"] == "2026-03-02"
    assert done["after"]["due_on"] > "2026-03-02"
    assert renamed["before"] == {"title": "Water", "version": 1, "updated_at": task["updated_at"]}
    first = history(as_alice, task, page_size=2)
    rest = as_alice.get(first["next"]).json()
    assert first["results"] + rest["results"] == page["results"]
    assert rest["next"] is None


def test_one_change_is_taken_back_and_made_again(as_alice: APIClient) -> None:
    task = created(as_alice, title="Paint")
    url = f"{TASKS}{task['id']}/"
    as_alice.patch(url, {"title": "Paint it", "priority": "high"})
    as_alice.patch(url, {"notes": "red"})
    changed = history(as_alice, task)["results"][1]
    undone = undo(as_alice, changed["id"])
    assert [(row["kind"], row["name"]) for row in undone["undone"]] == [("task.updated", "Paint it")]
    now = as_alice.get(url).json()
    assert (now["title"], now["priority"], now["notes"]) == ("Paint", "none", "red")
    assert undo(as_alice, changed["id"]) == {"undone": [], "conflicts": []}
    reverted = history(as_alice, task)["results"][0]
    assert reverted["kind"] == "task.reverted"
    undo(as_alice, reverted["id"])
    assert as_alice.get(url).json()["title"] == "Paint it"


def test_what_changed_since_is_left_alone_and_told(as_alice: APIClient) -> None:
    task = created(as_alice, title="Paint")
    url = f"{TASKS}{task['id']}/"
    as_alice.patch(url, {"title": "Paint it", "priority": "high"})
    as_alice.patch(url, {"title": "Paint it red"})
    undone = undo(as_alice, history(as_alice, task)["results"][1]["id"])
    assert [row["fields"] for row in undone["conflicts"]] == [["title"]]
    now = as_alice.get(url).json()
    assert (now["title"], now["priority"]) == ("Paint it red", "none")


def test_what_cannot_be_undone_is_not_found(as_alice: APIClient, as_bob: APIClient, alice: User) -> None:
    created(as_alice, LISTS, name="Work")
    registered, *_, made = activities_of(alice)
    seq = seq_of(alice)
    assert registered.kind == "user.registered"
    for client, activity_id in ((as_alice, registered.id), (as_alice, NOBODYS), (as_bob, made.id)):
        assert error_of(client.post(UNDO.format(activity_id))) == (404, "not_found", None)
    assert seq_of(alice) == seq


def test_an_undo_sent_twice_is_one(as_alice: APIClient, alice: User) -> None:
    created(as_alice, title="Paint")
    made = activities_of(alice)[-1]
    for _ in range(2):
        answer = as_alice.post(UNDO.format(made.id), headers={"Idempotency-Key": "undo"})
        assert [row["name"] for row in answer.json()["undone"]] == ["Paint"]
    assert kinds_of(alice)[-2:] == ["task.created", "task.reverted"]


@pytest.mark.django_db
def test_others_see_no_history(as_alice: APIClient, as_bob: APIClient, as_nobody: APIClient) -> None:
    task = created(as_alice, title="Secret")
    url = f"{TASKS}{task['id']}/history/"
    assert error_of(as_bob.get(url)) == (404, "not_found", None)
    assert as_nobody.get(url).status_code == 401
    assert as_nobody.post(UNDO.format(NOBODYS)).status_code == 401
