"""Leaving out an occurrence of what repeats."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from accounts.actors import Actor
from tasks.models import CLOSED_STATUSES, Task
from tasks.services.changes import Change, save_changes
from tasks.services.completion import below_of, reopen_below
from tasks.services.recurring import move_on
from tasks.services.workspace import Versions, Workspace, open_workspace
from voice2task.kernel.errors import Conflict


class NotRecurring(Conflict):
    code = "task_not_recurring"
    message = "The task does not repeat, or is closed: it has no occurrence to leave out."


def skip_occurrences(
    *, actor: Actor, task_ids: Sequence[UUID], versions: Versions | None = None, now: datetime
) -> list[Task]:
    """Leave out the occurrence that is due: each task is due at the next one, and nothing is completed.

    The next one follows the due by the rule, also where the task repeats from completion; done subtasks are
    open again for it. After the last one nothing is left to do: the task is dismissed. Returns the tasks
    asked for, then the subtasks that changed with them.

    Raises:
        NotFound, TaskTrashed, VersionStale: as for every task; then none is skipped.
        NotRecurring
    """
    with open_workspace(actor, now, versions) as workspace:
        return leave_out(workspace, task_ids)


def leave_out(workspace: Workspace, task_ids: Sequence[UUID]) -> list[Task]:
    """`skip_occurrences` within a transaction that has begun."""
    changes = [Change(task) for task in workspace.tasks(task_ids)]
    moved: set[UUID] = set()
    for task in (change.task for change in changes):
        if not task.rrule or task.status in CLOSED_STATUSES:
            raise NotRecurring(extra={"task_ids": [str(task.id)]})
        if move_on(workspace, task, from_due=True):
            moved.add(task.id)
        else:
            task.status = Task.Status.DISMISSED
    named = {change.task.id for change in changes}
    again = reopen_below(below_of(workspace, moved, named))
    tasks = save_changes(workspace, changes, kind="task.skipped")
    return tasks + save_changes(workspace, again, kind="task.reopened")
