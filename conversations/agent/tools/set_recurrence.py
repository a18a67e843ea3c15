from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from accounts.actors import Actor
from conversations.agent.tools.base import JSON, Tool, ToolInput
from conversations.agent.tools.meaning import find_meant, present_tasks
from tasks import services
from tasks.models import MAX_RRULE, Task
from tasks.services import TaskFields


class SetRecurrenceInput(ToolInput):
    reference: str = Field(description="The task's id, or words that name it")
    rrule: str = Field(
        max_length=MAX_RRULE,
        description="RFC 5545 rule without DTSTART, such as FREQ=WEEKLY;BYDAY=MO; empty ends the repetition",
    )
    starts: date | None = Field(
        default=None, description="The day of the first occurrence, if it changes: YYYY-MM-DD"
    )
    repeat_from: Literal["due", "completion"] | None = Field(
        default=None, description="Whether the next occurrence counts from the due date or from completion"
    )


def run(actor: Actor, given: SetRecurrenceInput, now: datetime) -> JSON:
    found, refusal = find_meant(actor, [given.reference], now)
    if refusal:
        return refusal
    changes: TaskFields = {"rrule": given.rrule}
    if given.starts is not None:
        changes |= _due_on(actor, found[0], given.starts, now)
    if given.repeat_from is not None:
        changes["repeat_from"] = given.repeat_from
    services.update_task(actor=actor, task_id=found[0], changes=changes, now=now)
    return {"status": "done", "task": present_tasks(actor, found, now)[0], "changed": ["rrule"]}


def _due_on(actor: Actor, task_id: UUID, day: date, now: datetime) -> TaskFields:
    """Due on another day; a task that has a time of day keeps it."""
    due_at = Task.objects.of(actor.user_id).values_list("due_at", flat=True).get(pk=task_id)
    if due_at is None:
        return {"due_on": day}
    return {"due_at": datetime.combine(day, due_at.astimezone(now.tzinfo).time())}


TOOL = Tool(
    "set_recurrence",
    "Make a task repeat, change how it repeats, or end the repetition.",
    "write",
    SetRecurrenceInput,
    run,
)
