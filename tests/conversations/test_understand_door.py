"""What a sentence is understood to say, through the REST door; nothing comes of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import services
from accounts.actors import Actor
from accounts.models import User
from accounts.scopes import Scope
from activities.models import Activity
from tests.tasks.doors import LISTS, TASKS, created, error_of

DOOR = "/api/v1/understand/"
# Wednesday, 10:00 in Berlin, where Alice lives.
NOW = datetime(2025, 3, 12, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _wednesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def understood(client: APIClient, text: str, **fields: Any) -> list[dict[str, Any]]:
    answer = client.post(DOOR, {"text": text, **fields})
    assert answer.status_code == 200, answer.content
    commands: list[dict[str, Any]] = answer.json()["commands"]
    return commands


def test_each_field_comes_with_the_words_it_was_read_from(as_alice: APIClient):
    text = "call Bob tomorrow at five pm #home, high priority"
    (command,) = understood(as_alice, text)
    assert (command["action"], command["title"]) == ("create", "Call Bob")
    assert (command["due_on"], command["due_at"]) == ("2025-03-13", "2025-03-13T16:00:00Z")
    assert (command["priority"], command["labels"], command["rrule"]) == ("high", ["home"], "")
    words = {name: [text[a:b] for a, b in places] for name, places in command["spans"].items()}
    assert words == {
        "title": ["call Bob"],
        "due": ["tomorrow at five pm"],
        "priority": ["high priority"],
        "labels": ["home"],
    }


def test_two_tasks_a_repetition_and_a_reminder(as_alice: APIClient):
    first, second = understood(as_alice, "every Tuesday at 9 water the plants and call mom by Friday")
    assert (first["title"], first["rrule"], first["due_on"]) == (
        "Water the plants",
        "FREQ=WEEKLY;BYDAY=TU",
        "2025-03-18",
    )
    assert (second["title"], second["due_on"], second["due_at"]) == ("Call mom", "2025-03-14", None)
    (command,) = understood(as_alice, "remind me of the meeting at 5 10 minutes before")
    assert command["lead_minutes"] == 10


def test_plain_words_are_no_date(as_alice: APIClient):
    (command,) = understood(as_alice, "watch Friday tomorrow", plain=[[6, 12]])
    assert (command["title"], command["due_on"]) == ("Watch Friday", "2025-03-13")


def test_it_is_read_on_the_clock_and_in_the_language_that_are_named(as_alice: APIClient):
    (command,) = understood(as_alice, "call Bob at 17:00", timezone="America/New_York")
    assert command["due_at"] == "2025-03-12T21:00:00Z"
    assert understood(as_alice, "morgen anrufen", language="de")[0]["due_on"] == "2025-03-13"


def test_lists_are_the_users_own(as_alice: APIClient, as_bob: APIClient):
    groceries = created(as_alice, LISTS, name="Groceries")
    sentence = "put milk on the groceries list"
    (mine,) = understood(as_alice, sentence)
    assert (mine["list"], mine["list_id"]) == ("Groceries", groceries["id"])
    (his,) = understood(as_bob, sentence)
    assert (his["list"], his["list_id"]) == ("groceries", None)


def test_characters_are_counted_as_code_points(as_alice: APIClient):
    text = "🎂🎂 bake a cake tomorrow"
    (command,) = understood(as_alice, text, as_tasks=True)
    ((start, end),) = command["spans"]["due"]
    assert text[start:end] == "tomorrow"


def test_commands_about_tasks_are_told_unless_all_make_tasks(as_alice: APIClient):
    (command,) = understood(as_alice, "delete the old reports")
    assert (command["action"], command["reference"]) == ("delete", "old reports")
    (command,) = understood(as_alice, "delete the old reports", as_tasks=True)
    assert (command["action"], command["title"]) == ("create", "Delete the old reports")


def test_nothing_is_done(as_alice: APIClient, alice: User, django_assert_num_queries):
    before = Activity.objects.of(alice.id).count()
    with django_assert_num_queries(1):
        understood(as_alice, "create a list called Camping and buy a tent")
    assert Activity.objects.of(alice.id).count() == before
    assert as_alice.get(TASKS).json()["results"] == []


@pytest.mark.parametrize(
    ("fields", "attr"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 2_001}, "text"),
        ({"text": "x", "timezone": "Mars/Olympus"}, "timezone"),
        ({"text": "x", "language": "not a tag"}, "language"),
        ({"text": "x", "plain": [[1]]}, "plain.0"),
        ({"text": "x", "plain": [[-1, 2]]}, "plain.0.0"),
        ({"text": "x", "moment": "now"}, "moment"),
    ],
)
def test_what_cannot_be_read_is_refused(as_alice: APIClient, fields: dict[str, Any], attr: str):
    status, _, named = error_of(as_alice.post(DOOR, fields))
    assert (status, named) == (400, attr)


def test_a_stranger_is_told_nothing(as_nobody: APIClient):
    assert as_nobody.post(DOOR, {"text": "buy milk"}).status_code == 401


def test_a_task_remembers_the_words_it_was_added_by(as_alice: APIClient):
    words = {"due": {"start": 9, "end": 17, "text": "tomorrow"}}
    task = created(as_alice, title="Call Bob", due_on="2025-03-13", source_span=words)
    assert task["source_span"] == words
    status, code, attr = error_of(
        as_alice.post(TASKS, {"title": "x", "source_span": {"colour": words["due"]}})
    )
    assert (status, code, attr) == (400, "unknown_field", "source_span.colour")


def test_a_token_that_may_only_read_is_enough(as_alice: APIClient, alice: User):
    token, secret = services.create_api_token(
        actor=Actor(alice.id), name="Reader", scopes=["read"], expires_at=None, now=NOW
    )
    assert token.allows(Scope.READ)
    program = APIClient()
    program.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert understood(program, "buy milk")[0]["title"] == "Buy milk"
    assert program.post(TASKS, {"title": "x"}).status_code == 403
