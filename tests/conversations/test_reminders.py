"""Reminders by word, from the sentence to what comes of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from activities.models import Activity
from conversations.models import Message, Turn
from tasks import services
from tasks.models import Reminder, Task
from tests.conftest import register
from tests.conversations.test_sentences import Speaker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def carol(transactional_db: None, empty_redis: None) -> Speaker:
    return Speaker(register("carol@example.com"), timezone.now())


def reply(turn: Turn) -> str:
    return Message.objects.get(turn=turn, role=Message.Role.ASSISTANT).text


def fires_at() -> datetime | None:
    return Reminder.objects.get().fires_at


def test_a_reminder_of_a_known_task_is_set_snoozed_and_undone(carol: Speaker) -> None:
    carol.say("dentist in three days at 3 pm")
    task = Task.objects.get()
    assert task.due_at is not None
    turn = carol.say("remind me 30 minutes before the dentist")
    assert fires_at() == task.due_at - timedelta(minutes=30)
    assert "14:30" in reply(turn)
    receipt = Activity.objects.get(turn_id=turn.id, subject_type="reminder")
    assert (receipt.kind, receipt.actor) == ("reminder.created", "agent")
    carol.say("snooze the dentist for 20 minutes")
    snoozed = fires_at()
    assert snoozed is not None
    assert timedelta(0) < snoozed - timezone.now() <= timedelta(minutes=20)
    # As if the twenty minutes were over.
    now = timezone.now()
    Reminder.objects.update(snoozed_until=now, fires_at=now)
    assert services.sweep_reminders(now=timezone.now()) == 1
    carol.say("snooze it for ten minutes")
    assert services.sweep_reminders(now=timezone.now()) == 0
    assert "the reminder of “Dentist”" in reply(carol.say("undo that"))
    assert services.sweep_reminders(now=timezone.now() + timedelta(hours=1)) == 0


def test_a_reminder_of_what_is_not_known_makes_it(carol: Speaker) -> None:
    turn = carol.say("remind me 2 hours before the concert")
    assert (Task.objects.get().title, Reminder.objects.get().lead_minutes) == ("The concert", 120)
    assert "once it has a due date" in reply(turn)
    carol.say("undo that")
    assert not Reminder.objects.exists()
    assert Task.objects.get().trashed_at is not None


def test_a_new_task_with_a_lead(carol: Speaker) -> None:
    turn = carol.say("ring Eva in two days at 3 pm, remind me 15 minutes before")
    task = Task.objects.get()
    assert task.due_at is not None
    assert fires_at() == task.due_at - timedelta(minutes=15)
    assert "14:45" in reply(turn)


def test_nothing_to_snooze(carol: Speaker) -> None:
    assert "No reminder" in reply(carol.say("snooze"))
