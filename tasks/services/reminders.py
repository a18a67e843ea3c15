"""Reminders of tasks, at a moment or some time before the task is due. Each comes once for each moment."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from accounts.actors import Actor
from activities.services import Entry
from tasks.models import CLOSED_STATUSES, Reminder, Task
from tasks.representation import JSON, render_reminder
from tasks.services.changes import difference
from tasks.services.fields import DateOutOfRange
from tasks.services.schedule import moment_of
from tasks.services.workspace import Workspace, open_workspace
from voice2task.kernel.errors import Conflict, Invalid, NotFound

LONGEST_LEAD_MINUTES = 366 * 24 * 60
MAX_REMINDERS = 20
# How many of one user's reminders come in one transaction.
FIRED_AT_ONCE = 1_000


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
    now: datetime,
) -> Reminder:
    """Set when a reminder comes, as `create_reminder` does; it comes again, and is no longer snoozed.

    Raises:
        ReminderNotFound, TaskTrashed, ReminderInvalid, ReminderPast, TaskClosed
    """
    with open_workspace(actor, now) as workspace:
        reminder = _reminder(workspace, reminder_id)
        before = render_reminder(reminder)
        reminder.snoozed_until = None
        _apply(workspace, reminder, remind_at, lead_minutes)
        return save_reminder(workspace, reminder, before)


def snooze_reminder(*, actor: Actor, reminder_id: UUID, until: datetime, now: datetime) -> Reminder:
    """Let a reminder come (again) at `until`. What it was set to stays: it holds for the task's next due.

    Raises:
        ReminderNotFound, TaskTrashed, ReminderPast, TaskClosed
    """
    with open_workspace(actor, now) as workspace:
        reminder = _reminder(workspace, reminder_id)
        before = render_reminder(reminder)
        reminder.snoozed_until = _to_come(workspace, until, "until")
        _schedule(workspace, reminder)
        return save_reminder(workspace, reminder, before)


def delete_reminder(*, actor: Actor, reminder_id: UUID, now: datetime) -> None:
    """
    Raises:
        ReminderNotFound
    """
    with open_workspace(actor, now) as workspace:
        reminder = Reminder.objects.of(workspace.user_id).loaded().filter(pk=reminder_id).first()
        if reminder is None:
            raise ReminderNotFound
        remove_reminder(workspace, reminder)


def sweep_reminders(*, now: datetime) -> int:
    """Let every reminder come whose moment has. Returns how many there were.

    Each is recorded once, with how many seconds `late` it is.
    """
    return sum(_fire(user_id, now) for user_id in Reminder.objects.overdue(now).users_waiting_longest())


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


def _fire(user_id: UUID, now: datetime) -> int:
    """All that are overdue of one user, so many in each transaction."""
    count = 0
    while fired := _fire_some(user_id, now):
        count += fired
        if fired < FIRED_AT_ONCE:
            break
    return count


def _fire_some(user_id: UUID, now: datetime) -> int:
    with open_workspace(Actor(user_id, "system"), now) as workspace:
        overdue = Reminder.objects.of(user_id).overdue(now).loaded().order_by("fires_at", "id")
        reminders = list(overdue.select_for_update(skip_locked=True, of=("self",))[:FIRED_AT_ONCE])
        Reminder.objects.filter(pk__in=[reminder.pk for reminder in reminders]).update(fired_at=now)
        for reminder in reminders:
            reminder.fired_at = now
            late = now - (reminder.fires_at or now)
            after = render_reminder(reminder) | {"late": int(late.total_seconds())}
            workspace.entries.append(Entry("reminder.due", "reminder", reminder.id, after))
    return len(reminders)


def _reminder(workspace: Workspace, reminder_id: UUID) -> Reminder:
    """A reminder that can be set: its task must not be in the trash."""
    reminder = Reminder.objects.of(workspace.user_id).filter(pk=reminder_id).first()
    if reminder is None:
        raise ReminderNotFound
    reminder.task = workspace.task(reminder.task_id)
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
