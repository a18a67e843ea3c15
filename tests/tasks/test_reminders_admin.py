"""Reminders as an operator sees them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from tasks import services
from tasks.models import Reminder
from tests.conftest import register
from tests.tasks.scenes import activities_of, by, make

PAGE = "/admin/tasks/reminder/"


@pytest.fixture
def reminder(alice: User) -> Reminder:
    (task,) = make(by(alice), "Call Bob")
    now = timezone.now()
    return services.create_reminder(
        actor=by(alice), task_id=task.id, remind_at=now + timedelta(hours=1), now=now
    )


def test_they_are_found_and_deleted_through_the_service(reminder: Reminder, alice: User) -> None:
    operator = register("operator@example.com")
    operator.is_staff = operator.is_superuser = True
    operator.save()
    client = Client()
    client.force_login(operator)
    assert str(reminder.pk) in client.get(PAGE, {"q": "alice@"}).content.decode()
    assert str(reminder.pk) not in client.get(PAGE, {"q": "anna@"}).content.decode()
    assert client.get(f"{PAGE}{reminder.pk}/change/").status_code == 200
    assert client.post(f"{PAGE}{reminder.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post(PAGE, {"action": "delete_reminders", "_selected_action": [str(reminder.pk)]}, follow=True)
    assert not Reminder.objects.exists()
    last = activities_of(alice)[-1]
    assert (last.kind, last.actor, last.before["title"]) == ("reminder.deleted", "system", "Call Bob")


def test_users_see_none_of_it(reminder: Reminder, alice: User) -> None:
    client = Client()
    client.force_login(alice)
    assert client.get(PAGE).status_code == 302
