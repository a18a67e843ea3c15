"""Tasks through the REST door: filters, pages, repeated requests."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.models import User
from activities.models import UserStream
from tests.tasks.doors import LISTS, TASKS, created, error_of, found


def test_filters(as_alice: APIClient) -> None:
    work = created(as_alice, LISTS, name="Work")
    created(as_alice, title="Buy milk", due_on="2026-03-05", labels=["shop"], notes="two litres")
    created(as_alice, title="Call Bob", due_at="2026-03-06T09:00:00Z", list_id=work["id"])
    created(as_alice, title="Sleep", status="done")
    everything = ["Buy milk", "Call Bob", "Sleep"]
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({}, everything),
        ({"list": work["id"]}, ["Call Bob"]),
        ({"list": "work"}, ["Call Bob"]),
        ({"list": "inbox"}, ["Buy milk", "Sleep"]),
        ({"status": "done"}, ["Sleep"]),
        ({"status": ["done", "open"]}, everything),
        ({"label": "Shop"}, ["Buy milk"]),
        ({"text": "MILK litres"}, ["Buy milk"]),
        ({"text": "milk bob"}, []),
        ({"text": "100%"}, []),
        ({"due_before": "2026-03-06"}, ["Buy milk"]),
        ({"due_before": "2026-03-07"}, ["Buy milk", "Call Bob"]),
        ({"due_after": "2026-03-05"}, ["Buy milk", "Call Bob"]),
        ({"due_after": "2026-03-06"}, ["Call Bob"]),
        # Wall time in Berlin, one hour ahead of UTC.
        ({"due_before": "2026-03-06T10:00"}, ["Buy milk"]),
        ({"due_before": "2026-03-06T10:01"}, ["Buy milk", "Call Bob"]),
        ({"due_after": "2026-03-06T10:00"}, ["Call Bob"]),
        ({"due_before": "2026-03-05T00:00"}, []),
        ({"due_after": "2026-03-05T00:00"}, ["Buy milk", "Call Bob"]),
        ({"due_after": "2026-03-05T00:00:01"}, ["Call Bob"]),
        ({"due_after": "2026-03-06T09:00:00Z", "due_before": "2026-03-06T09:00:01Z"}, ["Call Bob"]),
        ({"due_before": "9999-12-30T00:00", "due_after": "0001-01-03T00:00"}, ["Buy milk", "Call Bob"]),
        ({"trashed": "true"}, []),
        ({"trashed": "false"}, everything),
    ]
    for query, expected in cases:
        assert (query, found(as_alice, **query)) == (query, expected)


@pytest.mark.parametrize(
    "query",
    [
        {"status": "gone"},
        {"due_before": "soon"},
        {"due_before": "2026-02-30"},
        {"due_after": "2026-13-01T00:00"},
        {"parent": "x"},
        {"text": "a\0"},
    ],
)
def test_bad_filters_are_refused(as_alice: APIClient, query: dict[str, str]) -> None:
    status, _code, attr = error_of(as_alice.get(TASKS, query))
    assert (status, attr) == (400, next(iter(query)))


def test_pages_are_keyset_and_say_their_seq(as_alice: APIClient, alice: User) -> None:
    names = [f"Task {number}" for number in range(5)]
    for name in names:
        created(as_alice, title=name, labels=["all"])
    seen: list[str] = []
    url: str | None = f"{TASKS}?page_size=2"
    while url:
        page = as_alice.get(url).json()
        assert set(page) == {"results", "next", "seq"}
        assert page["seq"] == UserStream.objects.seq_of(alice.id)
        seen += [row["title"] for row in page["results"]]
        url = page["next"]
    assert seen == names[::-1]


def test_a_page_is_read_in_two_statements(as_alice: APIClient) -> None:
    for number in range(3):
        created(as_alice, title=f"Task {number}", labels=["a", "b"])
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert len(as_alice.get(TASKS).json()["results"]) == 3
    assert len(captured) == 2


def test_a_repeated_post_makes_one_task(as_alice: APIClient) -> None:
    first = as_alice.post(TASKS, {"title": "Once"}, headers={"Idempotency-Key": "k"})
    again = as_alice.post(TASKS, {"title": "Once"}, headers={"Idempotency-Key": "k"})
    assert first.json() == again.json()
    assert found(as_alice) == ["Once"]
    url = f"{TASKS}{first.json()['id']}/complete/"
    once = as_alice.post(url, headers={"Idempotency-Key": "c"})
    assert as_alice.post(url, headers={"Idempotency-Key": "c"}).json() == once.json()


def test_a_key_that_one_address_has_used_is_refused_at_another(as_alice: APIClient) -> None:
    first, second = (created(as_alice, title=title)["id"] for title in ("Once", "Twice"))
    key = {"Idempotency-Key": "c"}
    assert as_alice.post(f"{TASKS}{first}/complete/", headers=key).status_code == 200
    refused = as_alice.post(f"{TASKS}{second}/complete/", headers=key)
    assert error_of(refused) == (422, "idempotency_key_reused", None)
    assert as_alice.get(f"{TASKS}{second}/").json()["status"] == "open"
