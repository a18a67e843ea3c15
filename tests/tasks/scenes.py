"""What the tests of tasks make and look at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from accounts.actors import Actor
from accounts.models import User
from activities.models import Activity
from tasks import services
from tasks.models import Label, Task, TaskList
from tasks.representation import render_label, render_list, render_task
from voice2task.kernel.identifiers import uuid7

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Clock:
    """Every call is a minute later."""

    def __init__(self, start: datetime = MONDAY) -> None:
        self.moment = start

    def __call__(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment


def by(user: User) -> Actor:
    return Actor(user.id)


def agent_of(user: User, turn_id: UUID | None = None) -> Actor:
    return Actor(user.id, "agent", turn_id or uuid7())


def make(actor: Actor, *titles: str, now: datetime = MONDAY, **fields: Any) -> list[Task]:
    drafts: list[Any] = [{"title": title, **fields} for title in titles]
    return services.create_tasks(actor=actor, drafts=drafts, now=now)


def inbox_of(user: User) -> TaskList:
    return TaskList.objects.get(user=user, is_inbox=True)


def fresh(task: Task) -> dict[str, Any]:
    """The task as it is in the database now."""
    return render_task(Task.objects.loaded().get(pk=task.pk))


def titles(user: User, task_list: TaskList | None = None) -> list[str]:
    """The titles of a list in order."""
    kept = Task.objects.of(user.id).kept().filter(list=task_list or inbox_of(user))
    return list(kept.order_by("position").values_list("title", flat=True))


def state(user: User) -> dict[str, Any]:
    """All that a user sees, without what only counts changes, and without the trash."""
    tasks = [render_task(row) for row in Task.objects.of(user.id).kept().order_by("id").rows()]
    for task in tasks:
        del task["version"], task["updated_at"]
    return {
        "tasks": tasks,
        "lists": [render_list(row) for row in TaskList.objects.of(user.id).order_by("id").rows()],
        "labels": [render_label(row) for row in Label.objects.of(user.id).order_by("id").rows()],
    }


def activities_of(user: User, *, after: int = 0) -> list[Activity]:
    return list(Activity.objects.of(user.id).after(after).order_by("seq"))


def kinds_of(user: User, *, after: int = 0) -> list[str]:
    return [activity.kind for activity in activities_of(user, after=after)]


def seq_of(user: User) -> int:
    return max((activity.seq for activity in activities_of(user)), default=0)
