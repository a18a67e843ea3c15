"""Moving a task that repeats on to its next occurrence: because this one is done, or is left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from accounts.actors import Actor
from tasks.models import CLOSED_STATUSES, Task
from tasks.recurrence import Due, Occurrence, next_after_completion, next_after_due
from tasks.services.changes import Change, save_changes
from tasks.services.workspace import Workspace, open_workspace
from voice2task.kernel.errors import Conflict


class NotRecurring(Conflict):
    code = "task_not_recurring"
    message = "The task does not repeat, or is closed: it has no occurrence to leave out."


def skip_occurrences(*, actor: Actor, task_ids: Sequence[UUID], now: datetime) -> list[Task]:
    """Leave out the occurrence that is due: each task is due at the next one, and nothing is completed.

    The next one follows the due by the rule, also where the task repeats from completion. After the last one
    nothing is left to do: the task is dismissed.

    Raises:
        NotFound, TaskTrashed: as for every task; then none is skipped.
        NotRecurring
    """
    with open_workspace(actor, now) as workspace:
        changes = [Change(task) for task in workspace.tasks(task_ids)]
        for change in changes:
            task = change.task
            if not task.rrule or task.status in CLOSED_STATUSES:
                raise NotRecurring(extra={"task_ids": [str(task.id)]})
            following = _following(workspace, task, from_due=True)
            if following is None:
                task.status = Task.Status.DISMISSED
            else:
                _set_occurrence(workspace, task, following)
        return save_changes(workspace, changes, kind="task.skipped")


def move_on(workspace: Workspace, task: Task) -> bool:
    """Set a task that was completed to its next occurrence. False if it does not repeat, or its rule ends."""
    if not task.rrule:
        return False
    following = _following(workspace, task, from_due=task.repeat_from == Task.RepeatFrom.DUE)
    if following is None:
        return False
    task.status, task.completed_at = Task.Status.OPEN, None
    _set_occurrence(workspace, task, following)
    return True


def _following(workspace: Workspace, task: Task, *, from_due: bool) -> Occurrence | None:
    find = next_after_due if from_due else next_after_completion
    return find(
        task.rrule,
        due=_present(workspace, task),
        now=workspace.now,
        zone=workspace.zone,
        exdates=task.days_left_out,
    )


def _set_occurrence(workspace: Workspace, task: Task, following: Occurrence) -> None:
    """The start keeps its distance from the due."""
    if task.start_on is not None:
        ahead = max(_present(workspace, task).on - task.start_on, timedelta())
        task.start_on = following.due.on - ahead
    task.due_on, task.due_at, task.rrule = following.due.on, following.due.at, following.rrule


def _present(workspace: Workspace, task: Task) -> Due:
    return Due(task.due_on or workspace.now.astimezone(workspace.zone).date(), task.due_at)
