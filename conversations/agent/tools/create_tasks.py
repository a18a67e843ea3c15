from __future__ import annotations

from datetime import datetime

from pydantic import Field

from accounts.actors import Actor
from conversations.agent.tools.base import JSON, Tool, ToolInput
from conversations.agent.tools.fields import TaskInput, Title, fields_of
from conversations.agent.tools.meaning import present
from tasks import services
from tasks.representation import render_task


class NewTask(TaskInput):
    title: Title


class CreateTasksInput(ToolInput):
    tasks: list[NewTask] = Field(min_length=1, max_length=50)


def run(actor: Actor, given: CreateTasksInput, now: datetime) -> JSON:
    drafts = []
    for task in given.tasks:
        fields = fields_of(task, actor=actor, now=now)
        fields["title"] = task.title
        drafts.append(fields)
    created = services.create_tasks(actor=actor, drafts=drafts, now=now)
    return {"status": "done", "tasks": present(map(render_task, created), now)}


TOOL = Tool("create_tasks", "Create one or several tasks.", "write", CreateTasksInput, run)
