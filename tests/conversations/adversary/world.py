"""What an attacker may want to reach: the things of the user who speaks, and those of somebody else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core import serializers
from django.db.models import Model
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import User
from conversations import services as conversations
from conversations.models import AllowedTool, Turn
from integrations import services as integrations
from integrations.models import WorkflowRun
from tasks import services as tasks
from tasks.models import Task
from tests.conftest import register

SECRET = "SECRET-OF-THE-VICTIM"
_numbers = count(1)


@dataclass
class Person:
    """A user with something of everything; `ids` names one of each kind."""

    user: User
    ids: dict[str, str] = field(default_factory=dict)
    tasks: list[str] = field(default_factory=list)

    @property
    def actor(self) -> Actor:
        return Actor(self.user.id)


def settle(word: str, *, tasks_count: int = 12) -> Person:
    """Somebody whose things all have `word` in their names."""
    person = Person(register(f"adversary{next(_numbers)}@example.com"))
    by: dict[str, Any] = {"actor": person.actor, "now": timezone.now()}
    project = tasks.create_list(name=f"{word} project", **by)
    label = tasks.create_label(name=f"{word} label", **by)
    soon = timezone.now() + timedelta(days=1)
    drafts: list[Any] = [
        {"title": f"{word} task {number}", "list_id": project.id, "labels": [label.name], "due_at": soon}
        for number in range(tasks_count)
    ]
    made = tasks.create_tasks(drafts=drafts, **by)
    trashed, done = tasks.create_tasks(drafts=[{"title": f"{word} trashed"}, {"title": f"{word} done"}], **by)
    tasks.trash_tasks(task_ids=[trashed.id], **by)
    tasks.complete_tasks(task_ids=[done.id], **by)
    reminder = tasks.create_reminder(task_id=made[0].id, lead_minutes=30, **by)
    memory = conversations.create_memory(text=f"{word} likes tea.", **by)
    posted = conversations.post_message(text="hello", **by)
    conversations.stop_turn(turn_id=posted.turn_id, **by)
    person.tasks = [str(task.id) for task in made]
    person.ids = {
        "task": person.tasks[0],
        "trashed": str(trashed.id),
        "done": str(done.id),
        "list": str(project.id),
        "list_name": project.name,
        "label_name": label.name,
        "reminder": str(reminder.id),
        "memory": str(memory.id),
        "turn": str(posted.turn_id),
    }
    return person


def give_workflows(person: Person, url: str) -> None:
    """Two workflows that the user lets act without asking: one that reads, one that sends."""
    now = timezone.now()
    for name in ("read_mail", "send_mail"):
        integrations.create_workflow(
            actor=person.actor,
            now=now,
            name=name,
            description=f"{name}, for the user",
            input_schema={"type": "object"},
            url=f"{url}/{name}",
        )
        AllowedTool.objects.create(user=person.user, tool=name, created_at=now)


def everything_of(user: User) -> str:
    """All rows that belong to a user, as text."""
    owned = [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is User
    ]
    rows: list[Model] = [
        row for model, name in owned for row in model._default_manager.filter(**{name: user}).order_by("pk")
    ]
    return serializers.serialize("json", [user, *rows])


def task_states(user: User) -> dict[UUID, tuple[Any, ...]]:
    return {
        row[0]: row[1:]
        for row in Task.objects.of(user.id).values_list("id", "status", "trashed_at", "title", "list_id")
    }


def has_ended(turn: Turn) -> bool:
    return turn.ended or turn.status == Turn.Status.AWAITING_APPROVAL


def outward(user: User) -> int:
    return WorkflowRun.objects.filter(user=user, name="send_mail").count()
