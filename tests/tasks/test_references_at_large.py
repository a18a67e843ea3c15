"""`resolve_among` chooses in the database's index as `resolve` does among all tasks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from tasks import services
from tasks.models import Task
from tasks.references import Ambiguous, Match, Missing, resolve
from tasks.search import meant, resolve_among
from tests.tasks.scenes import MONDAY, by, inbox_of, make

NAMES = ["Anna", "Ana", "Bob", "12", "x"]
THINGS = ["call", "calling", "milk", "Müll", "report", "reports", "reporting", "dentist", "dentits"]
SMALL_WORDS = ["the", "and", "for", "to", "do", "task"]
WORDS = st.sampled_from(NAMES + THINGS + SMALL_WORDS)
PHRASE = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
ROWS = st.lists(st.tuples(PHRASE, st.booleans(), st.integers(0, 90)), max_size=12)
START = datetime(2026, 1, 1, tzinfo=UTC)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, reference=PHRASE, prefer_open=st.booleans())
def test_it_is_the_choice_among_all(
    alice: User, rows: list[tuple[str, bool, int]], reference: str, prefer_open: bool
) -> None:
    Task.objects.all().delete()
    Task.objects.bulk_create(
        Task(
            user=alice,
            list=inbox_of(alice),
            title=title,
            notes="call Anna",
            position=f"a{place}",
            status="done" if done else "open",
            completed_at=START if done else None,
            updated_at=START + timedelta(hours=hours),
        )
        for place, (title, done, hours) in enumerate(rows)
    )
    tasks = Task.objects.of(alice.id).kept().order_by("id")
    expected = resolve(reference, tasks.order_by("id").candidates(), prefer_open=prefer_open)
    found = resolve_among(reference, tasks, user_id=alice.id, prefer_open=prefer_open)
    if isinstance(expected, Ambiguous):
        # Of those touched at the same moment any may come first.
        assert isinstance(found, Ambiguous)
        assert [task.touched_at for task in found.tasks] == [task.touched_at for task in expected.tasks]
    else:
        assert found == expected


def test_ids_are_found_among_the_users_own(alice: User, bob: User) -> None:
    (task,) = make(by(alice), "Buy milk")
    mine, theirs = Task.objects.of(alice.id).kept(), Task.objects.of(bob.id).kept()
    assert isinstance(resolve_among(f" {task.id} ", mine, user_id=alice.id), Match)
    assert resolve_among(str(task.id), theirs, user_id=bob.id) == Missing()
    assert resolve_among("milk", theirs, user_id=bob.id) == Missing()
    services.trash_tasks(actor=by(alice), task_ids=[task.id], now=MONDAY)
    assert resolve_among("milk", mine, user_id=alice.id) == Missing()
    assert isinstance(resolve_among("milk", Task.objects.of(alice.id).trashed(), user_id=alice.id), Match)


def test_among_more_than_it_looks_at_the_whole_title_is_found(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meant, "MOST_CANDIDATES", 3)
    monkeypatch.setattr(meant, "COMMON", 3)
    (wanted,) = make(by(alice), "Call Anna", now=START)
    for number in range(6):
        make(by(alice), f"Call Anna, Bob and {number}", now=MONDAY + timedelta(hours=number))
    found = resolve_among("call Anna", Task.objects.of(alice.id), user_id=alice.id)
    assert isinstance(found, Match)
    assert found.task.id == wanted.id
    # Half of it, and too many that have that half: none is meant.
    assert resolve_among("call Zoe", Task.objects.of(alice.id), user_id=alice.id) == Missing()
