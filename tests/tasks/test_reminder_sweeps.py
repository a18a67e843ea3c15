"""Sweeps at the same time: each reminder comes once and becomes one notification; nobody waits in vain."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone

from accounts.models import User
from activities.models import Activity, Notification
from activities.services import Entry, StreamNotHeld, lock_stream, lock_streams, notify, record_for_many
from tasks import services
from tasks.models import Reminder
from tests.conftest import register
from tests.tasks.scenes import by, make
from tests.waiting import wait_for

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE, EACH, SWEEPS = 6, 4, 4


@pytest.fixture
def people(transactional_db: None) -> list[User]:
    people = [register(f"user{number}@example.com") for number in range(PEOPLE)]
    for user in people:
        (task,) = make(by(user), "Call Bob")
        moment = timezone.now() - timedelta(minutes=1)
        Reminder.objects.bulk_create(
            Reminder(user=user, task=task, remind_at=moment, fires_at=moment) for _ in range(EACH)
        )
    return people


def at_once(work: Callable[[], int]) -> int:
    """The same from several threads that begin together; what they have done in all."""
    ready = threading.Barrier(SWEEPS)

    def run(_: int) -> int:
        ready.wait()
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(SWEEPS) as threads:
        return sum(threads.map(run, range(SWEEPS)))


def test_sweeps_at_once_double_nothing(people: list[User], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.services.reminders.USERS_AT_ONCE", 2)
    monkeypatch.setattr("activities.services.notifications.AT_ONCE", 7)
    assert at_once(lambda: services.sweep_reminders(now=timezone.now())) == PEOPLE * EACH
    due = Activity.objects.filter(kind="reminder.due")
    assert Counter(due.values_list("subject_id", flat=True)) == Counter(
        Reminder.objects.values_list("id", flat=True)
    )
    at_once(lambda: notify(now=timezone.now()))
    notify(now=timezone.now())
    assert Counter(Notification.objects.values_list("activity_id", flat=True)) == Counter(
        due.values_list("id", flat=True)
    )
    for user in people:
        seqs = list(Activity.objects.of(user.id).order_by("seq").values_list("seq", flat=True))
        assert seqs == list(range(1, len(seqs) + 1))


def test_whoever_is_busy_keeps_nobody_waiting(people: list[User]) -> None:
    busy, *others = people
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            lock_stream(busy.id)
            swept = thread.submit(_sweep)
            wait_for(lambda: _came(others) == EACH * len(others))
            assert _came([busy]) == 0
        assert swept.result(20) == PEOPLE * EACH
    assert _came([busy]) == EACH


def test_for_many_nothing_is_recorded_without_their_streams(people: list[User]) -> None:
    first, second, *_ = people
    entry = Entry("reminder.due", "reminder", first.id)
    with transaction.atomic():
        assert lock_streams([first.id]) == {first.id}
        with pytest.raises(StreamNotHeld):
            record_for_many(by="system", entries=[(first.id, entry), (second.id, entry)], at=timezone.now())
        assert lock_streams([]) == set()
        record_for_many(by="system", entries=[], at=timezone.now())


def _sweep() -> int:
    try:
        return services.sweep_reminders(now=timezone.now())
    finally:
        connections.close_all()


def _came(people: list[User]) -> int:
    return Activity.objects.filter(user__in=people, kind="reminder.due").count()
