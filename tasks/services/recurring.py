"""Moving a task that repeats on to its next occurrence."""

from __future__ import annotations

from datetime import timedelta

from tasks.models import Task
from tasks.recurrence import Due, Occurrence, next_after_completion, next_after_due
from tasks.services.workspace import Workspace


def move_on(workspace: Workspace, task: Task, *, from_due: bool) -> bool:
    """Set a task to its next occurrence, counted from its due or from today.

    False if there is none: it does not repeat, or its rule has ended.
    """
    find = next_after_due if from_due else next_after_completion
    following = task.rrule and find(
        task.rrule,
        due=_present(workspace, task),
        now=workspace.now,
        zone=workspace.zone,
        exdates=task.days_left_out,
    )
    if not following:
        return False
    task.status, task.completed_at = Task.Status.OPEN, None
    _set_occurrence(workspace, task, following)
    return True


def _set_occurrence(workspace: Workspace, task: Task, following: Occurrence) -> None:
    """The start keeps its distance from the due."""
    if task.start_on is not None:
        ahead = max(_present(workspace, task).on - task.start_on, timedelta())
        task.start_on = following.due.on - ahead
    task.due_on, task.due_at, task.rrule = following.due.on, following.due.at, following.rrule


def _present(workspace: Workspace, task: Task) -> Due:
    return Due(task.due_on or workspace.now.astimezone(workspace.zone).date(), task.due_at)
