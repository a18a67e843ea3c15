from __future__ import annotations

from datetime import datetime

from pydantic import Field

from accounts.actors import Actor
from conversations.agent.tools.base import JSON, Tool, ToolInput
from conversations.agent.tools.fields import Title
from conversations.agent.tools.meaning import find_meant, present, present_tasks
from tasks import services
from tasks.representation import render_task


class AddSubtasksInput(ToolInput):
    reference: str = Field(description="The task they belong to: its id, or words that name it")
    titles: list[Title] = Field(min_length=1, max_length=50)


def run(actor: Actor, given: AddSubtasksInput, now: datetime) -> JSON:
    found, refusal = find_meant(actor, [given.reference], now)
    if refusal:
        return refusal
    drafts: list[services.TaskFields] = [{"title": title, "parent_id": found[0]} for title in given.titles]
    created = services.create_tasks(actor=actor, drafts=drafts, now=now)
    return {
        "status": "done",
        "parent": present_tasks(actor, found, now)[0],
        "tasks": present(map(render_task, created), now),
    }


TOOL = Tool("add_subtasks", "Add steps below a task.", "write", AddSubtasksInput, run)
