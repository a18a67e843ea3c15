"""The end of tasks: taken out of the trash for good, by their user or by age. No undo brings them back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from accounts.actors import Actor
from activities.services import Entry
from tasks.models import Reminder, Task, Word
from tasks.representation import render_task
from tasks.services.changes import Change, save_changes
from tasks.services.workspace import Versions, Workspace, open_workspace
from voice2task.kernel.errors import Conflict

# How many of one user's tasks go in one transaction of the sweep, and how many users it looks at.
PURGED_AT_ONCE = 500
USERS_AT_ONCE = 50


class TaskNotTrashed(Conflict):
    code = "task_not_trashed"
    message = "Only what is in the trash can be deleted for good."


def purge_tasks(
    *, actor: Actor, task_ids: Collection[UUID], versions: Versions | None = None, now: datetime
) -> int:
    """Delete trashed tasks for good, with their reminders and the trashed subtasks below them.

    Subtasks that were taken out of the trash stay, with no task above them. Returns how many are gone.

    Raises:
        NotFound, VersionStale: as for every task; then none is deleted.
        TaskNotTrashed: one of them is not in the trash.
    """
    with open_workspace(actor, now, versions) as workspace:
        tasks = workspace.tasks(list(task_ids), trashed=True)
        if kept := [str(task.id) for task in tasks if task.trashed_at is None]:
            raise TaskNotTrashed(extra={"task_ids": sorted(kept)})
        trashed = Task.objects.of(workspace.user_id).trashed()
        return _purge(workspace, trashed.with_descendants(task.id for task in tasks))


def empty_trash(*, actor: Actor, now: datetime) -> int:
    """Delete everything in the trash for good. Returns how many tasks that were."""
    with open_workspace(actor, now) as workspace:
        return _purge(workspace, Task.objects.of(workspace.user_id).trashed().values_list("id", flat=True))


def sweep_trash(*, before: datetime, now: datetime) -> int:
    """Delete for good what has been in the trash since before a moment. Returns how many tasks that were."""
    return sum(
        _sweep(user_id, before, now) for user_id in Task.objects.users_with_trash(before)[:USERS_AT_ONCE]
    )


def erase_tasks(*, user_id: UUID, now: datetime) -> None:
    """Delete all tasks of a user without a trace; part of erasing the user. The stream is held."""
    # Not row by row: the constraints that hold them together are checked at the end of the transaction. In
    # this order the triggers find nothing that they would bring up to date.
    words, tasks, reminders = (rows.objects.of(user_id) for rows in (Word, Task, Reminder))
    carried = Task.labels.through.objects.filter(label__user_id=user_id)
    for rows in (words, tasks, reminders, carried):
        rows._raw_delete(rows.db)


def _sweep(user_id: UUID, before: datetime, now: datetime) -> int:
    with open_workspace(Actor(user_id, "system"), now) as workspace:
        old = Task.objects.of(user_id).trashed_before(before).order_by("trashed_at")
        return _purge(workspace, old.values_list("id", flat=True)[:PURGED_AT_ONCE])


def _purge(workspace: Workspace, task_ids: Iterable[UUID]) -> int:
    going = set(task_ids)
    own = Task.objects.of(workspace.user_id).loaded()
    orphans = [Change(task) for task in own.filter(parent__in=going).exclude(pk__in=going)]
    for orphan in orphans:
        orphan.task.parent = None
    save_changes(workspace, orphans, kind="task.updated")
    tasks = list(own.filter(pk__in=going).order_by("id"))
    workspace.entries += [Entry("task.deleted", "task", task.id, before=render_task(task)) for task in tasks]
    Reminder.objects.filter(task__in=going).delete()
    Task.objects.filter(pk__in=going).delete()
    return len(tasks)
