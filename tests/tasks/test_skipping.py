"""Occurrences that are done, left out, or excepted: through REST, and what the history says of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from tasks import services
from tests.tasks.doors import NOBODYS, TASKS, created, error_of
from tests.tasks.scenes import MONDAY, activities_of, by, fresh, kinds_of, make, seq_of

BERLIN = ZoneInfo("Europe/Berlin")


def local_day(days: int) -> str:
    return str((timezone.now().astimezone(BERLIN) + timedelta(days=days)).date())


def done(client: APIClient, task: dict[str, Any], verb: str) -> dict[str, Any]:
    response = client.post(f"{TASKS}{task['id']}/{verb}/")
    assert response.status_code == 200, response.content
    return response.json()  # type: ignore[no-any-return]


def test_what_is_left_out_is_passed_over_when_done(as_alice: APIClient) -> None:
    task = created(
        as_alice,
        title="Water",
        due_on=local_day(0),
        start_on=local_day(-2),
        rrule="FREQ=DAILY",
        exdates=[local_day(1), local_day(2)],
    )
    moved = done(as_alice, task, "complete")
    assert (moved["status"], moved["due_on"], moved["start_on"]) == ("open", local_day(3), local_day(1))
    assert moved["exdates"] == [local_day(1), local_day(2)]


def test_each_occurrence_that_was_done_is_in_the_history(as_alice: APIClient, alice: User) -> None:
    task = created(as_alice, title="Pills", due_on=local_day(0), rrule="FREQ=DAILY;COUNT=3")
    done(as_alice, task, "complete")
    done(as_alice, task, "complete")
    assert done(as_alice, task, "complete")["status"] == "done"
    rows = [activity for activity in activities_of(alice) if activity.kind == "task.completed"]
    assert [(row.before.get("due_on"), row.after.get("due_on")) for row in rows] == [
        (local_day(0), local_day(1)),
        (local_day(1), local_day(2)),
        (None, None),
    ]
    assert rows[-1].after["status"] == "done"
    assert [row.before.get("rrule") for row in rows] == ["FREQ=DAILY;COUNT=3", "FREQ=DAILY;COUNT=2", None]


def test_an_occurrence_done_early_is_recorded_too(alice: User) -> None:
    """The next one by the day of completion would be the day it is due already."""
    (task,) = make(
        by(alice), "Descale", due_on=MONDAY.date() + timedelta(days=3), rrule="FREQ=DAILY;INTERVAL=3",
        repeat_from="completion",
    )  # fmt: skip
    seq = seq_of(alice)
    services.complete_tasks(actor=by(alice), task_ids=[task.id], now=MONDAY)
    assert kinds_of(alice, after=seq) == ["task.completed"]
    assert fresh(task)["due_on"] == "2026-03-08"


def test_skipping_moves_on_without_completing(as_alice: APIClient, alice: User) -> None:
    task = created(
        as_alice,
        title="Gym",
        due_at=f"{local_day(1)}T18:00",
        start_on=local_day(1),
        rrule="FREQ=DAILY;COUNT=3",
    )
    seq = seq_of(alice)
    skipped = done(as_alice, task, "skip")
    due = datetime.fromisoformat(skipped["due_at"]).astimezone(BERLIN)
    assert (str(due.date()), due.hour, skipped["start_on"]) == (local_day(2), 18, local_day(2))
    assert (skipped["status"], skipped["rrule"], skipped["completed_at"]) == (
        "open",
        "FREQ=DAILY;COUNT=2",
        None,
    )
    (activity,) = activities_of(alice, after=seq)
    assert (activity.kind, activity.before["due_on"], activity.after["due_on"]) == (
        "task.skipped",
        local_day(1),
        local_day(2),
    )
    done(as_alice, task, "skip")
    last = done(as_alice, task, "skip")
    assert (last["status"], last["due_on"], last["completed_at"]) == ("dismissed", local_day(3), None)
    assert error_of(as_alice.post(f"{TASKS}{task['id']}/skip/"))[:2] == (409, "task_not_recurring")


def test_skipping_follows_the_due_also_where_completion_counts(as_alice: APIClient) -> None:
    task = created(
        as_alice, title="Filter", due_on=local_day(5), rrule="FREQ=DAILY;INTERVAL=3", repeat_from="completion"
    )
    assert done(as_alice, task, "skip")["due_on"] == local_day(8)


def test_a_skip_is_undone(alice: User) -> None:
    (task,) = make(by(alice), "Gym", due_on=MONDAY.date(), start_on=MONDAY.date(), rrule="FREQ=DAILY;COUNT=2")
    before = fresh(task)
    services.skip_occurrences(actor=by(alice), task_ids=[task.id], now=MONDAY + timedelta(minutes=1))
    services.skip_occurrences(actor=by(alice), task_ids=[task.id], now=MONDAY + timedelta(minutes=2))
    assert fresh(task)["status"] == "dismissed"
    for minute in (3, 4):
        undone = services.undo_last(actor=by(alice), now=MONDAY + timedelta(minutes=minute))
        assert ([one.kind for one in undone.undone], undone.conflicts) == (["task.skipped"], [])
    after = fresh(task)
    assert after | {"version": 1, "updated_at": before["updated_at"]} == before


@pytest.mark.parametrize(
    "rrule",
    [
        "FREQ=SECONDLY",
        "FREQ=DAILY;COUNT=99999999",
        "FREQ=DAILY;UNTIL=20000101",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=YEARLY;BYWEEKNO=54",
        "FREQ=DAILY;UNTIL=99991332",
    ],
)
def test_rules_that_cannot_be_followed_change_nothing(as_alice: APIClient, rrule: str) -> None:
    task = created(as_alice, title="Gym", due_on=local_day(0))
    url = f"{TASKS}{task['id']}/"
    assert error_of(as_alice.patch(url, {"rrule": rrule})) == (400, "rrule_invalid", "rrule")
    assert error_of(as_alice.post(TASKS, {"title": "x", "rrule": rrule})) == (400, "rrule_invalid", "rrule")
    assert as_alice.get(url).json() == task


def test_dates_beyond_the_last_year_are_refused(as_alice: APIClient) -> None:
    body = {"title": "x", "due_on": "10000-01-01"}
    assert error_of(as_alice.post(TASKS, body)) == (400, "invalid", "due_on")
    far = created(as_alice, title="Far", due_on="9999-12-31")
    refused = as_alice.patch(f"{TASKS}{far['id']}/", {"rrule": "FREQ=DAILY"})
    assert error_of(refused) == (400, "rrule_invalid", "rrule")
    last = created(as_alice, title="Last", due_on="9999-12-30", rrule="FREQ=DAILY")
    assert done(as_alice, last, "complete")["status"] == "done"


def test_others_and_strangers_skip_nothing(
    as_alice: APIClient, as_bob: APIClient, as_nobody: APIClient
) -> None:
    task = created(as_alice, title="Gym", due_on=local_day(0), rrule="FREQ=DAILY")
    assert error_of(as_bob.post(f"{TASKS}{task['id']}/skip/"))[:2] == (404, "not_found")
    assert as_nobody.post(f"{TASKS}{task['id']}/skip/").status_code == 401
    assert error_of(as_alice.post(f"{TASKS}{NOBODYS}/skip/"))[:2] == (404, "not_found")
    assert as_alice.get(f"{TASKS}{task['id']}/").json() == task
