"""What is kept long enough goes, a little at a time, and what is left has no gaps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from accounts.services import register_user
from activities import jobs, retention
from activities.models import Outbox
from activities.services import Entry, lock_stream, record
from conversations.services import post_message
from tasks.services import undo_activities, update_task
from tests.conftest import PASSWORD
from tests.tasks.scenes import MONDAY, Clock, activities_of, by, make
from voice2task.kernel import retention as kernel_retention
from voice2task.kernel.identifiers import uuid7
from voice2task.kernel.models import IdempotencyKey

YEAR = timedelta(days=365)


@pytest.fixture(autouse=True)
def _few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "SWEPT_AT_ONCE", 3)


def happened(user: User, *moments: Any) -> None:
    lock_stream(user.id)
    for moment in moments:
        record(actor=by(user), entry=Entry("task.updated", "task", uuid7()), at=moment)


def seqs(user: User) -> list[int]:
    return [activity.seq for activity in activities_of(user)]


@pytest.fixture
def old_alice(db: None) -> User:
    """Alice, whose own beginnings are long past."""
    return register_user(
        email="alice@example.com", password=PASSWORD, timezone="UTC", language="en", now=MONDAY - YEAR
    )


def test_old_activities_go_from_the_first_on(old_alice: User) -> None:
    first = len(seqs(old_alice)) + 1
    happened(old_alice, MONDAY, MONDAY, MONDAY + YEAR, MONDAY)
    before = MONDAY + timedelta(days=1)
    counts = []
    while count := retention.sweep_activities(before=before):
        counts.append(count)
    assert sum(counts) == first + 1
    assert max(counts) == 3
    assert seqs(old_alice) == [first + 2, first + 3]


def test_what_an_undo_refers_to_stays_as_long_as_the_undo(old_alice: User) -> None:
    clock = Clock()
    (task,) = make(by(old_alice), "a", now=clock())
    update_task(actor=by(old_alice), task_id=task.id, changes={"title": "b"}, now=clock())
    changed = activities_of(old_alice)[-1]
    undo_activities(actor=by(old_alice), activity_ids=[changed.id], now=MONDAY + YEAR)
    for _ in range(5):
        retention.sweep_activities(before=MONDAY + timedelta(days=1))
    assert seqs(old_alice)[0] == changed.seq
    for _ in range(5):
        retention.sweep_activities(before=MONDAY + 2 * YEAR)
    assert seqs(old_alice) == []
    connection.check_constraints()


def test_what_owes_a_job_stays(old_alice: User) -> None:
    post_message(actor=by(old_alice), text="buy milk", now=MONDAY)
    for _ in range(5):
        retention.sweep_activities(before=MONDAY + YEAR)
    assert [one.kind for one in activities_of(old_alice)] == ["message.posted"]


def test_jobs_that_nobody_takes_are_given_up(old_alice: User) -> None:
    post_message(actor=by(old_alice), text="buy milk", now=MONDAY)
    assert retention.sweep_outbox_leftovers(before=MONDAY) == 0
    assert retention.sweep_outbox_leftovers(before=MONDAY + timedelta(seconds=1)) == 1
    assert not Outbox.objects.exists()


def test_nothing_goes_unless_the_setting_says_so(old_alice: User, settings: Any) -> None:
    count = len(seqs(old_alice))
    jobs.sweep_old_activities()
    jobs.sweep_old_outbox()
    assert len(seqs(old_alice)) == count
    settings.ACTIVITY_DAYS = 10
    jobs.sweep_old_activities()
    assert len(seqs(old_alice)) < count


@pytest.mark.parametrize(
    "statement", ["DELETE FROM activities_activity", "UPDATE activities_activity SET seq = 0"]
)
@pytest.mark.django_db(transaction=True)
def test_activities_are_append_only_after_a_sweep_too(statement: str) -> None:
    from django.db import DatabaseError

    from tests.conftest import register

    register("alice@example.com")
    retention.sweep_activities(before=MONDAY)
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_answers_to_repeated_posts_are_forgotten(alice: User) -> None:
    now = timezone.now()
    IdempotencyKey.objects.bulk_create(IdempotencyKey(user=alice, key=str(number)) for number in range(3))
    IdempotencyKey.objects.exclude(key="2").update(created_at=now - timedelta(days=8))
    assert kernel_retention.sweep_idempotency_keys(kept=timedelta(days=7), now=now) == 2
    assert IdempotencyKey.objects.get().key == "2"
