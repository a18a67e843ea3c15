"""What the README tells a newcomer to do, done on a stack that was just started for the first time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest

from tests.journeys.people import PASSWORD
from tests.journeys.stack import PROJECT, Stack
from tests.waiting import wait_for

SENTENCES = (
    "Buy milk tomorrow at 5pm and call Bob on friday",
    "Water the plants every monday",
    "Mark buy milk as done",
)


@pytest.fixture
def visitor(stack: Stack) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=stack.url, timeout=30) as visitor:
        yield visitor


def test_say_talks_to_the_stack_that_runs(stack: Stack, visitor: httpx.Client) -> None:
    said = subprocess.run(
        [sys.executable, "manage.py", "say", *SENTENCES],
        cwd=PROJECT,
        env=stack.environment | {"COLUMNS": "160"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (said.returncode, said.stderr) == (0, "")
    for title, kind in (
        ("Buy milk", "task.created"),
        ("Call Bob", "task.created"),
        ("Water the plants", "task.created"),
        ("Buy milk", "task.completed"),
    ):
        rows = [line for line in said.stdout.splitlines() if kind in line and title in line]
        assert len(rows) == 1, said.stdout
    log_in(visitor, stack.entry["email"], stack.entry["password"])
    tasks = visitor.get("/api/v1/tasks/").json()["results"]
    assert {task["title"]: task["status"] for task in tasks} == {
        "Buy milk": "done",
        "Call Bob": "open",
        "Water the plants": "open",
    }
    assert {task["title"]: task["rrule"] for task in tasks}["Water the plants"].startswith("FREQ=WEEKLY")
    metrics = visitor.get("/metrics").text
    assert 'voice2task_turns_total{engine="openai",outcome="completed"}' in metrics
    assert 'voice2task_queue_depth{queue="turns"} 0.0' in metrics


def test_a_stranger_registers_and_looks_around(visitor: httpx.Client) -> None:
    email = f"{uuid4().hex}@example.com"
    answer = visitor.post("/api/v1/auth/register/", json={"email": email, "password": PASSWORD})
    assert answer.status_code == 201, answer.text
    assert visitor.get("/api/v1/tasks/").status_code == 401
    log_in(visitor, email, PASSWORD)
    [inbox] = visitor.get("/api/v1/lists/").json()["results"]
    made = visitor.post("/api/v1/tasks/", json={"title": "Read the README", "priority": "high"})
    assert (made.status_code, made.json()["list"]) == (201, inbox["name"])
    posted = visitor.post("/api/v1/messages/", json={"text": "Pay the rent on friday"})
    assert posted.status_code == 202
    turn = f"/api/v1/turns/{posted.json()['turn_id']}/"
    wait_for(lambda: visitor.get(turn).json()["status"] == "completed")
    titles = [task["title"] for task in visitor.get("/api/v1/tasks/").json()["results"]]
    assert titles == ["Pay the rent", "Read the README"]
    rows = visitor.get("/api/v1/activities/").json()["results"]
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    assert {"list.created", "task.created", "message.posted", "turn.completed"} <= {
        row["kind"] for row in rows
    }


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("/", "Voice2Task"),
        ("/health/live", '"ok"'),
        ("/api/schema/", "/api/v1/messages/"),
        ("/api/docs/", "swagger"),
        ("/admin/login/", "csrfmiddlewaretoken"),
    ],
)
def test_a_page_that_needs_no_login(visitor: httpx.Client, path: str, content: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 200
    assert content in answer.text


def log_in(visitor: httpx.Client, email: str, password: str) -> None:
    answer = visitor.post("/api/v1/auth/token/", json={"email": email, "password": password})
    assert answer.status_code == 200, answer.text
    visitor.headers["Authorization"] = f"Bearer {answer.json()['access']}"
