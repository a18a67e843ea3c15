"""Pages: any order, any size, each row once, and only the fields that were asked for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from tests.tasks.doors import LABELS, LISTS, TASKS, created, error_of
from tests.tasks.scenes import MONDAY, by, make


def walk(client: APIClient, url: str, **query: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    page = client.get(url, query).json()
    while True:
        rows += page["results"]
        if page["next"] is None:
            return rows
        page = client.get(page["next"]).json()


@pytest.fixture
def dated(alice: User) -> list[str]:
    """Titles by when they are due; two are not."""
    make(by(alice), "never", "no day")
    for number in range(6):
        day = MONDAY + timedelta(days=number // 3)
        fields: dict[str, Any] = {"due_on": day.date()} if number % 3 == 0 else {"due_at": day}
        make(by(alice), f"{number}", **fields)
    # Made last, due first.
    make(by(alice), "early", due_at=MONDAY - timedelta(hours=2))
    return ["0", "early", "1", "2", "3", "4", "5"]


@pytest.mark.parametrize("size", [1, 2, 3, 200])
def test_by_due(as_alice: APIClient, dated: list[str], size: int) -> None:
    rows = walk(as_alice, TASKS, ordering="due", page_size=size)
    assert [row["title"] for row in rows] == dated


@pytest.mark.parametrize("size", [1, 3, 200])
def test_by_position(as_alice: APIClient, alice: User, size: int) -> None:
    tasks = [created(as_alice, title=title) for title in "abcde"]
    as_alice.post(f"{TASKS}{tasks[4]['id']}/move/", {"before_id": tasks[0]["id"]})
    rows = walk(as_alice, TASKS, list="Inbox", ordering="position", page_size=size)
    assert [row["title"] for row in rows] == list("eabcd")
    newest = walk(as_alice, TASKS, page_size=size)
    assert [row["title"] for row in newest] == list("edcba")


def test_rows_made_meanwhile_disturb_no_page(as_alice: APIClient, dated: list[str]) -> None:
    first = as_alice.get(TASKS, {"ordering": "due", "page_size": 3}).json()
    created(as_alice, title="late", due_on="2026-03-01")
    rest = walk(as_alice, first["next"])
    assert [row["title"] for row in first["results"] + rest] == dated


@pytest.mark.parametrize(
    ("query", "code", "attr"),
    [
        ({"ordering": "title"}, "ordering_unknown", "ordering"),
        ({"fields": "id,secret"}, "fields_unknown", "fields"),
    ],
)
def test_bad_queries_are_refused(as_alice: APIClient, query: dict[str, str], code: str, attr: str) -> None:
    assert error_of(as_alice.get(TASKS, query)) == (400, code, attr)


@pytest.mark.parametrize("ordering", ["due", "position", None])
@pytest.mark.parametrize(
    "cursor", ["x", "W10=", "WyJ4Il0=", "bnVsbA==", "WzEsMiwzXQ==", "W3t9LHt9LHt9XQ==", "\u00e9"]
)
def test_cursors_of_others_are_not_found(as_alice: APIClient, ordering: str | None, cursor: str) -> None:
    query = {"cursor": cursor} | ({"ordering": ordering} if ordering else {})
    assert as_alice.get(TASKS, query).status_code == 404


def test_a_page_shows_what_the_door_of_each_task_shows(as_alice: APIClient) -> None:
    parent = created(as_alice, title="Paint", due_at="2026-03-06T15:00:00.25", labels=["home", "Art"])
    created(
        as_alice,
        title="Brushes",
        parent_id=parent["id"],
        due_on="2026-03-05",
        start_on="2026-03-01",
        rrule="FREQ=DAILY",
        exdates=["2026-03-07"],
        links=[{"url": "https://example.org"}],
        estimate_minutes=5,
    )
    as_alice.post(f"{TASKS}{parent['id']}/complete/", {"subtasks": "keep"})
    queries: list[dict[str, Any]] = [
        {},
        {"status": ["open", "done"]},
        {"q": "list:inbox"},
        {"ordering": "due"},
    ]
    for query in queries:
        rows = as_alice.get(TASKS, query).json()["results"]
        assert len(rows) == 2
        assert rows == [as_alice.get(f"{TASKS}{row['id']}/").json() for row in rows]


@pytest.mark.parametrize(
    "query", [{}, {"ordering": "due"}, {"ordering": "position"}, {"q": "paint"}, {"label": "home"}]
)
def test_what_is_not_asked_for_orders_pages_all_the_same(as_alice: APIClient, query: dict[str, Any]) -> None:
    for number in range(3):
        created(as_alice, title=f"Paint {number}", labels=["home"], due_on=f"2030-01-0{3 - number}")
    whole = walk(as_alice, TASKS, **query)
    rows = walk(as_alice, TASKS, fields="title,labels", page_size=2, **query)
    assert rows == [{"title": row["title"], "labels": ["home"]} for row in whole]


def test_names_that_nothing_has_find_nothing(as_alice: APIClient, as_bob: APIClient) -> None:
    created(as_bob, title="Bob's", labels=["theirs"], list_id=created(as_bob, LISTS, name="Theirs")["id"])
    created(as_alice, title="Mine")
    for query in ({"list": "Theirs"}, {"label": "theirs"}):
        assert as_alice.get(TASKS, query).json()["results"] == []


def test_only_the_fields_asked_for(as_alice: APIClient) -> None:
    task = created(as_alice, title="Paint", labels=["home"])
    (row,) = as_alice.get(TASKS, {"fields": "title, id,labels"}).json()["results"]
    assert row == {"id": task["id"], "title": "Paint", "labels": ["home"]}
    for url in (LISTS, LABELS, "/api/v1/activities/"):
        page = as_alice.get(url, {"fields": "id"}).json()
        assert {tuple(row) for row in page["results"]} == {("id",)}
        assert "next" in page
    for url in ("/api/v1/conversations/", "/api/v1/memories/"):
        assert as_alice.get(url, {"fields": "id"}).json()["results"] == []
        assert error_of(as_alice.get(url, {"fields": "colour"})) == (400, "fields_unknown", "fields")


def test_a_last_page_that_is_full_is_the_last(as_alice: APIClient) -> None:
    for title in ("Paint", "Sweep"):
        created(as_alice, title=title)
    page = as_alice.get(TASKS, {"page_size": 2}).json()
    assert (len(page["results"]), page["next"]) == (2, None)
