"""A client that has read everything once and then only listened shows what a fresh read shows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from accounts.actors import Actor
from tasks import services
from tests.conftest import client_of, register
from tests.tasks.doors import LABELS, LISTS, TASKS
from tests.tasks.operations import OPERATION, Performed, attempt
from tests.tasks.scenes import Clock, make
from voice2task.kernel.identifiers import uuid7

JSON = dict[str, Any]
ROOMS = {"task": TASKS, "list": LISTS, "label": LABELS}


class Listener:
    """What a client keeps, by the rules of docs/websocket.md: rows by type and id, and the last seq."""

    def __init__(self, client: APIClient) -> None:
        self.rows: dict[str, dict[str, JSON]] = {}
        seqs: list[int] = []
        for kind, url in ROOMS.items():
            pages = [client.get(url).json()]
            if kind == "task":
                pages.append(client.get(url, {"trashed": "true"}).json())
            self.rows[kind] = {row["id"]: row for page in pages for row in page["results"]}
            seqs += [page["seq"] for page in pages]
        self.seq = min(seqs)

    def hear(self, event: JSON) -> None:
        assert event["seq"] == self.seq + 1
        self.seq = event["seq"]
        kind, id_ = event["subject"]["type"], event["subject"]["id"]
        if kind not in ROOMS:
            return
        before, after = event["data"]["before"], event["data"]["after"]
        if event["kind"] == f"{kind}.deleted":
            self.rows[kind].pop(id_, None)
            return
        self.rows[kind][id_] = self.rows[kind].get(id_, {}) | after
        if "name" in before:
            self._rename(kind, id_, before["name"], after["name"])

    def _rename(self, kind: str, id_: str, old: str, new: str) -> None:
        for task in self.rows["task"].values():
            if kind == "list" and task["list_id"] == id_:
                task["list"] = new
            elif kind == "label" and old in task["labels"]:
                task["labels"] = sorted({*task["labels"], new} - {old})

    def catch_up(self, client: APIClient) -> None:
        url: str | None = f"/api/v1/activities/?after={self.seq}&page_size=200"
        while url:
            page = client.get(url).json()
            for event in page["results"]:
                self.hear(event)
            url = page["next"]


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(operations=st.lists(OPERATION, max_size=10), undone=st.booleans())
def test_snapshot_and_events_are_a_fresh_read(*, operations: list[Performed], undone: bool) -> None:
    user = register(f"{uuid7()}@example.com")
    clock, client = Clock(), client_of(user)
    make(Actor(user.id), "first", "second", labels=["a"], now=clock())
    listener = Listener(client)
    turn = Actor(user.id, "agent", uuid7())
    assert turn.turn_id
    for operation in operations:
        attempt(user, turn, clock, operation)
    if undone:
        services.undo_turn(actor=Actor(user.id), turn_id=turn.turn_id, now=clock())
    listener.catch_up(client)
    fresh = Listener(client)
    assert listener.rows == fresh.rows
    assert listener.seq == fresh.seq
