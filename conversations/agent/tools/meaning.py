"""Which tasks the words of a tool's argument mean, and how tasks are shown to a provider."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache, partial
from typing import Any
from uuid import UUID

from accounts.actors import Actor
from conversations.agent.tools.mentions import mentioned_tasks
from tasks.models import Task
from tasks.querysets import TaskQuerySet
from tasks.references import Ambiguous, Match, Resolution
from tasks.representation import render_task
from tasks.search import resolve_among

JSON = dict[str, Any]

PRESENTED = ("id", "title", "status", "priority", "due_on", "due_at", "rrule", "list", "labels")


def present(rows: Iterable[JSON], now: datetime) -> list[JSON]:
    """Rendered tasks as a provider sees them: what matters, and the due moment on the clock of `now`."""
    return [{name: _local(name, row[name], now) for name in PRESENTED} for row in rows]


def present_tasks(actor: Actor, task_ids: Sequence[UUID], now: datetime) -> list[JSON]:
    """The actor's tasks of these ids, in that order."""
    rows = {
        row["id"]: render_task(row) for row in Task.objects.of(actor.user_id).filter(id__in=task_ids).rows()
    }
    return present((rows[task_id] for task_id in task_ids if task_id in rows), now)


def find_meant(
    actor: Actor,
    references: Sequence[str],
    now: datetime,
    *,
    prefer_open: bool = True,
    among: TaskQuerySet | None = None,
) -> tuple[list[UUID], JSON | None]:
    """Task ids in the order of `references`, or the answer that says why nothing may be changed.

    All or none: one reference that is missing or could mean several tasks stops the whole call. Meant are
    tasks out of the trash, or those `among` others. Of equally good ones, one that this conversation has
    lately spoken of is meant.
    """
    pool: TaskQuerySet = Task.objects.of(actor.user_id).kept() if among is None else among
    mentioned = cache(partial(mentioned_tasks, actor))
    found: list[UUID] = []
    for reference in references:
        resolution = resolve_among(reference, pool, user_id=actor.user_id, prefer_open=prefer_open)
        if isinstance(resolution, Ambiguous):
            resolution = resolution.narrowed_to(mentioned())
        if not isinstance(resolution, Match):
            return [], _refusal(actor, reference, resolution, now)
        if resolution.task.id not in found:
            found.append(resolution.task.id)
    return found, None


def _refusal(actor: Actor, reference: str, resolution: Resolution, now: datetime) -> JSON:
    if not isinstance(resolution, Ambiguous):
        return {"status": "not_found", "reference": reference}
    tasks = present_tasks(actor, [task.id for task in resolution.tasks], now)
    choices = [{"number": number, "task": task} for number, task in enumerate(tasks, start=1)]
    return {"status": "choices", "reference": reference, "choices": choices}


def _local(name: str, value: Any, now: datetime) -> Any:
    if name == "due_at" and value is not None:
        return datetime.fromisoformat(value).astimezone(now.tzinfo).isoformat(timespec="minutes")
    return value
