"""Reminders through the REST door and the live feed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from activities.models import Activity
from tasks import jobs
from tasks.models import Reminder
from tests.tasks.doors import NOBODYS, TASKS, created, error_of
from tests.tasks.scenes import kinds_of, seq_of

REMINDERS = "/api/v1/reminders/"


def in_hours(hours: float) -> str:
    return (timezone.now() + timedelta(hours=hours)).isoformat()


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.fixture
def call(as_alice: APIClient) -> dict[str, Any]:
    return created(as_alice, title="Call Bob", due_at=in_hours(5))


def reminders_of(task: dict[str, Any]) -> str:
    return f"{TASKS}{task['id']}/reminders/"


def test_reminders_are_made_listed_set_anew_and_deleted(as_alice: APIClient, call: dict[str, Any]) -> None:
    at = in_hours(1)
    fixed = created(as_alice, reminders_of(call), remind_at=at)
    lead = created(as_alice, reminders_of(call), lead_minutes=30)
    assert moment(fixed["remind_at"]) == moment(fixed["fires_at"]) == moment(at)
    assert moment(lead["fires_at"]) == moment(call["due_at"]) - timedelta(minutes=30)
    assert (lead["task_id"], lead["title"], lead["fired_at"]) == (call["id"], "Call Bob", None)
    other = created(as_alice, title="Other", due_at=in_hours(5))
    third = created(as_alice, reminders_of(other), lead_minutes=1)
    page = as_alice.get(reminders_of(call)).json()
    assert page["results"] == [lead, fixed]
    assert page["seq"] == Activity.objects.latest("seq").seq
    assert as_alice.get(REMINDERS).json()["results"] == [third, lead, fixed]
    one = f"{REMINDERS}{lead['id']}/"
    assert as_alice.get(one).json() == lead
    changed = as_alice.patch(one, {"lead_minutes": 60}).json()
    assert moment(changed["fires_at"]) == moment(call["due_at"]) - timedelta(hours=1)
    snoozed = as_alice.post(f"{one}snooze/", {"until": at}).json()
    assert moment(snoozed["fires_at"]) == moment(snoozed["snoozed_until"]) == moment(at)
    assert as_alice.get(one).json() == snoozed
    assert as_alice.delete(one).status_code == 204
    assert error_of(as_alice.get(one))[:2] == (404, "reminder_not_found")


def test_a_moment_without_an_offset_is_the_users_own(as_alice: APIClient, call: dict[str, Any]) -> None:
    year = timezone.now().year + 1
    reminder = created(as_alice, reminders_of(call), remind_at=f"{year}-07-01T09:30:00")
    assert reminder["fires_at"] == f"{year}-07-01T07:30:00Z"
    snoozed = as_alice.post(f"{REMINDERS}{reminder['id']}/snooze/", {"until": f"{year}-01-10T09:30:00"})
    assert snoozed.json()["snoozed_until"] == f"{year}-01-10T08:30:00Z"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, (400, "reminder_invalid", None)),
        ({"lead_minutes": 5, "remind_at": "2999-01-01T00:00:00Z"}, (400, "reminder_invalid", None)),
        ({"lead_minutes": -1}, (400, "min_value", "lead_minutes")),
        ({"lead_minutes": 600_000}, (400, "max_value", "lead_minutes")),
        ({"remind_at": "2020-01-01T00:00:00Z"}, (400, "reminder_past", "remind_at")),
        ({"lead_minutes": 600}, (400, "reminder_past", "lead_minutes")),
        ({"remind_at": "soon"}, (400, "invalid", "remind_at")),
        ({"minutes": 5}, (400, "unknown_field", "minutes")),
    ],
)
def test_what_cannot_be_is_refused(
    as_alice: APIClient, call: dict[str, Any], body: dict[str, Any], error: tuple[int, str, str | None]
) -> None:
    assert error_of(as_alice.post(reminders_of(call), body)) == error
    reminder = created(as_alice, reminders_of(call), lead_minutes=5)
    assert error_of(as_alice.patch(f"{REMINDERS}{reminder['id']}/", body)) == error
    assert Reminder.objects.count() == 1


def test_a_task_that_is_done_has_none_to_set(as_alice: APIClient, call: dict[str, Any]) -> None:
    as_alice.post(f"{TASKS}{call['id']}/complete/")
    assert error_of(as_alice.post(reminders_of(call), {"lead_minutes": 5}))[:2] == (409, "task_closed")


def test_a_repeated_request_makes_one(as_alice: APIClient, call: dict[str, Any]) -> None:
    headers = {"Idempotency-Key": "once"}
    first, again = (as_alice.post(reminders_of(call), {"lead_minutes": 5}, headers=headers) for _ in range(2))
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Reminder.objects.count() == 1
    snooze = f"{REMINDERS}{first.json()['id']}/snooze/"
    body = {"until": in_hours(2)}
    for _ in range(2):
        assert as_alice.post(snooze, body, headers={"Idempotency-Key": "twice"}).status_code == 200
    assert list(Activity.objects.order_by("-seq").values_list("kind", flat=True)[:2]) == [
        "reminder.updated",
        "reminder.created",
    ]


def test_others_find_nothing(as_alice: APIClient, as_bob: APIClient, bob: User, call: dict[str, Any]) -> None:
    reminder = created(as_alice, reminders_of(call), lead_minutes=30)
    one, seq = f"{REMINDERS}{reminder['id']}/", seq_of(bob)
    for response in (
        as_bob.get(reminders_of(call)),
        as_bob.post(reminders_of(call), {"lead_minutes": 5}),
        as_bob.get(one),
        as_bob.patch(one, {"lead_minutes": 5}),
        as_bob.delete(one),
        as_bob.post(f"{one}snooze/", {"until": in_hours(1)}),
    ):
        assert response.status_code == 404
    assert as_bob.get(REMINDERS).json()["results"] == []
    assert kinds_of(bob, after=seq) == []
    assert as_alice.get(one).json() == reminder


@pytest.mark.django_db
def test_strangers_are_refused_at_every_door(as_nobody: APIClient) -> None:
    one, all_of_task = f"{REMINDERS}{NOBODYS}/", f"{TASKS}{NOBODYS}/reminders/"
    for response in (
        as_nobody.get(REMINDERS),
        as_nobody.get(all_of_task),
        as_nobody.post(all_of_task, {"lead_minutes": 5}),
        as_nobody.get(one),
        as_nobody.patch(one, {}),
        as_nobody.delete(one),
        as_nobody.post(f"{one}snooze/", {"until": in_hours(1)}),
    ):
        assert response.status_code == 401


def test_the_job_tells_the_feed(as_alice: APIClient, call: dict[str, Any]) -> None:
    reminder = created(as_alice, reminders_of(call), remind_at=in_hours(1))
    Reminder.objects.update(fires_at=timezone.now() - timedelta(minutes=2))
    seq = Activity.objects.latest("seq").seq
    for _ in range(2):
        jobs.sweep_reminders()
    (event,) = as_alice.get("/api/v1/activities/", {"after": seq}).json()["results"]
    assert (event["kind"], event["actor"]) == ("reminder.due", "system")
    assert event["subject"] == {"type": "reminder", "id": reminder["id"]}
    assert event["data"]["after"]["title"] == "Call Bob"
    assert event["data"]["after"]["late"] >= 120
