from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from accounts.actors import Actor
from conversations.agent.tools.base import JSON, Tool
from conversations.agent.tools.fields import TaskInput, Title, fields_of
from conversations.agent.tools.meaning import find_meant, present_tasks
from tasks import services


class UpdateTaskInput(TaskInput):
    reference: str = Field(description="The task's id, or words that name it")
    title: Title | None = None
    status: Literal["backlog", "open", "in_progress", "waiting", "dismissed"] | None = None


SHOWN = ("title", "status", "notes", "due", "rrule", "priority", "list", "labels")


def run(actor: Actor, given: UpdateTaskInput, now: datetime) -> JSON:
    found, refusal = find_meant(actor, [given.reference], now)
    if refusal:
        return refusal
    before = present_tasks(actor, found, now)[0]
    fields = fields_of(given, actor=actor, now=now)
    if given.title is not None:
        fields["title"] = given.title
    if given.status is not None:
        fields["status"] = given.status
    services.update_task(actor=actor, task_id=found[0], changes=fields, now=now)
    after = present_tasks(actor, found, now)[0]
    changed = {"due" if name.startswith("due_") else name for name in after if after[name] != before[name]}
    if given.notes is not None:
        changed.add("notes")
    return {"status": "done", "task": after, "changed": [name for name in SHOWN if name in changed]}


TOOL = Tool(
    "update_task", "Change fields of one task; null clears a due date.", "write", UpdateTaskInput, run
)
