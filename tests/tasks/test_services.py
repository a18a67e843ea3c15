"""Services where no REST door leads: many at once, order of locks, names as the agent gives them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from accounts.models import User
from activities.models import Activity
from tasks import services
from tasks.models import Label, Task, TaskList
from tasks.references import Match, resolve
from tasks.representation import render_task
from tasks.search import with_words
from tests.conftest import register
from tests.tasks.scenes import (
    MONDAY,
    Clock,
    activities_of,
    agent_of,
    by,
    fresh,
    inbox_of,
    kinds_of,
    make,
    seq_of,
    titles,
)
from voice2task.kernel.errors import Invalid, NotFound
from voice2task.kernel.identifiers import uuid7

BERLIN = ZoneInfo("Europe/Berlin")
clock = Clock()


def test_a_new_user_has_one_inbox(alice: User) -> None:
    services.provision_inbox(actor=by(alice), now=clock())
    assert TaskList.objects.of(alice.id).get().is_inbox
    assert kinds_of(alice).count("list.created") == 1


def test_many_tasks_are_made_at_once(alice: User) -> None:
    work = services.ensure_list(actor=by(alice), name="Work", now=clock())
    services.create_label(actor=by(alice), name="Home", now=clock())
    seq = seq_of(alice)
    drafts: list[services.TaskFields] = [
        {"title": f"Task {number}", "labels": ["home", "new"], "source_span": {"title": [0, 4]}}
        for number in range(49)
    ]
    drafts.append({"title": "Elsewhere", "list_id": work.id})
    made = services.create_tasks(actor=agent_of(alice), drafts=drafts, now=clock())
    assert titles(alice) == [f"Task {number}" for number in range(49)]
    assert titles(alice, work) == ["Elsewhere"]
    assert [render_task(task) for task in made] == [fresh(task) for task in made]
    assert made[0].source_span == {"title": [0, 4]}
    assert kinds_of(alice, after=seq) == ["label.created"] + ["task.created"] * 50
    assert [activity.after for activity in activities_of(alice)[-50:]] == [fresh(task) for task in made]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("title", "x" * 501, "max_length"),
        ("notes", "a\0", "characters_invalid"),
        ("status", "finished", "invalid_choice"),
        ("priority", "", "invalid_choice"),
    ],
)
def test_what_no_serializer_has_checked_is_checked(alice: User, field: str, value: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        services.create_tasks(actor=by(alice), drafts=[{"title": "x"} | {field: value}], now=clock())  # type: ignore[list-item]
    assert (refused.value.field, refused.value.code) == (field, code)


@pytest.mark.parametrize("count", [0, 51])
def test_too_few_and_too_many_are_refused(alice: User, count: int) -> None:
    with pytest.raises(Invalid) as refused:
        make(by(alice), *["x"] * count)
    assert refused.value.code == "count_invalid"


@pytest.mark.parametrize("bad", [{"title": " "}, {}, {"title": "x", "labels": ["a\0"]}, {"title": "\ud800"}])
def test_all_or_nothing(alice: User, bad: Any) -> None:
    seq = seq_of(alice)
    with pytest.raises(Invalid) as refused:
        services.create_tasks(actor=by(alice), drafts=[{"title": "Good"}, bad], now=clock())
    assert refused.value.extra == {"index": 1}
    assert refused.value.code in {"blank", "characters_invalid"}
    assert (titles(alice), seq_of(alice)) == ([], seq)


def test_one_that_is_not_found_stops_all(alice: User, bob: User) -> None:
    mine, theirs = make(by(alice), "Mine")[0], make(by(bob), "Theirs")[0]
    for service in (
        services.complete_tasks,
        services.reopen_tasks,
        services.trash_tasks,
        services.restore_tasks,
    ):
        with pytest.raises(NotFound) as refused:
            service(actor=by(alice), task_ids=[mine.id, theirs.id], now=clock())
        assert refused.value.extra == {"task_ids": [str(theirs.id)]}
    assert fresh(mine)["version"] == fresh(theirs)["version"] == 1


def test_tasks_come_back_in_the_order_asked_for(alice: User) -> None:
    one, two = make(by(alice), "One", "Two")
    done = services.complete_tasks(actor=by(alice), task_ids=[two.id, one.id, two.id], now=clock())
    assert [task.title for task in done] == ["Two", "One"]
    assert [activity.after["status"] for activity in activities_of(alice)[-2:]] == ["done", "done"]


def test_restored_tasks_share_no_place(alice: User) -> None:
    one, two, three = make(by(alice), "One", "Two", "Three")
    services.trash_tasks(actor=by(alice), task_ids=[one.id, two.id], now=clock())
    Task.objects.filter(pk__in=[one.id, two.id]).update(position=three.position)
    services.restore_tasks(actor=by(alice), task_ids=[one.id, two.id], now=clock())
    assert titles(alice)[0] == "Three"
    assert sorted(titles(alice)) == ["One", "Three", "Two"]


def test_two_tasks_cannot_hold_one_place(alice: User) -> None:
    one, two = make(by(alice), "One", "Two")
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=two.pk).update(position=one.position)


def test_names_are_found_in_whatever_case(alice: User) -> None:
    made = services.ensure_list(actor=by(alice), name="Straße İstanbul", now=clock())
    assert services.ensure_list(actor=by(alice), name=" straße  İSTANBUL", now=clock()).id == made.id
    seq = seq_of(alice)
    services.ensure_list(actor=by(alice), name="STRAßE İstanbul", now=clock())
    assert seq_of(alice) == seq
    for name in ("İ", "i"):
        make(by(alice), "x", labels=[name])
    assert Label.objects.of(alice.id).count() <= 2


def test_an_agents_change_carries_its_turn(alice: User) -> None:
    turn = agent_of(alice)
    make(turn, "Buy milk")
    activity = activities_of(alice)[-1]
    assert (activity.actor, activity.turn_id) == ("agent", turn.turn_id)


def test_a_move_is_few_statements_however_long_the_list(alice: User) -> None:
    tasks = [task for _ in range(3) for task in make(by(alice), *["x"] * 50)]
    counts = []
    for target in (tasks[1], tasks[75]):
        with CaptureQueriesContext(connection) as captured:
            services.move_task(actor=by(alice), task_id=tasks[-1].id, before_id=target.id, now=clock())
        counts.append(sum(query["sql"].startswith('UPDATE "tasks_task"') for query in captured))
    assert counts == [1, 1]


def test_reading_for_the_agent(alice: User, bob: User) -> None:
    now = datetime(2026, 3, 6, 12, tzinfo=UTC)
    work = services.ensure_list(actor=by(alice), name="Work", now=clock())
    make(by(alice), "Yesterday", due_on=date(2026, 3, 5), labels=["Home"])
    make(by(alice), "Today", due_on=date(2026, 3, 6))
    make(by(alice), "This morning", due_at=now - timedelta(hours=1), list_id=work.id)
    make(by(alice), "Tonight", due_at=now + timedelta(hours=1))
    make(by(alice), "Done", due_on=date(2026, 3, 1), status="done")
    make(by(alice), "Some day", notes="a 50% chance")
    make(by(bob), "Not hers", due_on=date(2026, 3, 1))
    gone = make(by(alice), "Gone", due_on=date(2026, 3, 1))
    services.trash_tasks(actor=by(alice), task_ids=[gone[0].id], now=clock())
    mine = Task.objects.of(alice.id)

    def named(tasks: Any) -> list[str]:
        return sorted(tasks.values_list("title", flat=True))

    assert named(mine.open()) == ["Some day", "This morning", "Today", "Tonight", "Yesterday"]
    assert named(mine.overdue(now.astimezone(BERLIN))) == ["This morning", "Yesterday"]
    assert named(mine.open().due_from(date(2026, 3, 6)).due_to(date(2026, 3, 6))) == [
        "This morning",
        "Today",
        "Tonight",
    ]
    assert named(mine.in_list("WORK", user_id=alice.id)) == ["This morning"]
    assert named(mine.with_label("home", user_id=alice.id)) == ["Yesterday"]
    assert named(with_words(mine, alice.id, "50% CHANCE")) == ["Some day"]
    assert named(mine.trashed()) == ["Gone"]
    row = with_words(mine.open(), alice.id, "yesterday").rows().get()
    assert render_task(row) == fresh(Task.objects.get(title="Yesterday"))
    found = resolve("the yesterday one", mine.kept().candidates())
    assert isinstance(found, Match)
    assert found.task.id == row["id"]


def in_threads(*jobs: Callable[[], object]) -> list[BaseException]:
    """Run the jobs at the same time, each on a connection of its own; returns what they raised."""
    together = threading.Barrier(len(jobs))
    raised: list[BaseException] = []

    def run(job: Callable[[], object]) -> None:
        try:
            together.wait(10)
            job()
        except Exception as error:  # noqa: BLE001 - handed to the test
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.mark.django_db(transaction=True)
def test_changes_in_opposite_order_do_not_deadlock() -> None:
    user = register("alice@example.com")
    one, two = make(by(user), "One", "Two")

    def change(*ids: Any) -> None:
        for round_ in range(10):
            with transaction.atomic():
                for id_ in ids:
                    services.update_task(
                        actor=Actor(user.id),
                        task_id=id_,
                        changes={"title": f"{ids[0]} {round_}"},
                        now=clock(),
                    )

    assert in_threads(lambda: change(one.id, two.id), lambda: change(two.id, one.id)) == []
    seqs = [activity.seq for activity in activities_of(user)]
    assert seqs == list(range(1, len(seqs) + 1))
    assert fresh(one)["version"] == fresh(two)["version"] == 21


@pytest.mark.django_db(transaction=True)
def test_concurrent_moves_keep_one_order() -> None:
    user = register("alice@example.com")
    tasks = make(by(user), *"abcdef")

    def shuffle(moved: Task, targets: list[Task]) -> None:
        for target in targets:
            services.move_task(actor=by(user), task_id=moved.id, before_id=target.id, now=clock())

    jobs = [lambda task=task: shuffle(task, tasks[3:]) for task in tasks[:3]]
    assert in_threads(*jobs) == []
    assert sorted(titles(user)) == list("abcdef")
    assert titles(user)[-1] == "f"


@pytest.mark.django_db(transaction=True)
def test_a_list_named_twice_at_once_is_made_once() -> None:
    user = register("alice@example.com")
    jobs = [lambda: services.ensure_list(actor=by(user), name="Work", now=clock())] * 3
    assert in_threads(*jobs) == []
    assert TaskList.objects.of(user.id).filter(is_inbox=False).count() == 1
    assert Activity.objects.of(user.id).filter(kind="list.created").count() == 2


def test_what_is_not_there_cannot_be_changed(alice: User) -> None:
    with pytest.raises(NotFound):
        services.update_list(actor=by(alice), list_id=uuid7(), changes={}, now=clock())
    with pytest.raises(NotFound):
        services.delete_label(actor=by(alice), label_id=uuid7(), now=clock())
    assert inbox_of(alice).name == "Inbox"
    assert MONDAY.tzinfo is UTC
