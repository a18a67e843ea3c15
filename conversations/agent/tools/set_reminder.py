from __future__ import annotations

from datetime import datetime

from pydantic import Field, NaiveDatetime, model_validator

from accounts.actors import Actor
from conversations.agent.tools.base import JSON, Tool, ToolInput
from conversations.agent.tools.meaning import find_meant, present_tasks
from tasks import services
from tasks.services import LONGEST_LEAD_MINUTES


class SetReminderInput(ToolInput):
    reference: str = Field(description="The task's id, or words that name it")
    at: NaiveDatetime | None = Field(default=None, description="In the user's timezone: YYYY-MM-DDTHH:MM")
    minutes_before: int | None = Field(
        default=None, ge=0, le=LONGEST_LEAD_MINUTES, description="How long before the task is due"
    )

    @model_validator(mode="after")
    def _one_moment(self) -> SetReminderInput:
        if (self.at is None) is (self.minutes_before is None):
            raise ValueError("give either at or minutes_before")
        return self


def run(actor: Actor, given: SetReminderInput, now: datetime) -> JSON:
    found, refusal = find_meant(actor, [given.reference], now)
    if refusal:
        return refusal
    reminder = services.create_reminder(
        actor=actor,
        task_id=found[0],
        remind_at=given.at,
        lead_minutes=given.minutes_before,
        now=now,
    )
    fires_at = reminder.fires_at.astimezone(now.tzinfo) if reminder.fires_at else None
    return {
        "status": "done",
        "task": present_tasks(actor, found, now)[0],
        "reminds_at": fires_at.isoformat(timespec="minutes") if fires_at else None,
    }


TOOL = Tool(
    "set_reminder",
    "Remind of an existing task at a moment, or some minutes before it is due; its due date stays.",
    "write",
    SetReminderInput,
    run,
)
