"""Completing tasks: what repeats moves on, and what stands below a task goes the way its user prefers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from accounts.models import SubtasksOnComplete
from tasks.models import CLOSED_STATUSES, Task
from tasks.services.changes import Change, save_changes
from tasks.services.recurring import move_on
from tasks.services.workspace import Workspace
from voice2task.kernel.errors import Conflict


class OpenSubtasks(Conflict):
    code = "open_subtasks"


def complete(workspace: Workspace, changes: Sequence[Change], *, subtasks: str | None = None) -> list[Task]:
    """Complete the tasks of these changes that are not done, and save. Returns them, then those below them.

    A task that repeats stays open, due at its next occurrence, and done subtasks of it open again. Open
    subtasks of one that is finished become what `subtasks` says (`SubtasksOnComplete`), or the user's
    preference; below a finished task nothing repeats any more.

    Raises:
        OpenSubtasks: there are open subtasks and the user is to be asked; `extra["task_ids"]` are theirs.
    """
    completed = [change.task for change in changes if change.task.status != Task.Status.DONE]
    for task in completed:
        _complete(workspace, task)
    named = {change.task.id for change in changes}
    finished = [task.id for task in completed if task.status == Task.Status.DONE]
    returned = [task.id for task in completed if task.status != Task.Status.DONE]
    below = _finish_below(workspace, below_of(workspace, finished, named), subtasks)
    again = reopen_below(below_of(workspace, returned, named | {change.task.id for change in below}))
    tasks = save_changes(workspace, changes, kind="task.completed")
    tasks += save_changes(workspace, below, kind="task.completed")
    return tasks + save_changes(workspace, again, kind="task.reopened")


def below_of(workspace: Workspace, task_ids: Collection[UUID], named: set[UUID]) -> list[Change]:
    if not task_ids:
        return []
    ids = Task.objects.of(workspace.user_id).kept().with_descendants(task_ids) - set(task_ids) - named
    return [Change(task) for task in workspace.tasks(sorted(ids))] if ids else []


def _finish_below(workspace: Workspace, changes: Sequence[Change], subtasks: str | None) -> list[Change]:
    unfinished = [change for change in changes if change.task.status not in CLOSED_STATUSES]
    choice = (subtasks or workspace.user.subtasks_on_complete) if unfinished else SubtasksOnComplete.KEEP
    if choice == SubtasksOnComplete.ASK:
        titles = ", ".join(f"“{change.task.title}”" for change in unfinished[:5])
        raise OpenSubtasks(
            f"There are open subtasks ({titles}): say whether to complete or to keep them.",
            field="subtasks",
            extra={"task_ids": [str(change.task.id) for change in unfinished]},
        )
    if choice == SubtasksOnComplete.KEEP:
        return []
    for change in unfinished:
        change.task.status, change.task.completed_at = Task.Status.DONE, workspace.now
    return unfinished


def reopen_below(changes: Sequence[Change]) -> list[Change]:
    """What was done under the last occurrence is to be done under the next one again."""
    done = [change for change in changes if change.task.status == Task.Status.DONE]
    for change in done:
        change.task.status, change.task.completed_at = Task.Status.OPEN, None
    return done


def _complete(workspace: Workspace, task: Task) -> None:
    if not move_on(workspace, task, from_due=task.repeat_from == Task.RepeatFrom.DUE):
        task.status, task.completed_at = Task.Status.DONE, workspace.now
