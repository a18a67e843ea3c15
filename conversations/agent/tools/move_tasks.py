from __future__ import annotations

from datetime import datetime

from pydantic import Field, model_validator

from accounts.actors import Actor
from conversations.agent.tools.base import JSON, Tool
from conversations.agent.tools.by_reference import ReferencesInput
from conversations.agent.tools.fields import Name
from conversations.agent.tools.meaning import find_meant, present_tasks
from tasks import services

NEIGHBOUR = "The task {} which to put them: its id, or words that name it"


class MoveTasksInput(ReferencesInput):
    list: Name | None = Field(default=None, description="A list's name; made if there is none of that name")
    before: str | None = Field(default=None, description=NEIGHBOUR.format("before"))
    after: str | None = Field(default=None, description=NEIGHBOUR.format("behind"))

    @model_validator(mode="after")
    def _one_place(self) -> MoveTasksInput:
        if (self.list, self.before, self.after) == (None, None, None):
            raise ValueError("say where to: list, before or after")
        if self.before and self.after:
            raise ValueError("give before or after, not both")
        return self


def run(actor: Actor, given: MoveTasksInput, now: datetime) -> JSON:
    found, refusal = find_meant(actor, given.references, now)
    if refusal:
        return refusal
    neighbour = given.before or given.after
    beside, refusal = find_meant(actor, [neighbour], now) if neighbour else ([], None)
    if refusal:
        return refusal
    services.move_tasks(
        actor=actor,
        task_ids=found,
        list_id=services.ensure_list(actor=actor, name=given.list, now=now).id if given.list else None,
        before_id=beside[0] if given.before else None,
        after_id=beside[0] if given.after else None,
        now=now,
    )
    return {"status": "done", "tasks": present_tasks(actor, found, now)}


TOOL = Tool(
    "move_tasks",
    "Move tasks to another list, or to a place among the tasks of one. Not for changing dates.",
    "write",
    MoveTasksInput,
    run,
)
