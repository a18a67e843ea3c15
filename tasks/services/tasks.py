from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from uuid import UUID

from django.db.models import prefetch_related_objects

from accounts.actors import Actor
from activities.services import Entry
from tasks.models import CLOSED_STATUSES, Task
from tasks.recurrence import Due, Occurrence, next_after_completion, next_after_due
from tasks.representation import render_task
from tasks.services.changes import Change, save_changes
from tasks.services.fields import Blank, TaskFields, apply_fields
from tasks.services.labels import clean_labels, ensure_labels, set_labels
from tasks.services.places import place_at_end, settle_place
from tasks.services.workspace import Workspace, open_workspace
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
        tasks = [_draft_task(workspace, draft, index) for index, draft in enumerate(drafts)]
        names = [_draft_labels(draft, index) for index, draft in enumerate(drafts)]
        place_at_end(tasks)
        Task.objects.bulk_create(tasks)
        _label_new_tasks(workspace, tasks, names)
        prefetch_related_objects(tasks, "labels")
        workspace.entries += [
            Entry("task.created", "task", task.id, after=render_task(task)) for task in tasks
        ]
    return tasks


def update_task(*, actor: Actor, task_id: UUID, changes: TaskFields, now: datetime) -> Task:
    """Change fields of a task. Setting the status to done completes it, as `complete_tasks` does.

    Raises:
        NotFound, TaskTrashed: as for every task.
        Invalid: a value cannot be used; `field` says which.
    """
    with open_workspace(actor, now) as workspace:
        task = workspace.task(task_id)
        change, status, list_id = Change(task), task.status, task.list_id
        apply_fields(workspace, task, changes)
        completed = task.status == Task.Status.DONE != status
        if completed:
            _complete(workspace, task)
        elif task.status != Task.Status.DONE:
            task.completed_at = None
        if task.list_id != list_id:
            place_at_end([task])
        if "labels" in changes:
            set_labels(workspace, task, clean_labels(changes["labels"]))
        save_changes(workspace, [change], kind="task.completed" if completed else "")
    return task


def complete_tasks(*, actor: Actor, task_ids: Sequence[UUID], now: datetime) -> list[Task]:
    """Complete tasks; done ones stay as they are. One that repeats stays open, due at its next occurrence.

    Raises:
        NotFound, TaskTrashed: as for every task; then none is completed.
    """
    with open_workspace(actor, now) as workspace:
        changes = [Change(task) for task in workspace.tasks(task_ids)]
        for change in changes:
            if change.task.status != Task.Status.DONE:
                _complete(workspace, change.task)
        return save_changes(workspace, changes, kind="task.completed")


def reopen_tasks(*, actor: Actor, task_ids: Sequence[UUID], now: datetime) -> list[Task]:
    """Open done and dismissed tasks again; others stay as they are.

    Raises:
        NotFound, TaskTrashed: as for every task; then none is opened.
    """
    with open_workspace(actor, now) as workspace:
        changes = [Change(task) for task in workspace.tasks(task_ids)]
        for change in changes:
            if change.task.status in CLOSED_STATUSES:
                change.task.status, change.task.completed_at = Task.Status.OPEN, None
        return save_changes(workspace, changes, kind="task.reopened")


def trash_tasks(*, actor: Actor, task_ids: Sequence[UUID], now: datetime) -> list[Task]:
    """Put tasks, with all subtasks below them, in the trash. Returns the tasks asked for, then the others.

    Raises:
        NotFound: as for every task; then none is trashed.
    """
    with open_workspace(actor, now) as workspace:
        changes = [Change(task) for task in workspace.tasks(task_ids, trashed=True)]
        named = {change.task.id for change in changes}
        below = Task.objects.of(workspace.user_id).kept().with_descendants(named) - named
        changes += [Change(task) for task in workspace.tasks(sorted(below))]
        for change in changes:
            change.task.trashed_at = change.task.trashed_at or now
        return save_changes(workspace, changes, kind="task.trashed")


def restore_tasks(*, actor: Actor, task_ids: Sequence[UUID], now: datetime) -> list[Task]:
    """Take tasks out of the trash, to where they stood in their lists; others stay as they are.

    Raises:
        NotFound: as for every task; then none is restored.
    """
    with open_workspace(actor, now) as workspace:
        tasks = workspace.tasks(task_ids, trashed=True)
        for task in tasks:
            # One after the other: two of them may have left the same place.
            change = Change(task)
            if task.trashed_at:
                task.trashed_at = None
                settle_place(task)
            save_changes(workspace, [change], kind="task.restored")
    return tasks


def _draft_task(workspace: Workspace, draft: TaskFields, index: int) -> Task:
    task = Task(user_id=workspace.user_id, created_at=workspace.now, updated_at=workspace.now)
    try:
        if "title" not in draft:
            raise Blank(field="title")
        apply_fields(workspace, task, draft)
    except Invalid as error:
        error.extra["index"] = index
        raise
    if "list_id" not in draft:
        task.list = task.parent.list if task.parent else workspace.inbox
    if task.status == Task.Status.DONE:
        task.completed_at = workspace.now
    return task


def _draft_labels(draft: TaskFields, index: int) -> list[str]:
    try:
        return clean_labels(draft.get("labels", ()))
    except Invalid as error:
        error.extra["index"] = index
        raise


def _label_new_tasks(workspace: Workspace, tasks: Sequence[Task], names: Sequence[Sequence[str]]) -> None:
    labels = ensure_labels(workspace, chain.from_iterable(names))
    carried = Task.labels.through
    carried.objects.bulk_create(
        carried(task_id=task.id, label_id=label_id)
        for task, own in zip(tasks, names, strict=True)
        for label_id in {labels[name].id for name in own}
    )


def _complete(workspace: Workspace, task: Task) -> None:
    following = _following(workspace, task) if task.rrule else None
    if following is None:
        task.status, task.completed_at = Task.Status.DONE, workspace.now
        return
    task.status, task.completed_at = Task.Status.OPEN, None
    task.due_on, task.due_at, task.rrule = following.due.on, following.due.at, following.rrule


def _following(workspace: Workspace, task: Task) -> Occurrence | None:
    today = workspace.now.astimezone(workspace.zone).date()
    from_due = task.repeat_from == Task.RepeatFrom.DUE
    following = next_after_due if from_due else next_after_completion
    due = Due(task.due_on or today, task.due_at)
    return following(task.rrule, due=due, now=workspace.now, zone=workspace.zone)
