"""JSON that is nested to hurt is refused like any other that cannot be read, whatever door it comes to."""

from __future__ import annotations

import json

import pytest
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db

TASKS = "/api/v1/tasks/"


@pytest.mark.parametrize("path", ["/api/v1/auth/token/", TASKS, "/api/v1/messages/", "/api/v1/workflows/"])
@pytest.mark.parametrize("depth", [66, 1_000, 100_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"title":', "}")])
def test_too_deep(as_alice: APIClient, path: str, depth: int, opening: str, closing: str):
    body = opening * depth + "1" + closing * depth
    answer = as_alice.post(path, body, content_type="application/json")
    assert answer.status_code == 400
    assert [fault["code"] for fault in answer.json()["errors"]] == ["parse_error"]


def test_what_is_wide_is_no_matter_of_depth(as_alice: APIClient):
    fields = {"title": "Buy milk", "unknown": [[{"a": [number]}] for number in range(5_000)]}
    answer = as_alice.post(TASKS, json.dumps(fields), content_type="application/json")
    assert [fault["attr"] for fault in answer.json()["errors"]] == ["unknown"]
