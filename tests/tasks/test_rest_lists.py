"""Lists and labels through the REST door."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from tests.tasks.doors import LABELS, LISTS, NOBODYS, TASKS, created, error_of, found
from tests.tasks.scenes import activities_of, inbox_of, kinds_of, seq_of


def test_lists(as_alice: APIClient, alice: User) -> None:
    inbox = inbox_of(alice)
    work = created(as_alice, LISTS, name=" Work ", colour="#00FF00")
    assert (work["name"], work["colour"], work["is_inbox"]) == ("Work", "#00ff00", False)
    home = created(as_alice, LISTS, name="Home")
    url = f"{LISTS}{work['id']}/"
    assert as_alice.get(url).json() == work
    assert [row["name"] for row in as_alice.get(LISTS).json()["results"]] == ["Home", "Work", "Inbox"]
    renamed = as_alice.patch(url, {"name": "WORK", "colour": ""}).json()
    assert (renamed["name"], renamed["colour"]) == ("WORK", "")
    assert activities_of(alice)[-1].before == {"name": "Work", "colour": "#00ff00"}
    seq = seq_of(alice)
    assert as_alice.patch(url, {"name": "WORK"}).json() == renamed
    assert seq_of(alice) == seq

    def order() -> list[str]:
        rows = as_alice.get(LISTS).json()["results"]
        return [row["name"] for row in sorted(rows, key=lambda row: str(row["position"]))]

    as_alice.patch(f"{LISTS}{home['id']}/", {"before_id": work["id"]})
    assert order() == ["Inbox", "Home", "WORK"]
    as_alice.patch(url, {"before_id": str(inbox.id)})
    assert order() == ["WORK", "Inbox", "Home"]
    as_alice.patch(url, {"before_id": None})
    assert order() == ["Inbox", "Home", "WORK"]

    created(as_alice, title="Report", list_id=work["id"])
    assert as_alice.delete(url).status_code == 204
    assert found(as_alice, list="Inbox") == ["Report"]
    assert kinds_of(alice)[-2:] == ["task.moved", "list.deleted"]
    assert error_of(as_alice.delete(f"{LISTS}{inbox.id}/")) == (409, "inbox_stays", None)


@pytest.mark.parametrize(
    ("body", "code", "attr"),
    [
        ({}, "required", "name"),
        ({"name": "INBOX"}, "name_taken", "name"),
        ({"name": " "}, "blank", "name"),
        ({"name": "x" * 201}, "max_length", "name"),
        ({"name": "Work", "colour": "red"}, "colour_invalid", "colour"),
        ({"name": "Work", "is_inbox": True}, "unknown_field", "is_inbox"),
    ],
)
def test_bad_lists_are_refused(as_alice: APIClient, body: dict[str, Any], code: str, attr: str) -> None:
    assert error_of(as_alice.post(LISTS, body)) == (400, code, attr)


def test_a_list_stands_before_one_there_is(as_alice: APIClient, as_bob: APIClient) -> None:
    work = created(as_alice, LISTS, name="Work")
    bobs = created(as_bob, LISTS, name="Work")
    for before in (work["id"], bobs["id"], NOBODYS):
        refused = as_alice.patch(f"{LISTS}{work['id']}/", {"before_id": before})
        assert error_of(refused) == (400, "does_not_exist", "before_id")
    created(as_alice, LISTS, name="Other")
    assert error_of(as_alice.patch(f"{LISTS}{work['id']}/", {"name": "OTHER"})) == (400, "name_taken", "name")


def test_labels(as_alice: APIClient, alice: User) -> None:
    label = created(as_alice, LABELS, name="Home")
    url = f"{LABELS}{label['id']}/"
    assert as_alice.get(url).json() == label
    task = created(as_alice, title="Clean", labels=["HOME", "home", "Garden"])
    assert task["labels"] == ["Garden", "Home"]
    assert [row["name"] for row in as_alice.get(LABELS).json()["results"]] == ["Garden", "Home"]
    assert as_alice.patch(url, {"name": "House"}).json()["name"] == "House"
    assert as_alice.get(f"{TASKS}{task['id']}/").json()["labels"] == ["Garden", "House"]
    seq = seq_of(alice)
    assert as_alice.patch(url, {"name": "House"}).status_code == 200
    assert seq_of(alice) == seq
    for refused in (as_alice.patch(url, {"name": "GARDEN"}), as_alice.post(LABELS, {"name": "garden"})):
        assert error_of(refused) == (400, "name_taken", "name")
    assert error_of(as_alice.post(LABELS, {"name": "a", "x": 1})) == (400, "unknown_field", "x")
    assert as_alice.delete(url).status_code == 204
    assert as_alice.get(f"{TASKS}{task['id']}/").json()["labels"] == ["Garden"]
    assert kinds_of(alice, after=seq) == ["task.updated", "label.deleted"]
