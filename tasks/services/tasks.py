"""What can be done to tasks, for callers outside a transaction and inside one (`workspace` functions)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from accounts.actors import Actor
from tasks.models import CLOSED_STATUSES, Task
from tasks.services.changes import Change, save_changes
from tasks.services.completion import complete
from tasks.services.creation import add_tasks
from tasks.services.fields import TaskFields, apply_fields
from tasks.services.labels import clean_labels, set_labels
from tasks.services.places import place_at_end, settle_place
from tasks.services.workspace import Versions, Workspace, open_workspace
from voice2task.kernel.errors import Invalid

MAX_AT_ONCE = 50


class CountInvalid(Invalid):
    code = "count_invalid"
    message = f"1 to {MAX_AT_ONCE} tasks at once."


def create_tasks(*, actor: Actor, drafts: Sequence[TaskFields], now: datetime) -> list[Task]:
    """Make 1 to `MAX_AT_ONCE` tasks, all or none, each behind the others of its list.

    A task goes to the list it names, else to its parent's, else to the Inbox.

    Raises:
        Invalid: a draft cannot be used; `extra["index"]` says which one, `field` which of its fields.
    """
    if not 0 < len(drafts) <= MAX_AT_ONCE:
        raise CountInvalid(field="drafts")
    with open_workspace(actor, now) as workspace:
        return add_tasks(workspace, drafts)


def update_task(
    *,
    actor: Actor,
    task_id: UUID,
    changes: TaskFields,
    versions: Versions | None = None,
    now: datetime,
) -> Task:
    """Change fields of a task. Setting the status to done completes it, as `complete_tasks` does.

    Raises:
        NotFound, TaskTrashed, VersionStale: as for every task.
        Invalid: a value cannot be used; `field` says which.
        OpenSubtasks: as of `complete_tasks`.
    """
    with open_workspace(actor, now, versions) as workspace:
        return change_task(workspace, task_id, changes)


def complete_tasks(
    *,
    actor: Actor,
    task_ids: Sequence[UUID],
    subtasks: str | None = None,
    versions: Versions | None = None,
    now: datetime,
) -> list[Task]:
    """Complete tasks; done ones stay as they are. One that repeats stays open, due at its next occurrence.

    `subtasks` is one of `SubtasksOnComplete`, the user's preference unless given. Returns the tasks asked
    for, then the subtasks that changed with them.

    Raises:
        NotFound, TaskTrashed, VersionStale: as for every task; then none is completed.
        OpenSubtasks: there are open subtasks, and it was not said what becomes of them.
    """
    with open_workspace(actor, now, versions) as workspace:
        return complete(workspace, [Change(task) for task in workspace.tasks(task_ids)], subtasks=subtasks)


def reopen_tasks(
    *, actor: Actor, task_ids: Sequence[UUID], versions: Versions | None = None, now: datetime
) -> list[Task]:
    """Open done and dismissed tasks again; others stay as they are.

    Raises:
        NotFound, TaskTrashed, VersionStale: as for every task; then none is opened.
    """
    with open_workspace(actor, now, versions) as workspace:
        return open_again(workspace, task_ids)


def trash_tasks(
    *, actor: Actor, task_ids: Sequence[UUID], versions: Versions | None = None, now: datetime
) -> list[Task]:
    """Put tasks, with all subtasks below them, in the trash. Returns the tasks asked for, then the others.

    Raises:
        NotFound, VersionStale: as for every task; then none is trashed.
    """
    with open_workspace(actor, now, versions) as workspace:
        return put_in_trash(workspace, task_ids)


def restore_tasks(
    *, actor: Actor, task_ids: Sequence[UUID], versions: Versions | None = None, now: datetime
) -> list[Task]:
    """Take tasks out of the trash, to where they stood in their lists; others stay as they are.

    Raises:
        NotFound, VersionStale: as for every task; then none is restored.
    """
    with open_workspace(actor, now, versions) as workspace:
        return take_from_trash(workspace, task_ids)


def change_task(workspace: Workspace, task_id: UUID, fields: TaskFields) -> Task:
    task = workspace.task(task_id)
    change, status, list_id = Change(task), task.status, task.list_id
    apply_fields(workspace, task, fields)
    completes = task.status == Task.Status.DONE != status
    if completes:
        task.status = status
    elif task.status != Task.Status.DONE:
        task.completed_at = None
    if task.list_id != list_id:
        place_at_end([task])
    if "labels" in fields:
        set_labels(workspace, task, clean_labels(fields["labels"]))
    if completes:
        complete(workspace, [change])
    else:
        save_changes(workspace, [change])
    return task


def open_again(workspace: Workspace, task_ids: Sequence[UUID]) -> list[Task]:
    changes = [Change(task) for task in workspace.tasks(task_ids)]
    for change in changes:
        if change.task.status in CLOSED_STATUSES:
            change.task.status, change.task.completed_at = Task.Status.OPEN, None
    return save_changes(workspace, changes, kind="task.reopened")


def put_in_trash(workspace: Workspace, task_ids: Sequence[UUID]) -> list[Task]:
    changes = [Change(task) for task in workspace.tasks(task_ids, trashed=True)]
    named = {change.task.id for change in changes}
    below = Task.objects.of(workspace.user_id).kept().with_descendants(named) - named
    changes += [Change(task) for task in workspace.tasks(sorted(below))]
    for change in changes:
        change.task.trashed_at = change.task.trashed_at or workspace.now
    return save_changes(workspace, changes, kind="task.trashed")


def take_from_trash(workspace: Workspace, task_ids: Sequence[UUID]) -> list[Task]:
    tasks = workspace.tasks(task_ids, trashed=True)
    for task in tasks:
        # One after the other: two of them may have left the same place.
        change = Change(task)
        if task.trashed_at:
            task.trashed_at = None
            settle_place(workspace, task)
        save_changes(workspace, [change], kind="task.restored")
    return tasks
