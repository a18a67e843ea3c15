"""Tasks through the REST door: what is written."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from tests.tasks.doors import LISTS, NOBODYS, TASKS, created, error_of, found
from tests.tasks.scenes import activities_of, inbox_of, kinds_of, seq_of


def test_a_task_is_made_with_all_its_fields(as_alice: APIClient, alice: User) -> None:
    work = created(as_alice, LISTS, name="Work", colour="#ABCDEF")
    parent = created(as_alice, title="Project", list_id=work["id"])
    seq = seq_of(alice)
    task = created(
        as_alice,
        title="  Send   the report ",
        notes="*today*\n",
        status="in_progress",
        priority="high",
        due_at="2026-03-06T15:00:00+01:00",
        start_on="2026-03-02",
        estimate_minutes=90,
        rrule="rrule:freq=weekly",
        exdates=["2026-03-20", "2026-03-13", "2026-03-20"],
        links=[
            {"url": "https://example.org/report", "title": " The  form "},
            {"url": "mailto:bob@example.org"},
        ],
        repeat_from="completion",
        parent_id=parent["id"],
        labels=["office", "Ärger"],
    )
    assert task | {"id": "", "position": "", "created_at": "", "updated_at": ""} == {
        "id": "",
        "title": "Send the report",
        "notes": "*today*\n",
        "status": "in_progress",
        "priority": "high",
        "due_on": "2026-03-06",
        "due_at": "2026-03-06T14:00:00Z",
        "start_on": "2026-03-02",
        "estimate_minutes": 90,
        "rrule": "FREQ=WEEKLY",
        "exdates": ["2026-03-13", "2026-03-20"],
        "repeat_from": "completion",
        "list_id": work["id"],
        "list": "Work",
        "parent_id": parent["id"],
        "position": "",
        "links": [
            {"url": "https://example.org/report", "title": "The form"},
            {"url": "mailto:bob@example.org", "title": ""},
        ],
        "source_span": None,
        "labels": ["office", "Ärger"],
        "version": 1,
        "created_at": "",
        "updated_at": "",
        "completed_at": None,
        "trashed_at": None,
    }
    assert as_alice.get(f"{TASKS}{task['id']}/").json() == task
    (row,) = as_alice.get(TASKS, {"parent": parent["id"]}).json()["results"]
    assert row == task
    assert kinds_of(alice, after=seq) == ["label.created", "label.created", "task.created"]
    activity = activities_of(alice)[-1]
    assert (activity.before, activity.after) == ({}, task)
    assert str(activity.subject_id) == task["id"]


def test_a_change_is_recorded_as_the_json_shows_it(as_alice: APIClient, alice: User) -> None:
    task = created(as_alice, title="Buy milk")
    changed = as_alice.patch(f"{TASKS}{task['id']}/", {"title": "Buy oat milk", "labels": ["shop"]}).json()
    activity = activities_of(alice)[-1]
    assert activity.kind == "task.updated"
    assert task | activity.after == changed
    assert changed | activity.before == task
    assert set(activity.after) == {"title", "labels", "version", "updated_at"}
    assert changed["version"] == 2


def test_a_change_that_changes_nothing_is_not_recorded(as_alice: APIClient, alice: User) -> None:
    task = created(as_alice, title="Buy milk", labels=["a"])
    seq = seq_of(alice)
    assert as_alice.patch(f"{TASKS}{task['id']}/", {"title": "Buy milk", "labels": ["A"]}).json() == task
    for verb in ("reopen", "restore"):
        assert as_alice.post(f"{TASKS}{task['id']}/{verb}/").json() == task
    assert seq_of(alice) == seq


def test_complete_reopen_trash_restore(as_alice: APIClient, alice: User) -> None:
    task = created(as_alice, title="Buy milk")
    url = f"{TASKS}{task['id']}/"
    seq = seq_of(alice)
    done = as_alice.post(f"{url}complete/").json()
    assert (done["status"], bool(done["completed_at"])) == ("done", True)
    assert as_alice.post(f"{url}complete/").json() == done
    opened = as_alice.post(f"{url}reopen/").json()
    assert (opened["status"], opened["completed_at"]) == ("open", None)
    assert as_alice.delete(url).status_code == 204
    assert as_alice.delete(url).status_code == 204
    assert as_alice.get(url).json()["trashed_at"] is not None
    for refused in (
        as_alice.patch(url, {"title": "x"}),
        as_alice.post(f"{url}complete/"),
        as_alice.post(f"{url}move/"),
    ):
        assert error_of(refused) == (409, "task_trashed", None)
        assert refused.json()["extra"] == {"task_ids": [task["id"]]}
    assert as_alice.post(f"{url}restore/").json()["trashed_at"] is None
    assert kinds_of(alice, after=seq) == ["task.completed", "task.reopened", "task.trashed", "task.restored"]


def test_the_status_done_completes_and_another_opens(as_alice: APIClient, alice: User) -> None:
    task = created(as_alice, title="Buy milk")
    url = f"{TASKS}{task['id']}/"
    seq = seq_of(alice)
    assert as_alice.patch(url, {"status": "done"}).json()["completed_at"] is not None
    assert as_alice.patch(url, {"priority": "low"}).json()["completed_at"] is not None
    assert as_alice.patch(url, {"status": "waiting"}).json()["completed_at"] is None
    assert kinds_of(alice, after=seq) == ["task.completed", "task.updated", "task.reopened"]
    assert created(as_alice, title="Done already", status="done")["completed_at"] is not None


def test_completing_a_repeating_task_moves_it_on(as_alice: APIClient, alice: User) -> None:
    task = created(as_alice, title="Water", due_at="2099-03-06T09:00", rrule="FREQ=DAILY;COUNT=2")
    url = f"{TASKS}{task['id']}/"
    assert task["due_at"] == "2099-03-06T08:00:00Z"
    moved = as_alice.post(f"{url}complete/").json()
    assert (moved["status"], moved["due_at"], moved["due_on"]) == (
        "open",
        "2099-03-07T08:00:00Z",
        "2099-03-07",
    )
    assert activities_of(alice)[-1].kind == "task.completed"
    assert as_alice.patch(url, {"status": "done"}).json()["status"] == "done"


def test_a_rule_without_a_date_begins_at_its_first_day(as_alice: APIClient) -> None:
    task = created(as_alice, title="Rent", rrule="FREQ=MONTHLY;BYMONTHDAY=1")
    assert task["due_on"].endswith("-01")
    url = f"{TASKS}{task['id']}/"
    assert as_alice.patch(url, {"rrule": ""}).json()["rrule"] == ""
    timeless = as_alice.patch(url, {"rrule": "FREQ=DAILY", "due_on": None}).json()
    assert timeless["due_on"] is not None
    assert as_alice.patch(url, {"due_on": None}).json()["due_on"] is None
    moved = as_alice.post(f"{url}complete/").json()
    assert (moved["status"], moved["due_on"]) != ("done", None)


def test_due_is_a_date_or_a_moment(as_alice: APIClient) -> None:
    task = created(as_alice, title="Call", due_on="2026-07-01")
    url = f"{TASKS}{task['id']}/"

    def due(**changes: Any) -> tuple[str | None, str | None]:
        answer = as_alice.patch(url, changes).json()
        return answer["due_on"], answer["due_at"]

    assert (task["due_on"], task["due_at"]) == ("2026-07-01", None)
    # Alice lives in Berlin, where the day has begun.
    assert due(due_at="2026-07-01T23:30:00Z") == ("2026-07-02", "2026-07-01T23:30:00Z")
    assert due(due_at="2026-07-03T10:00") == ("2026-07-03", "2026-07-03T08:00:00Z")
    assert due(title="Call again") == ("2026-07-03", "2026-07-03T08:00:00Z")
    assert due(due_at=None) == ("2026-07-03", None)
    assert due(due_on="2026-07-04", due_at="2026-07-04T10:00") == ("2026-07-04", "2026-07-04T08:00:00Z")
    assert due(due_on="2026-07-05") == ("2026-07-05", None)
    assert due(due_on=None) == (None, None)


@pytest.mark.parametrize(
    ("body", "code", "attr"),
    [
        ({}, "required", "title"),
        ({"title": ""}, "blank", "title"),
        ({"title": " \n "}, "blank", "title"),
        ({"title": "x" * 501}, "max_length", "title"),
        ({"title": "a\0b"}, "null_characters_not_allowed", "title"),
        ({"notes": "ä" * 50_001}, "max_length", "notes"),
        ({"notes": "x" * 10_000_00}, "max_length", "notes"),
        ({"status": "gone"}, "invalid_choice", "status"),
        ({"priority": 7}, "invalid_choice", "priority"),
        ({"repeat_from": ""}, "invalid_choice", "repeat_from"),
        ({"due_on": "2026-02-30"}, "invalid", "due_on"),
        ({"due_on": "12026-02-03"}, "invalid", "due_on"),
        ({"due_at": "10000-01-01T00:00:00Z"}, "invalid", "due_at"),
        ({"due_at": "9999-12-31T23:30:00-08:00"}, "date_out_of_range", "due_at"),
        ({"due_at": "9999-12-31T23:30:00Z"}, "date_out_of_range", "due_at"),
        ({"due_at": "soon"}, "invalid", "due_at"),
        ({"due_on": "2026-03-06", "due_at": "2026-03-07T09:00:00Z"}, "due_inconsistent", "due_on"),
        ({"due_on": None, "due_at": "2026-03-07T09:00:00Z"}, "due_inconsistent", "due_on"),
        ({"rrule": "every day"}, "rrule_invalid", "rrule"),
        ({"rrule": "FREQ=SECONDLY"}, "rrule_invalid", "rrule"),
        ({"rrule": "FREQ=DAILY;INTERVAL=0"}, "rrule_invalid", "rrule"),
        ({"rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "rrule_invalid", "rrule"),
        ({"rrule": "FREQ=DAILY;" * 50}, "max_length", "rrule"),
        ({"list_id": NOBODYS}, "does_not_exist", "list_id"),
        ({"list_id": "Inbox"}, "invalid", "list_id"),
        ({"parent_id": NOBODYS}, "does_not_exist", "parent_id"),
        ({"labels": [f"label {number}" for number in range(21)]}, "too_many_labels", "labels"),
        ({"labels": ["x" * 201]}, "max_length", "labels.0"),
        ({"labels": [" "]}, "blank", "labels.0"),
        ({"colour": "red"}, "unknown_field", "colour"),
        ({"id": NOBODYS}, "unknown_field", "id"),
    ],
)
def test_bad_values_are_refused_and_nothing_is_done(
    as_alice: APIClient, alice: User, body: dict[str, Any], code: str, attr: str
) -> None:
    seq = seq_of(alice)
    assert error_of(as_alice.post(TASKS, ({"title": "T"} if body else {}) | body)) == (400, code, attr)
    assert seq_of(alice) == seq
    if body:
        task = created(as_alice, title="T")
        assert error_of(as_alice.patch(f"{TASKS}{task['id']}/", body)) == (400, code, attr)
        assert as_alice.get(f"{TASKS}{task['id']}/").json() == task


def test_a_body_that_is_no_object_is_refused(as_alice: APIClient) -> None:
    assert error_of(as_alice.post(TASKS, ["title"]))[:2] == (400, "invalid")


def test_a_task_cannot_be_below_itself(as_alice: APIClient) -> None:
    top = created(as_alice, title="Top")
    middle = created(as_alice, title="Middle", parent_id=top["id"])
    low = created(as_alice, title="Low", parent_id=middle["id"])
    for below in (top, middle, low):
        refused = as_alice.patch(f"{TASKS}{top['id']}/", {"parent_id": below["id"]})
        assert error_of(refused) == (400, "parent_loop", "parent_id")
    freed = as_alice.patch(f"{TASKS}{low['id']}/", {"parent_id": None}).json()
    assert freed["parent_id"] is None


def test_trash_takes_the_subtasks_along(as_alice: APIClient) -> None:
    top = created(as_alice, title="Top")
    middle = created(as_alice, title="Middle", parent_id=top["id"])
    created(as_alice, title="Low", parent_id=middle["id"])
    created(as_alice, title="Other")
    as_alice.delete(f"{TASKS}{top['id']}/")
    assert found(as_alice) == ["Other"]
    assert found(as_alice, trashed="true") == ["Low", "Middle", "Top"]
    refused = as_alice.post(TASKS, {"title": "x", "parent_id": middle["id"]})
    assert error_of(refused) == (400, "does_not_exist", "parent_id")


def test_places(as_alice: APIClient, alice: User) -> None:
    one, two, three = (created(as_alice, title=title) for title in ("One", "Two", "Three"))
    work = created(as_alice, LISTS, name="Work")
    there = created(as_alice, title="There", list_id=work["id"])

    def order(list_id: str) -> list[str]:
        rows = as_alice.get(TASKS, {"list": list_id}).json()["results"]
        return [row["title"] for row in sorted(rows, key=lambda row: str(row["position"]))]

    def move(task: dict[str, Any], **place: Any) -> Any:
        return as_alice.post(f"{TASKS}{task['id']}/move/", place)

    home = str(inbox_of(alice).id)
    seq = seq_of(alice)
    move(three, before_id=one["id"])
    assert order(home) == ["Three", "One", "Two"]
    move(three, after_id=one["id"])
    assert order(home) == ["One", "Three", "Two"]
    move(one)
    assert order(home) == ["Three", "Two", "One"]
    moved = move(one, before_id=there["id"], list_id=work["id"]).json()
    assert (moved["list"], order(work["id"]), order(home)) == ("Work", ["One", "There"], ["Three", "Two"])
    move(two, after_id=there["id"])
    assert order(work["id"]) == ["One", "There", "Two"]
    assert kinds_of(alice, after=seq) == ["task.moved"] * 5
    assert set(activities_of(alice)[-1].after) - {"position"} == {"list_id", "list", "version", "updated_at"}
    assert move(three, before_id=three["id"]).json()["version"] == 3
    assert as_alice.patch(f"{TASKS}{three['id']}/", {"list_id": work["id"]}).json()["list"] == "Work"
    assert order(work["id"]) == ["One", "There", "Two", "Three"]
    assert kinds_of(alice)[-1] == "task.moved"

    both = move(one, before_id=there["id"], after_id=two["id"])
    assert error_of(both) == (400, "place_invalid", "after_id")
    elsewhere = move(one, list_id=home, after_id=two["id"])
    assert error_of(elsewhere) == (400, "place_invalid", "after_id")
    assert error_of(move(one, before_id=NOBODYS)) == (400, "does_not_exist", "before_id")
    assert error_of(move(one, list_id=NOBODYS)) == (400, "does_not_exist", "list_id")
