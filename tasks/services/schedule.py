"""When reminders come: the moments that follow from their settings and from their tasks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from tasks.models import CLOSED_STATUSES, Reminder, Task
from tasks.services.workspace import Workspace

# All-day tasks have no moment to count back from: this is when their day is taken to begin.
DAY_BEGINS = time(9)
_BATCH = 500


def due_moment(task: Task, zone: ZoneInfo) -> datetime | None:
    """The moment a task is due, in UTC; None if it is not, or beyond the years that can be kept."""
    if task.due_at is not None or task.due_on is None:
        return task.due_at
    try:
        return datetime.combine(task.due_on, DAY_BEGINS, zone).astimezone(UTC)
    except OverflowError:
        return None


def moment_of(reminder: Reminder, task: Task, zone: ZoneInfo) -> datetime | None:
    """The moment that the settings of a reminder say, past or to come; None while its task has none."""
    if task.trashed_at is not None or task.status in CLOSED_STATUSES:
        return None
    if reminder.snoozed_until or reminder.remind_at:
        return reminder.snoozed_until or reminder.remind_at
    due = due_moment(task, zone)
    try:
        return due and due - timedelta(minutes=reminder.lead_minutes or 0)
    except OverflowError:
        return None


def reschedule(workspace: Workspace, tasks: Sequence[Task], *, moved: Collection[UUID]) -> None:
    """Set the reminders of changed tasks anew; `moved` are the ids of those that are due at another time.

    What was snoozed belongs to the former due. A lead that the new due is already within comes at once.
    """
    by_id = {task.id: task for task in tasks}
    reminders = list(Reminder.objects.filter(task__in=by_id))
    for reminder in reminders:
        task = by_id[reminder.task_id]
        if task.id in moved:
            reminder.snoozed_until = None
        _reschedule(reminder, task, workspace)
    Reminder.objects.bulk_update(reminders, ["snoozed_until", "fires_at", "fired_at"], batch_size=_BATCH)


def _reschedule(reminder: Reminder, task: Task, workspace: Workspace) -> None:
    moment = moment_of(reminder, task, workspace.zone)
    if moment is not None and moment <= workspace.now:
        moment = _belated(reminder, task, workspace)
    reminder.fires_at = moment
    if moment is not None:
        reminder.fired_at = None


def _belated(reminder: Reminder, task: Task, workspace: Workspace) -> datetime | None:
    """When a reminder still comes whose moment is past: as soon as can be, or never."""
    if reminder.fired_at is not None:
        return None
    if reminder.fires_at is not None and reminder.fires_at <= workspace.now:
        return reminder.fires_at
    due = due_moment(task, workspace.zone)
    still_due = reminder.lead_minutes is not None and due is not None and due > workspace.now
    return workspace.now if still_due else None
