"""Notifications: made once of what happened, listed, read, deleted, kept for a while; and nobody else's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as configured
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.actors import Actor
from accounts.models import User
from activities import jobs, services
from activities.models import Activity, Notification, Outbox
from activities.notices import NOTICES
from activities.services import NOTIFY_JOB, Entry, lock_stream, record_all
from tests.conftest import register
from voice2task.kernel.identifiers import uuid7

NOTIFICATIONS = "/api/v1/notifications/"
DUE = {"title": "Call Bob", "task_id": str(uuid7()), "late": 0}


def happen(user: User, *afters: dict[str, Any], kind: str = "reminder.due") -> list[Activity]:
    from django.db import transaction

    with transaction.atomic():
        lock_stream(user.id)
        entries = [Entry(kind, "reminder", uuid7(), after) for after in afters]
        return record_all(actor=Actor(user.id, "system"), entries=entries, at=timezone.now())


def told(user: User, *afters: dict[str, Any], kind: str = "reminder.due") -> list[Notification]:
    for activity in happen(user, *afters, kind=kind):
        jobs.notify(str(activity.id))
    return list(Notification.objects.of(user.id).order_by("id"))


def kinds_since(user: User, seq: int) -> list[str]:
    return list(Activity.objects.of(user.id).after(seq).order_by("seq").values_list("kind", flat=True))


def seq_of(user: User) -> int:
    return Activity.objects.of(user.id).order_by("-seq").values_list("seq", flat=True)[0]


def test_what_notifies_has_a_row_in_both_tables() -> None:
    subscribed = {
        kind for kind, jobs_ in configured.ACTIVITY_SUBSCRIBERS.items() if (NOTIFY_JOB, "id") in jobs_
    }
    assert subscribed == set(NOTICES)


@pytest.mark.parametrize(
    ("kind", "after", "title", "body"),
    [
        ("reminder.due", DUE, "Call Bob", "Reminder"),
        ("reminder.due", DUE | {"late": 59}, "Call Bob", "Reminder"),
        ("reminder.due", DUE | {"late": 61}, "Call Bob", "Reminder, 1 minute late"),
        ("reminder.due", DUE | {"late": 7300}, "Call Bob", "Reminder, 2 hours late"),
        ("reminder.due", DUE | {"late": 90_000}, "Call Bob", "Reminder, 1 day late"),
        ("reminder.due", DUE | {"title": "x " * 250}, f"{'x ' * 99}x…", "Reminder"),
        (
            "approval.requested",
            {
                "tool": "trash_tasks",
                "preview": [{"name": "Milk"}, {"name": "Bread\nand butter"}, {}],
                "turn_id": "t",
                "expires_at": "e",
            },
            "Your approval is needed",
            "trash_tasks: “Milk”, “Bread and butter”",
        ),
        (
            "turn.failed",
            {"status": "failed", "error": {"code": "time_limit", "message": "It took too long."}},
            "A message could not be answered",
            "It took too long.",
        ),
        (
            "run.failed",
            {"workflow": "mail_anna", "turn_id": None, "error": {"code": "x", "message": "It answered 500."}},
            "The workflow “mail_anna” failed",
            "It answered 500.",
        ),
        (
            "run.timed_out",
            {"workflow": "mail_anna", "turn_id": None, "error": None},
            "The workflow “mail_anna” failed",
            "",
        ),
    ],
)
def test_how_each_reads(alice: User, kind: str, after: dict[str, Any], title: str, body: str) -> None:
    (notification,) = told(alice, after, kind=kind)
    assert (notification.title, notification.body, notification.kind) == (title, body, kind)


@pytest.mark.parametrize(
    ("language", "late", "body"),
    [
        ("de-CH", 120, "Erinnerung, 2 Minuten zu spät"),
        ("fr", 3600, "Rappel, 1 heure de retard"),
        ("es-MX", 200_000, "Recordatorio, 2 días tarde"),
        ("ja", 120, "Reminder, 2 minutes late"),
    ],
)
def test_each_reads_in_the_language_of_its_user(
    alice: User, bob: User, language: str, late: int, body: str
) -> None:
    User.objects.filter(pk=bob.pk).update(language=language)
    assert [row.body for row in told(bob, DUE | {"late": late})] == [body]
    assert [row.body for row in told(alice, DUE)] == ["Reminder"]


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_why_a_turn_failed_is_told_in_its_language_too(alice: User, language: str) -> None:
    User.objects.filter(pk=alice.pk).update(language=language)
    errors = [
        {"code": code, "message": "In English."}
        for code in ("worker_lost", "provider_failed", "time_limit", "internal_error", "another")
    ]
    *known, other = told(
        alice, *({"status": "failed", "error": error} for error in errors), kind="turn.failed"
    )
    assert "In English." not in {row.body for row in known}
    assert len({row.body for row in known}) == len(known)
    assert other.body == "In English."


def test_each_is_made_once_however_often_its_job_comes(alice: User) -> None:
    seq = seq_of(alice)
    activities = happen(alice, DUE, DUE | {"title": "Buy milk"})
    for activity in (*activities, *activities):
        jobs.notify(str(activity.id))
    jobs.notify(str(uuid7()))
    made = Notification.objects.of(alice.id).order_by("id")
    assert [each.activity_id for each in made] == [activity.id for activity in activities]
    assert kinds_since(alice, seq) == ["reminder.due"] * 2 + ["notification.created"] * 2
    assert not Outbox.objects.filter(job=NOTIFY_JOB).exists()


def test_one_job_does_the_work_of_all_that_wait(alice: User, bob: User) -> None:
    activities = happen(alice, *[DUE] * 3)
    (other,) = happen(bob, DUE)
    seqs = {user: seq_of(user) for user in (alice, bob)}
    assert services.notify(now=timezone.now()) == 4
    assert services.notify(now=timezone.now()) == 0
    assert kinds_since(alice, seqs[alice]) == ["notification.created"] * 3
    assert kinds_since(bob, seqs[bob]) == ["notification.created"]
    made = set(Notification.objects.values_list("user", "activity_id"))
    assert made == {(alice.id, activity.id) for activity in activities} | {(bob.id, other.id)}


def test_they_are_listed_newest_first_and_read(as_alice: APIClient, alice: User) -> None:
    told(alice, *[DUE | {"title": f"Task {number}"} for number in range(3)])
    page = as_alice.get(NOTIFICATIONS, {"page_size": 2}).json()
    assert [row["title"] for row in page["results"]] == ["Task 2", "Task 1"]
    assert page["seq"] == seq_of(alice)
    rest = as_alice.get(page["next"]).json()
    assert ([row["title"] for row in rest["results"]], rest["next"]) == (["Task 0"], None)
    first = rest["results"][0]
    assert first["data"] == {"task_id": DUE["task_id"], "late": 0}
    assert (first["subject"]["type"], first["read_at"]) == ("reminder", None)
    one = f"{NOTIFICATIONS}{first['id']}/"
    assert as_alice.get(one).json() == first
    seq = seq_of(alice)
    read = as_alice.post(f"{one}read/").json()
    assert read["read_at"] is not None
    assert as_alice.post(f"{one}read/").json() == read
    (event,) = as_alice.get("/api/v1/activities/", {"after": seq}).json()["results"]
    assert (event["kind"], event["actor"], event["subject"]["id"]) == (
        "notification.read",
        "user",
        first["id"],
    )
    assert first | event["data"]["after"] == read
    unread = as_alice.get(NOTIFICATIONS, {"unread": "true"}).json()["results"]
    assert [row["title"] for row in unread] == ["Task 2", "Task 1"]
    assert [row["title"] for row in as_alice.get(NOTIFICATIONS, {"unread": "false"}).json()["results"]] == [
        "Task 0"
    ]
    assert as_alice.get(NOTIFICATIONS, {"kind": "turn.failed"}).json()["results"] == []
    count = as_alice.get(f"{NOTIFICATIONS}unread-count/").json()
    assert count == {"unread": 2, "seq": seq_of(alice)}


def test_all_are_read_at_once(as_alice: APIClient, alice: User, bob: User, monkeypatch: Any) -> None:
    monkeypatch.setattr("activities.services.notifications.AT_ONCE", 2)
    told(alice, *[DUE] * 5)
    told(bob, DUE)
    seq = seq_of(alice)
    assert as_alice.post(f"{NOTIFICATIONS}read-all/").json() == {"read": 5}
    assert as_alice.post(f"{NOTIFICATIONS}read-all/").json() == {"read": 0}
    assert kinds_since(alice, seq) == ["notification.read"] * 5
    assert Notification.objects.unread().count() == 1


def test_one_is_deleted(as_alice: APIClient, alice: User) -> None:
    first, second = told(alice, DUE, DUE)
    seq = seq_of(alice)
    url = f"{NOTIFICATIONS}{first.id}/"
    assert as_alice.delete(url).status_code == 204
    for response in (as_alice.delete(url), as_alice.get(url), as_alice.post(f"{url}read/")):
        assert response.status_code == 404
        assert response.json()["errors"][0]["code"] == "notification_not_found"
    assert kinds_since(alice, seq) == ["notification.deleted"]
    assert list(Notification.objects.all()) == [second]
    # What was deleted is not made again.
    jobs.notify(str(first.activity_id))
    assert Notification.objects.count() == 1


def test_what_is_old_goes(alice: User, bob: User, settings: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("activities.services.notifications.AT_ONCE", 2)
    settings.NOTIFICATION_DAYS = 30
    old = [*told(alice, DUE, DUE, DUE), *told(bob, DUE)]
    Notification.objects.update(created_at=timezone.now() - timedelta(days=31))
    kept = told(alice, DUE)[-1]
    seq = seq_of(alice)
    jobs.expire_notifications()
    assert list(Notification.objects.all()) == [kept]
    gone = Activity.objects.filter(kind="notification.deleted")
    assert {activity.subject_id for activity in gone} == {each.id for each in old}
    assert kinds_since(alice, seq) == ["notification.deleted"] * 3


def test_others_find_nothing(as_alice: APIClient, as_bob: APIClient, alice: User, bob: User) -> None:
    (notification,) = told(alice, DUE)
    one, seq = f"{NOTIFICATIONS}{notification.id}/", seq_of(bob)
    for response in (as_bob.get(one), as_bob.delete(one), as_bob.post(f"{one}read/")):
        assert response.status_code == 404
    assert as_bob.get(NOTIFICATIONS).json()["results"] == []
    assert as_bob.get(f"{NOTIFICATIONS}unread-count/").json()["unread"] == 0
    assert as_bob.post(f"{NOTIFICATIONS}read-all/").json() == {"read": 0}
    assert kinds_since(bob, seq) == []
    assert as_alice.get(one).json()["read_at"] is None


@pytest.mark.django_db
def test_strangers_are_refused_at_every_door(as_nobody: APIClient) -> None:
    one, subscription = f"{NOTIFICATIONS}{uuid7()}/", f"{NOTIFICATIONS}subscriptions/"
    for response in (
        as_nobody.get(NOTIFICATIONS),
        as_nobody.get(one),
        as_nobody.delete(one),
        as_nobody.post(f"{one}read/"),
        as_nobody.post(f"{NOTIFICATIONS}read-all/"),
        as_nobody.get(f"{NOTIFICATIONS}unread-count/"),
        as_nobody.get(f"{NOTIFICATIONS}push-key/"),
        as_nobody.get(subscription),
        as_nobody.post(subscription, {}),
        as_nobody.delete(f"{subscription}{uuid7()}/"),
    ):
        assert response.status_code == 401


def test_staff_see_and_delete_them(client: Any, alice: User) -> None:
    (notification,) = told(alice, DUE)
    boss = register("boss@example.com")
    User.objects.filter(pk=boss.pk).update(is_staff=True, is_superuser=True)
    client.force_login(User.objects.get(pk=boss.pk))
    for page in ("notification", "notificationdelivery", "pushsubscription"):
        assert client.get(f"/admin/activities/{page}/").status_code == 200
    seq = seq_of(alice)
    client.post(
        "/admin/activities/notification/",
        {"action": "delete_notifications", "_selected_action": [str(notification.id)]},
    )
    (activity,) = Activity.objects.of(alice.id).after(seq)
    assert (activity.kind, activity.actor) == ("notification.deleted", "system")
    assert UUID(str(activity.subject_id)) == notification.id
