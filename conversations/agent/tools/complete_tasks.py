from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from accounts.actors import Actor
from conversations.agent.tools.base import JSON, Tool
from conversations.agent.tools.by_reference import ReferencesInput
from conversations.agent.tools.meaning import find_meant, present_tasks
from tasks import services


class CompleteTasksInput(ReferencesInput):
    subtasks: Literal["complete", "keep"] | None = Field(
        default=None, description="What becomes of open subtasks, if the user has said so"
    )


def run(actor: Actor, given: CompleteTasksInput, now: datetime) -> JSON:
    found, refusal = find_meant(actor, given.references, now)
    if refusal:
        return refusal
    services.complete_tasks(actor=actor, task_ids=found, subtasks=given.subtasks, now=now)
    return {"status": "done", "tasks": present_tasks(actor, found, now)}


TOOL = Tool("complete_tasks", "Mark tasks as done.", "write", CompleteTasksInput, run)
