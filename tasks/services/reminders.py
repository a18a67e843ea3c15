"""Reminders of tasks, at a moment or some time before the task is due. Each comes once for each moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.actors import Actor
from activities.services import Entry, lock_streams, record_for_many
from tasks.models import CLOSED_STATUSES, Reminder, Task
from tasks.representation import JSON, render_reminder
from tasks.services.changes import difference
from tasks.services.fields import DateOutOfRange
from tasks.services.schedule import moment_of
from tasks.services.workspace import Versions, Workspace, open_workspace
from voice2task.kernel.errors import Conflict, Invalid, NotFound

LONGEST_LEAD_MINUTES = 366 * 24 * 60
MAX_REMINDERS = 20
# How many reminders come in one transaction, and of how many users.
FIRED_AT_ONCE = 1_000
USERS_AT_ONCE = 200


class ReminderNotFound(NotFound):
    code = "reminder_not_found"
    message = "There is no such reminder."


class ReminderInvalid(Invalid):
    code = "reminder_invalid"
    message = f"Give either a moment or 0 to {LONGEST_LEAD_MINUTES} minutes before the task is due."


class ReminderPast(Invalid):
    code = "reminder_past"
    message = "That moment is past."


class TooManyReminders(Invalid):
    code = "too_many_reminders"
    message = f"A task has at most {MAX_REMINDERS} reminders."


class TaskClosed(Conflict):
    code = "task_closed"
    message = "The task is done or dismissed; open it again first."


def create_reminder(
    *,
    actor: Actor,
    task_id: UUID,
    remind_at: datetime | None = None,
    lead_minutes: int | None = None,
    now: datetime,
) -> Reminder:
    """Remind of a task at a moment, or so long before it is due; exactly one of them is given.

    `remind_at` without an offset is wall time in the user's timezone. All-day tasks are taken to be due at
    09:00 there. A task without a due date reminds once it has one.

    Raises:
        NotFound, TaskTrashed: as for every task.
        ReminderInvalid, ReminderPast, TooManyReminders, TaskClosed
    """
    with open_workspace(actor, now) as workspace:
        task = workspace.task(task_id)
        if task.reminders.count() >= MAX_REMINDERS:
            raise TooManyReminders
        reminder = Reminder(user_id=actor.user_id, task=task, created_at=now)
        _apply(workspace, reminder, remind_at, lead_minutes)
        return add_reminder(workspace, reminder)


def update_reminder(
    *,
    actor: Actor,
    reminder_id: UUID,
    remind_at: datetime | None = None,
    lead_minutes: int | None = None,
    versions: Versions | None = None,
    now: datetime,
) -> Reminder:
    """Set when a reminder comes, as `create_reminder` does; it comes again, and is no longer snoozed.

    Raises:
        ReminderNotFound, TaskTrashed, ReminderInvalid, ReminderPast, TaskClosed
        VersionStale: it has changed since the caller has seen it.
    """
    with open_workspace(actor, now, versions) as workspace:
        reminder = _reminder(workspace, reminder_id)
        before = render_reminder(reminder)
        reminder.snoozed_until = None
        _apply(workspace, reminder, remind_at, lead_minutes)
        return save_reminder(workspace, reminder, before)


def snooze_reminder(
    *, actor: Actor, reminder_id: UUID, until: datetime, versions: Versions | None = None, now: datetime
) -> Reminder:
    """Let a reminder come (again) at `until`. What it was set to stays: it holds for the task's next due.

    Raises:
        ReminderNotFound, TaskTrashed, ReminderPast, TaskClosed
        VersionStale: it has changed since the caller has seen it.
    """
    with open_workspace(actor, now, versions) as workspace:
        reminder = _reminder(workspace, reminder_id)
        before = render_reminder(reminder)
        reminder.snoozed_until = _to_come(workspace, until, "until")
        _schedule(workspace, reminder)
        return save_reminder(workspace, reminder, before)


def delete_reminder(
    *, actor: Actor, reminder_id: UUID, versions: Versions | None = None, now: datetime
) -> None:
    """
    Raises:
        ReminderNotFound
        VersionStale: it has changed since the caller has seen it.
    """
    with open_workspace(actor, now, versions) as workspace:
        reminder = Reminder.objects.of(workspace.user_id).loaded().filter(pk=reminder_id).first()
        if reminder is None:
            raise ReminderNotFound
        workspace.require_seen(reminder_id, render_reminder(reminder))
        remove_reminder(workspace, reminder)


def sweep_reminders(*, now: datetime) -> int:
    """Let every reminder come whose moment has. Returns how many there were.

    Each is recorded once, with how many seconds `late` it is. Many users share a transaction; several sweeps
    may run at once, each for users whose streams the others do not hold.
    """
    waiting, count = Reminder.objects.overdue(now).users_waiting_longest(), 0
    while waiting:
        left, fired = _fire_some(waiting[:USERS_AT_ONCE], now)
        waiting = waiting[USERS_AT_ONCE:] + left
        count += fired
    return count


def add_reminder(workspace: Workspace, reminder: Reminder, *, undoes_id: UUID | None = None) -> Reminder:
    reminder.save(force_insert=True)
    after = render_reminder(reminder)
    workspace.entries.append(Entry("reminder.created", "reminder", reminder.id, after, undoes_id=undoes_id))
    return reminder


def save_reminder(
    workspace: Workspace, reminder: Reminder, before: JSON, *, undoes_id: UUID | None = None
) -> Reminder:
    old, new = difference(before, render_reminder(reminder))
    if new:
        reminder.save(update_fields=list(new))
        workspace.entries.append(Entry("reminder.updated", "reminder", reminder.id, new, old, undoes_id))
    return reminder


def remove_reminder(workspace: Workspace, reminder: Reminder, *, undoes_id: UUID | None = None) -> None:
    before = render_reminder(reminder)
    workspace.entries.append(
        Entry("reminder.deleted", "reminder", reminder.id, before=before, undoes_id=undoes_id)
    )
    reminder.delete()


@transaction.atomic
def _fire_some(user_ids: list[UUID], now: datetime) -> tuple[list[UUID], int]:
    """Let reminders of these users come, `FIRED_AT_ONCE` at most: whose are left, and how many came."""
    held = lock_streams(user_ids)
    # Whoever changes a reminder holds its user's stream: the rows need no locks of their own.
    overdue = Reminder.objects.overdue(now).filter(user__in=held).order_by("fires_at", "id")
    rows = list(overdue.rows(with_user=True)[:FIRED_AT_ONCE])
    Reminder.objects.filter(pk__in=[row["id"] for row in rows]).update(fired_at=now)
    record_for_many(by="system", entries=[(row["user_id"], _due(row, now)) for row in rows], at=now)
    full = len(rows) == FIRED_AT_ONCE
    return [user_id for user_id in user_ids if full or user_id not in held], len(rows)


def _due(row: Mapping[str, Any], now: datetime) -> Entry:
    late = int((now - row["fires_at"]).total_seconds())
    after = render_reminder({**row, "fired_at": now}) | {"late": late}
    return Entry("reminder.due", "reminder", row["id"], after)


def _reminder(workspace: Workspace, reminder_id: UUID) -> Reminder:
    """A reminder that can be set: its task must not be in the trash."""
    reminder = Reminder.objects.of(workspace.user_id).filter(pk=reminder_id).first()
    if reminder is None:
        raise ReminderNotFound
    reminder.task = workspace.task(reminder.task_id)
    workspace.require_seen(reminder_id, render_reminder(reminder))
    return reminder


def _apply(
    workspace: Workspace, reminder: Reminder, remind_at: datetime | None, lead_minutes: int | None
) -> None:
    if (remind_at is None) is (lead_minutes is None):
        raise ReminderInvalid
    if lead_minutes is not None and not 0 <= lead_minutes <= LONGEST_LEAD_MINUTES:
        raise ReminderInvalid(field="lead_minutes")
    reminder.remind_at = _to_come(workspace, remind_at, "remind_at") if remind_at else None
    reminder.lead_minutes = lead_minutes
    _schedule(workspace, reminder)


def _schedule(workspace: Workspace, reminder: Reminder) -> None:
    task: Task = reminder.task
    if task.status in CLOSED_STATUSES:
        raise TaskClosed
    moment = moment_of(reminder, task, workspace.zone)
    if moment is not None and moment <= workspace.now:
        # What repeats will be due again.
        if not task.rrule:
            raise ReminderPast(field="lead_minutes")
        moment = None
    reminder.fires_at, reminder.fired_at = moment, None


def _to_come(workspace: Workspace, moment: datetime, field: str) -> datetime:
    try:
        aware = moment.replace(tzinfo=workspace.clock_zone) if moment.tzinfo is None else moment
        moment = aware.astimezone(UTC)
    except OverflowError:
        raise DateOutOfRange(field=field) from None
    if moment <= workspace.now:
        raise ReminderPast(field=field)
    return moment
