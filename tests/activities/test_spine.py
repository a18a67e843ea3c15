"""`record()`: one transaction, gapless numbers, nothing without the stream, nothing ever changed."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import User
from activities.models import Activity, Outbox, UserStream
from activities.services import (
    SWEEP_AGAIN_AFTER,
    Entry,
    StreamNotHeld,
    lock_stream,
    record,
    record_all,
    sweep_outbox,
)
from voice2task.kernel.redis import push_client

NOW = timezone.now()


def entry(kind: str = "task.updated") -> Entry:
    return Entry(kind, "task", uuid4(), after={"title": "Buy milk"})


@transaction.atomic
def record_one(user: User, kind: str = "task.updated", turn_id=None) -> Activity:
    lock_stream(user.id)
    return record(actor=Actor(user.id, turn_id=turn_id), entry=entry(kind), at=NOW)


def test_numbers_are_gapless_across_a_rollback(alice: User):
    first = record_one(alice).seq
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        lock_stream(alice.id)
        record(actor=Actor(alice.id), entry=entry(), at=NOW)
        raise ZeroDivisionError
    assert record_one(alice).seq == first + 1


def test_a_savepoint_that_is_rolled_back_leaves_no_gap(alice: User):
    with transaction.atomic():
        lock_stream(alice.id)
        before = UserStream.objects.seq_of(alice.id)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            record(actor=Actor(alice.id), entry=entry(), at=NOW)
            raise ZeroDivisionError
        assert record(actor=Actor(alice.id), entry=entry(), at=NOW).seq == before + 1


def test_a_lock_taken_after_a_savepoint_is_lost_with_it(alice: User):
    stranger = User.objects.create(email="dora@example.com")
    with pytest.raises(StreamNotHeld), transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            lock_stream(stranger.id)
            raise ZeroDivisionError
        record(actor=Actor(stranger.id), entry=entry(), at=NOW)


def test_several_at_once_are_numbered_in_order(alice: User):
    entries = [entry() for _ in range(5)]
    with transaction.atomic():
        lock_stream(alice.id)
        before = UserStream.objects.seq_of(alice.id)
        activities = record_all(actor=Actor(alice.id), entries=entries, at=NOW)
    assert [activity.seq for activity in activities] == list(range(before + 1, before + 6))
    assert UserStream.objects.seq_of(alice.id) == before + 5


def test_recording_nothing_moves_nothing(alice: User):
    with transaction.atomic():
        lock_stream(alice.id)
        before = UserStream.objects.seq_of(alice.id)
        assert record_all(actor=Actor(alice.id), entries=[], at=NOW) == []
    assert UserStream.objects.seq_of(alice.id) == before


@pytest.mark.django_db(transaction=True)
def test_a_lock_of_an_earlier_transaction_does_not_count(transactional_db: None):
    from tests.conftest import register

    carol = register("carol@example.com")
    record_one(carol)
    with pytest.raises(StreamNotHeld), transaction.atomic():
        record(actor=Actor(carol.id), entry=entry(), at=NOW)
    with pytest.raises(StreamNotHeld):
        lock_stream(carol.id)
    dora = register("dora@example.com")
    with pytest.raises(StreamNotHeld), transaction.atomic():
        lock_stream(dora.id)
        record(actor=Actor(carol.id), entry=entry(), at=NOW)


@pytest.mark.django_db(transaction=True)
def test_every_call_of_one_decorated_function_takes_the_lock(transactional_db: None):
    """Such a function has one `Atomic` for all of its calls."""
    from tests.conftest import register

    carol = register("carol@example.com")

    @transaction.atomic
    def call(with_lock: bool) -> None:
        if with_lock:
            lock_stream(carol.id)
        record(actor=Actor(carol.id), entry=entry(), at=NOW)

    call(with_lock=True)
    with pytest.raises(StreamNotHeld):
        call(with_lock=False)


def test_a_kind_that_is_not_in_the_table_is_refused(alice: User):
    with pytest.raises(ValueError, match=r"task\.eaten"):
        record_one(alice, "task.eaten")


@pytest.mark.parametrize(
    "statement", ["UPDATE activities_activity SET kind = 'x'", "DELETE FROM activities_activity"]
)
def test_activities_are_append_only(alice: User, statement: str):
    record_one(alice)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_erasure_is_announced_for_one_transaction(alice: User):
    activity = record_one(alice)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL voice2task.erasing = 'on'")
        cursor.execute("DELETE FROM activities_activity WHERE id = %s", [activity.id])
        cursor.execute("SET LOCAL voice2task.erasing = 'off'")
    assert not Activity.objects.filter(id=activity.id).exists()


def test_subscribers_get_an_outbox_row_in_the_same_transaction(alice: User):
    turn_id = uuid4()
    activity = record_one(alice, "message.posted", turn_id)
    row = Outbox.objects.get(activity=activity)
    assert (row.job, row.argument) == ("conversations.run_turn", turn_id)
    assert row.due_at > NOW


def test_the_sweep_enqueues_what_is_owed_and_moves_it_on(alice: User, empty_redis: None):
    turn_id = uuid4()
    record_one(alice, "message.posted", turn_id)
    assert sweep_outbox(now=NOW) == 0
    later = NOW + timedelta(seconds=3)
    assert sweep_outbox(now=later) == 1
    assert push_client().llen("turns") == 1
    assert sweep_outbox(now=later) == 0
    assert sweep_outbox(now=later + SWEEP_AGAIN_AFTER) == 1
    assert Outbox.objects.settle("conversations.run_turn", turn_id) == 1
    assert sweep_outbox(now=later + 2 * SWEEP_AGAIN_AFTER) == 0


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_one_number_each(transactional_db: None):
    from tests.conftest import register

    carol = register("carol@example.com")
    start = UserStream.objects.seq_of(carol.id)

    def work() -> None:
        try:
            for _ in range(10):
                record_one(carol)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seqs = Activity.objects.of(carol.id).after(start).order_by("seq").values_list("seq", flat=True)
    assert list(seqs) == list(range(start + 1, start + 41))
