from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from pydantic import Field, NaiveDatetime, model_validator

from accounts.actors import Actor
from conversations.agent.tools.base import JSON, Tool, ToolInput
from conversations.agent.tools.meaning import find_meant, present_tasks
from tasks import services
from tasks.models import Reminder

MONTH_MINUTES = 31 * 24 * 60


class SnoozeInput(ToolInput):
    reference: str | None = Field(
        default=None, description="The task's id, or words that name it; absent: the reminder that came last"
    )
    minutes: int | None = Field(default=None, ge=1, le=MONTH_MINUTES, description="From now on")
    until: NaiveDatetime | None = Field(default=None, description="In the user's timezone: YYYY-MM-DDTHH:MM")

    @model_validator(mode="after")
    def _one_moment(self) -> SnoozeInput:
        if (self.minutes is None) is (self.until is None):
            raise ValueError("give either minutes or until")
        return self


def run(actor: Actor, given: SnoozeInput, now: datetime) -> JSON:
    reminders = Reminder.objects.of(actor.user_id).of_open_tasks().latest_first()
    if given.reference is None:
        reminder = reminders.fired().first()
        if reminder is None:
            return {"status": "no_reminder"}
        return _snoozed(actor, reminder.task_id, reminder, given, now)
    found, refusal = find_meant(actor, [given.reference], now)
    if refusal:
        return refusal
    return _snoozed(actor, found[0], reminders.filter(task=found[0]).first(), given, now)


def _snoozed(
    actor: Actor, task_id: UUID, reminder: Reminder | None, given: SnoozeInput, now: datetime
) -> JSON:
    until = given.until or now.astimezone(UTC) + timedelta(minutes=given.minutes or 0)
    if reminder is None:
        set_ = services.create_reminder(actor=actor, task_id=task_id, remind_at=until, now=now)
    else:
        set_ = services.snooze_reminder(actor=actor, reminder_id=reminder.id, until=until, now=now)
    fires_at = set_.fires_at
    return {
        "status": "done",
        "task": present_tasks(actor, [task_id], now)[0],
        "reminds_at": fires_at.astimezone(now.tzinfo).isoformat(timespec="minutes") if fires_at else None,
    }


TOOL = Tool(
    "snooze",
    "Let a reminder come again later; a task without one gets one.",
    "write",
    SnoozeInput,
    run,
)
