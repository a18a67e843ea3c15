"""Turns of this process with models that are fakes on a real socket."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import User
from activities.models import Activity
from conversations import services
from conversations.models import Approval, Message, Turn
from conversations.receipts import receipts_of
from conversations.runner import runner
from conversations.turn_stream import stream_key
from tests.conftest import register
from voice2task.kernel.redis import push_client


@dataclass
class Person:
    """A user who talks, and what came of it."""

    user: User

    @property
    def actor(self) -> Actor:
        return Actor(self.user.id)

    def post(self, text: str, **fields: Any) -> services.Posted:
        return services.post_message(actor=self.actor, text=text, now=timezone.now(), **fields)

    def say(self, text: str, **fields: Any) -> Turn:
        posted = self.post(text, **fields)
        return run(posted.turn_id)

    def waiting(self) -> Approval:
        return Approval.objects.of(self.user.id).pending().get()

    def kinds(self) -> list[str]:
        activities = Activity.objects.of(self.user.id).order_by("seq")
        return list(activities.values_list("kind", flat=True))


def run(turn_id: Any) -> Turn:
    runner().run(turn_id)
    return Turn.objects.get(id=turn_id)


def frames_of(turn_id: UUID) -> list[dict[str, Any]]:
    """What went live of a turn, as long as it is kept."""
    rows: Any = push_client().xrange(stream_key(turn_id))
    return [json.loads(fields[b"f"]) for _, fields in rows if fields[b"f"]]


def reply(turn: Turn) -> str:
    return Message.objects.get(turn=turn, role=Message.Role.ASSISTANT).text


def receipts(turn: Turn) -> list[tuple[str, str]]:
    return [(row["kind"], row["title"]) for row in receipts_of([turn.id]).get(turn.id, [])]


@pytest.fixture
def carol(transactional_db: None, empty_redis: None) -> Person:
    return Person(register("carol@example.com"))
