"""What a user got done, through the REST door."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from activities.models import Activity
from tasks import services
from tasks.models import Task
from tests.tasks.doors import LISTS, created, error_of
from tests.tasks.scenes import agent_of, by, make

STATISTICS = "/api/v1/statistics/"
# Friday noon in Berlin.
NOW = datetime(2026, 3, 6, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def statistics(client: APIClient, **query: Any) -> dict[str, Any]:
    response = client.get(STATISTICS, query)
    assert response.status_code == 200, response.content
    answer: dict[str, Any] = response.json()
    return answer


def done_on(answer: dict[str, Any]) -> dict[str, int]:
    return {day["date"]: day["done"] for day in answer["per_day"] if day["done"]}


def complete(user: User, task: Task, moment: datetime) -> None:
    services.complete_tasks(actor=by(user), task_ids=[task.id], now=moment)


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def test_nothing_done_is_thirty_empty_days(as_alice: APIClient) -> None:
    answer = statistics(as_alice)
    assert (answer["start"], answer["end"], answer["timezone"]) == (
        "2026-02-05",
        "2026-03-06",
        "Europe/Berlin",
    )
    assert (len(answer["per_day"]), done_on(answer), answer["done"]) == (30, {}, 0)
    assert (answer["by_list"], answer["by_label"]) == ([], [])
    assert (answer["with_due"], answer["on_time"], answer["on_time_share"]) == (0, 0, None)
    assert (answer["current_streak"], answer["longest_streak"]) == (0, 0)


def test_days_are_the_users_own_and_streaks_run_over_them(alice: User, as_alice: APIClient) -> None:
    tasks = make(by(alice), *"abcdef")
    # 00:30 on the 3rd in Berlin, then the 4th and 5th; a longer run lies before.
    for task, moment in zip(tasks, [at(2, 23, 30), at(4), at(5), at(5), at(1), at(1)], strict=True):
        complete(alice, task, moment)
    for days_ago, task in enumerate(make(by(alice), *"ghijk")):
        complete(alice, task, at(1) - timedelta(days=20 + days_ago))
    answer = statistics(as_alice, start="2026-03-01", end="2026-03-06")
    assert done_on(answer) == {"2026-03-01": 2, "2026-03-03": 1, "2026-03-04": 1, "2026-03-05": 2}
    assert [day["date"] for day in answer["per_day"]] == [f"2026-03-0{day}" for day in range(1, 7)]
    assert (answer["current_streak"], answer["longest_streak"]) == (3, 5)
    complete(alice, make(by(alice), "today")[0], NOW)
    assert statistics(as_alice)["current_streak"] == 4


def test_a_streak_ends_with_the_day_before_yesterday(alice: User, as_alice: APIClient) -> None:
    complete(alice, make(by(alice), "x")[0], at(4))
    answer = statistics(as_alice)
    assert (answer["current_streak"], answer["longest_streak"]) == (0, 1)


def test_each_occurrence_counts_by_list_label_and_whether_it_was_on_time(
    alice: User, as_alice: APIClient
) -> None:
    garden = created(as_alice, LISTS, name="Garden")
    list_id = Task._meta.pk.to_python(garden["id"])
    daily = make(
        by(alice),
        "Water",
        due_on=date(2026, 3, 2),
        rrule="FREQ=DAILY",
        list_id=list_id,
        labels=["out", "wet"],
    )[0]
    complete(alice, daily, at(2, 22, 59))  # on its day
    complete(alice, daily, at(4))  # a day late
    complete(alice, daily, at(4, 10))
    timed = make(by(alice), "Call", due_at=at(5, 10), labels=["out"])[0]
    complete(alice, timed, at(5, 10, 1))
    complete(alice, make(by(alice), "Some day")[0], at(5))
    answer = statistics(as_alice)
    assert answer["done"] == 5
    assert [(row["name"], row["done"]) for row in answer["by_list"]] == [("Garden", 3), ("Inbox", 2)]
    assert [(row["name"], row["done"]) for row in answer["by_label"]] == [("out", 4), ("wet", 3)]
    assert answer["by_list"][0]["id"] == garden["id"]
    assert (answer["with_due"], answer["on_time"], answer["on_time_share"]) == (4, 2, 0.5)


def test_what_is_undone_or_opened_again_does_not_count(alice: User, as_alice: APIClient) -> None:
    one, repeating = make(by(alice), "One", "Again", due_on=date(2026, 3, 4))
    services.update_task(actor=by(alice), task_id=repeating.id, changes={"rrule": "FREQ=WEEKLY"}, now=at(3))
    agent = agent_of(alice)
    services.complete_tasks(actor=agent, task_ids=[one.id, repeating.id], now=at(4))
    assert statistics(as_alice)["done"] == 2
    assert agent.turn_id
    undone = services.undo_turn(actor=by(alice), turn_id=agent.turn_id, now=at(4, 10))
    assert statistics(as_alice)["done"] == 0
    services.undo_activities(actor=by(alice), activity_ids=undone.activity_ids, now=at(4, 11))
    assert statistics(as_alice)["done"] == 2
    services.reopen_tasks(actor=by(alice), task_ids=[one.id], now=at(4, 12))
    assert statistics(as_alice)["done"] == 1
    complete(alice, one, at(5))
    assert done_on(statistics(as_alice)) == {"2026-03-04": 1, "2026-03-05": 1}
    services.update_task(actor=by(alice), task_id=one.id, changes={"status": "dismissed"}, now=at(5, 10))
    assert done_on(statistics(as_alice)) == {"2026-03-04": 1}
    services.undo_last(actor=by(alice), now=at(5, 11))
    assert done_on(statistics(as_alice)) == {"2026-03-04": 1, "2026-03-05": 1}


def test_what_is_gone_was_done_all_the_same(alice: User, as_alice: APIClient) -> None:
    task = make(by(alice), "x")[0]
    complete(alice, task, at(4))
    services.trash_tasks(actor=by(alice), task_ids=[task.id], now=at(5))
    assert [row["name"] for row in statistics(as_alice)["by_list"]] == ["Inbox"]
    Task.objects.filter(pk=task.pk).delete()
    assert statistics(as_alice)["by_list"] == [{"id": None, "name": None, "done": 1}]
    assert Activity.objects.filter(kind="task.completed").exists()


def test_one_query_each(as_alice: APIClient) -> None:
    with CaptureQueriesContext(connection) as captured:
        statistics(as_alice)
    assert len(captured) == 4


@pytest.mark.parametrize(
    ("query", "refusal"),
    [
        ({"start": "2026-03-02", "end": "2026-03-01"}, (400, "range_invalid", "end")),
        ({"start": "2025-01-01", "end": "2026-03-01"}, (400, "range_invalid", "end")),
        ({"start": "0001-01-01", "end": "0001-01-02"}, (400, "range_invalid", "end")),
        ({"end": "0001-01-01"}, (400, "range_invalid", "end")),
        ({"end": "9999-12-31"}, (400, "range_invalid", "end")),
        ({"start": "soon"}, (400, "invalid", "start")),
        ({"days": "3"}, (400, "unknown_field", "days")),
    ],
)
def test_bad_ranges_are_refused(
    as_alice: APIClient, query: dict[str, str], refusal: tuple[int, str, str]
) -> None:
    assert error_of(as_alice.get(STATISTICS, query)) == refusal


def test_strangers_see_only_their_own(
    alice: User, as_alice: APIClient, as_bob: APIClient, as_nobody: APIClient
) -> None:
    complete(alice, make(by(alice), "x", labels=["mine"])[0], at(5))
    assert statistics(as_alice)["done"] == 1
    theirs = statistics(as_bob)
    assert (theirs["done"], theirs["by_list"], theirs["by_label"], theirs["longest_streak"]) == (0, [], [], 0)
    assert as_nobody.get(STATISTICS).status_code == 401
