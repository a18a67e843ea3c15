"""Columns of a board, and places that stay cheap however often they are used."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from accounts.models import User
from tasks import services
from tasks.models import Task
from tasks.ranks import rank_between, spread_ranks
from tasks.services import places
from tests.tasks.doors import LISTS, TASKS, created, error_of
from tests.tasks.scenes import MONDAY, activities_of, agent_of, by, inbox_of, kinds_of, make, seq_of, titles


def column(client: APIClient, status: str, **query: Any) -> list[str]:
    answer = client.get(TASKS, {"list": "Inbox", "status": status, "ordering": "position"} | query)
    assert answer.status_code == 200, answer.content
    return [task["title"] for task in answer.json()["results"]]


def test_a_card_goes_to_a_place_in_another_column(as_alice: APIClient, alice: User) -> None:
    a, b, c = (created(as_alice, title=title) for title in "abc")
    doing = created(as_alice, title="x", status="in_progress")
    seq = seq_of(alice)
    moved = as_alice.post(f"{TASKS}{b['id']}/move/", {"before_id": doing["id"], "status": "in_progress"})
    assert moved.json()["status"] == "in_progress"
    assert (column(as_alice, "open"), column(as_alice, "in_progress")) == (["a", "c"], ["b", "x"])
    (activity,) = activities_of(alice, after=seq)
    assert activity.kind == "task.updated"
    assert {"status", "position"} <= activity.after.keys()
    as_alice.post(f"{TASKS}{c['id']}/move/", {"before_id": a["id"]})
    assert column(as_alice, "open") == ["c", "a"]
    assert kinds_of(alice)[-1] == "task.moved"


def test_the_last_column_completes(as_alice: APIClient, alice: User) -> None:
    task = created(as_alice, title="Water", due_on="2096-03-02", rrule="FREQ=DAILY;COUNT=2")
    other = created(as_alice, title="Paint")
    for due, status in (("2096-03-03", "open"), ("2096-03-03", "done")):
        url = f"{TASKS}{task['id']}/move/"
        moved = as_alice.post(url, {"after_id": other["id"], "status": "done"}).json()
        assert moved["status"] == status
        assert moved["due_on"] == due
    assert kinds_of(alice)[-2:] == ["task.completed", "task.completed"]
    back = as_alice.post(f"{TASKS}{task['id']}/move/", {"status": "waiting"}).json()
    assert (back["status"], back["completed_at"]) == ("waiting", None)
    assert kinds_of(alice)[-1] == "task.reopened"


def test_only_columns_there_are(as_alice: APIClient) -> None:
    task = created(as_alice, title="Paint")
    refused = as_alice.post(f"{TASKS}{task['id']}/move/", {"status": "someday"})
    assert error_of(refused) == (400, "invalid_choice", "status")


def test_a_list_is_archived_and_comes_back(as_alice: APIClient) -> None:
    work = created(as_alice, LISTS, name="Work")
    task = created(as_alice, title="Report", list_id=work["id"])
    url = f"{LISTS}{work['id']}/"
    first = as_alice.patch(url, {"archived": True}).json()["archived_at"]
    assert first is not None
    assert as_alice.patch(url, {"archived": True}).json()["archived_at"] == first

    def names(**query: Any) -> list[str]:
        return [row["name"] for row in as_alice.get(LISTS, query).json()["results"]]

    assert (names(archived="true"), names(archived="false")) == (["Work"], ["Inbox"])
    assert as_alice.get(f"{TASKS}{task['id']}/").json() == task
    activity = as_alice.get("/api/v1/activities/", {"subject": work["id"]}).json()["results"][-1]
    undone = as_alice.post(f"/api/v1/activities/{activity['id']}/undo/").json()
    assert [row["name"] for row in undone["undone"]] == ["Work"]
    assert names(archived="false") == ["Work", "Inbox"]


def test_the_inbox_is_not_archived(as_alice: APIClient, alice: User) -> None:
    refused = as_alice.patch(f"{LISTS}{inbox_of(alice).id}/", {"archived": True})
    assert error_of(refused) == (409, "inbox_stays", None)


def test_one_place_used_again_and_again_stays_short(alice: User) -> None:
    first, last, *others = make(by(alice), *(f"{number:03}" for number in range(40)))
    expected = ["000", *(f"{number:03}" for number in range(39, 1, -1)), "001"]
    for _ in range(10):
        for task in others:
            services.move_task(actor=by(alice), task_id=task.id, after_id=first.id, now=MONDAY)
        assert titles(alice) == expected
    ranks = [task.position for task in Task.objects.of(alice.id)]
    assert max(map(len, ranks)) <= places.CROWDED_RANK
    assert last.title == "001"


def test_a_move_writes_one_task(alice: User) -> None:
    tasks = make(by(alice), *(f"{number:02}" for number in range(50)))
    for index, target in enumerate(tasks[1:20]):
        seq = seq_of(alice)
        services.move_task(actor=by(alice), task_id=tasks[-1 - index].id, before_id=target.id, now=MONDAY)
        assert kinds_of(alice, after=seq) == ["task.moved"]


def test_making_room_can_be_undone(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "CROWDED_RANK", 3)
    first, *others = make(by(alice), *"abcdefgh")
    before = [(task.title, task.position) for task in Task.objects.of(alice.id).order_by("position")]
    turn = agent_of(alice)
    assert turn.turn_id
    for _ in range(4):
        for task in others:
            services.move_task(actor=turn, task_id=task.id, after_id=first.id, now=MONDAY)
    assert titles(alice) == list("ahgfedcb")
    undone = services.undo_turn(actor=by(alice), turn_id=turn.turn_id, now=MONDAY)
    assert undone.conflicts == []
    after = [(task.title, task.position) for task in Task.objects.of(alice.id).order_by("position")]
    assert after == before


RANKS = st.lists(st.integers(0, 10_000), min_size=2, max_size=60)


@given(places_=RANKS, count=st.integers(0, 80), ends=st.tuples(st.booleans(), st.booleans()))
def test_spread_ranks_are_in_order_and_new(places_: list[int], count: int, ends: tuple[bool, bool]) -> None:
    ranks: list[str] = []
    for place in places_:
        at = place % (len(ranks) + 1)
        ranks.insert(at, rank_between(ranks[at - 1] if at else None, ranks[at] if at < len(ranks) else None))
    low, high = (ranks[0] if ends[0] else None), (ranks[-1] if ends[1] else None)
    taken = set(ranks[1:-1])
    spread = spread_ranks(low, high, count, avoid=taken)
    assert len(spread) == count
    assert not taken & set(spread)
    bounded = [*([low] if low else []), *spread, *([high] if high else [])]
    assert all(one < other for one, other in pairwise(bounded))
