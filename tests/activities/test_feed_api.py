from __future__ import annotations

from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from activities.models import UserStream
from tests.activities.test_spine import record_one


def test_the_feed_is_the_users_own_in_order(as_alice: APIClient, alice: User, bob: User):
    start = UserStream.objects.seq_of(alice.id)
    mine = [record_one(alice).seq for _ in range(3)]
    record_one(bob)
    page = as_alice.get("/api/v1/activities/", {"after": start}).json()
    assert [row["seq"] for row in page["results"]] == mine
    assert page["seq"] == mine[-1]
    assert set(page["results"][0]) == {"seq", "id", "kind", "actor", "turn_id", "subject", "data", "at"}


def test_filters_by_kind_subject_and_turn(as_alice: APIClient, alice: User):
    turn_id = uuid4()
    record_one(alice)
    wanted = record_one(alice, "task.completed", turn_id)

    def found(**params: object) -> list[int]:
        return [row["seq"] for row in as_alice.get("/api/v1/activities/", params).json()["results"]]

    assert found(kind="task.completed") == [wanted.seq]
    assert found(subject=str(wanted.subject_id)) == [wanted.seq]
    assert found(turn=str(turn_id)) == [wanted.seq]
    assert found(after=wanted.seq) == []


def test_pages_follow_one_another_without_a_gap(as_alice: APIClient, alice: User):
    expected = [record_one(alice).seq for _ in range(5)]
    url, seqs = "/api/v1/activities/?page_size=2", []
    while url:
        page = as_alice.get(url).json()
        seqs += [row["seq"] for row in page["results"]]
        url = page["next"]
    assert seqs[-5:] == expected
    assert seqs == sorted(set(seqs))


@pytest.mark.parametrize("params", [{"after": "x"}, {"after": -1}, {"subject": "x"}])
def test_bad_filters_are_refused(as_alice: APIClient, params: dict[str, object]):
    answer = as_alice.get("/api/v1/activities/", params)
    assert answer.status_code == 400
    assert answer.json()["type"] == "validation_error"


@pytest.mark.parametrize("cursor", ["x", "cD14"])
def test_a_foreign_cursor_is_not_found(as_alice: APIClient, cursor: str):
    assert as_alice.get("/api/v1/activities/", {"cursor": cursor}).status_code == 404


def test_nobody_sees_nothing(as_nobody: APIClient):
    answer = as_nobody.get("/api/v1/activities/")
    assert answer.status_code == 401
    assert answer.json()["errors"][0]["code"] == "not_authenticated"
