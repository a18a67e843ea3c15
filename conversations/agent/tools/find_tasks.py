from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from django.db.models import F
from pydantic import Field

from accounts.actors import Actor
from conversations.agent.tools.base import JSON, Tool, ToolInput
from conversations.agent.tools.meaning import present
from tasks.models import Task
from tasks.querysets import TaskQuerySet
from tasks.representation import render_task
from tasks.search import with_words


class FindTasksInput(ToolInput):
    """All conditions that are given must hold."""

    text: str | None = Field(
        default=None,
        description="Words that all are in title, notes, labels or list; beginnings do, and if nothing has"
        " them, words written alike",
    )
    due_from: date | None = None
    due_to: date | None = Field(default=None, description="The last day, included")
    overdue: bool = False
    status: Literal["open", "done", "all"] = "open"
    list: str | None = None
    label: str | None = None
    limit: int = Field(default=20, ge=1, le=100)


def run(actor: Actor, given: FindTasksInput, now: datetime) -> JSON:
    tasks = _of_status(Task.objects.of(actor.user_id).kept(), given.status)
    if given.overdue:
        tasks = tasks.overdue(now)
    if given.due_from:
        tasks = tasks.due_from(given.due_from)
    if given.due_to:
        tasks = tasks.due_to(given.due_to)
    if given.list:
        tasks = tasks.in_list(given.list, user_id=actor.user_id)
    if given.label:
        tasks = tasks.with_label(given.label, user_id=actor.user_id)
    if given.text:
        tasks = with_words(tasks, actor.user_id, given.text)
    soonest = (F("due_on").asc(nulls_last=True), F("due_at").asc(nulls_first=True), "id")
    rows = list(tasks.order_by(*soonest).rows()[: given.limit + 1])
    shown = present((render_task(row) for row in rows[: given.limit]), now)
    return {"status": "done", "tasks": shown, "more": len(rows) > given.limit}


def _of_status(tasks: TaskQuerySet, status: str) -> TaskQuerySet:
    if status == "open":
        return tasks.open()
    return tasks.filter(status=Task.Status.DONE) if status == "done" else tasks


TOOL = Tool("find_tasks", "Find tasks, soonest due first.", "read", FindTasksInput, run)
