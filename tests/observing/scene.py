"""A process that is observed: somebody says a sentence, gets an answer, and then things go wrong inside.

Instrumentation reaches into everything that a process has loaded, so it has one of its own:
`python -m tests.observing.scene SENTENCE` prints the turn's id.
"""

from __future__ import annotations

import os
import sys
from typing import Any
from unittest import mock

import django

PASSWORD = "correct horse battery staple"


def play(sentence: str) -> str:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "voice2task.settings")
    django.setup()
    from rest_framework.test import APIClient

    client = APIClient(raise_request_exception=False, SERVER_NAME="localhost")
    account = {"email": "observed@example.com", "password": PASSWORD, "timezone": "UTC", "language": "en"}
    assert client.post("/api/v1/auth/register/", account).status_code == 201
    pair = client.post("/api/v1/auth/token/", {"email": account["email"], "password": PASSWORD}).json()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {pair['access']}")
    answer = client.post("/api/v1/messages/", {"text": sentence})
    turn_id: str = answer.json()["turn_id"]
    run_job("conversations.run_turn", turn_id)
    assert client.get(f"/api/v1/turns/{turn_id}/?q={sentence}").json()["status"] == "completed"
    client.get("/health/live")
    run_job("conversations.sweep_turns")
    go_wrong(client, sentence)
    return turn_id


def go_wrong(client: Any, sentence: str) -> None:
    """A view and a turn meet faults whose messages quote what the user said."""
    with mock.patch("tasks.services.create_tasks", side_effect=ValueError(sentence)):
        assert client.post("/api/v1/tasks/", {"title": sentence}).status_code == 500
    posted = client.post("/api/v1/messages/", {"text": sentence}).json()
    with mock.patch("conversations.turn_work.load_context", side_effect=RuntimeError(sentence)):
        run_job("conversations.run_turn", posted["turn_id"])


def run_job(name: str, *arguments: str) -> None:
    """As a worker does, signals and all, in this thread."""
    from celery import current_app

    current_app.loader.import_default_modules()
    current_app.tasks[name].apply(args=arguments, throw=True)


def flush() -> None:
    import sentry_sdk
    from opentelemetry import trace

    trace.get_tracer_provider().force_flush()
    sentry_sdk.flush(10)


if __name__ == "__main__":
    sys.stdout.write(play(sys.argv[1]) + "\n")
    flush()
