"""The REST doors of tasks, lists and labels, and what comes out of them."""

from __future__ import annotations

from typing import Any

from rest_framework.test import APIClient

from voice2task.kernel.identifiers import uuid7

TASKS, LISTS, LABELS = "/api/v1/tasks/", "/api/v1/lists/", "/api/v1/labels/"
NOBODYS = str(uuid7())


def created(client: APIClient, url: str = TASKS, **body: Any) -> dict[str, Any]:
    response = client.post(url, body)
    assert response.status_code == 201, response.content
    answer: dict[str, Any] = response.json()
    return answer


def found(client: APIClient, **query: Any) -> list[str]:
    response = client.get(TASKS, query)
    assert response.status_code == 200, response.content
    return sorted(task["title"] for task in response.json()["results"])


def error_of(response: Any) -> tuple[int, str, str | None]:
    (error,) = response.json()["errors"]
    return response.status_code, error["code"], error["attr"]
