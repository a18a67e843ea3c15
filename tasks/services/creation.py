"""Making tasks from what was said of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain

from django.db.models import prefetch_related_objects

from activities.services import Entry
from tasks.models import Label, Task
from tasks.querysets import LabelQuerySet
from tasks.representation import render_task
from tasks.services.fields import Blank, TaskFields, apply_fields
from tasks.services.labels import clean_labels, ensure_labels
from tasks.services.places import place_at_end
from tasks.services.workspace import Workspace
from voice2task.kernel.errors import Invalid


def add_tasks(workspace: Workspace, drafts: Sequence[TaskFields]) -> list[Task]:
    """Make tasks, each behind the others of its list: the one it names, else its parent's, else the Inbox.

    Raises:
        Invalid: a draft cannot be used; `extra["index"]` says which one, `field` which of its fields.
    """
    tasks = [_draft_task(workspace, draft, index) for index, draft in enumerate(drafts)]
    names = [_draft_labels(draft, index) for index, draft in enumerate(drafts)]
    place_at_end(tasks)
    Task.objects.bulk_create(tasks)
    _label_new_tasks(workspace, tasks, names)
    workspace.entries += [Entry("task.created", "task", task.id, after=render_task(task)) for task in tasks]
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
    """Let the tasks carry the labels of these names, and know which they carry."""
    labels = ensure_labels(workspace, chain.from_iterable(names))
    labelled = []
    for task, own in zip(tasks, names, strict=True):
        if own:
            labelled.append(task)
        else:
            # As `prefetch_related` keeps it: nobody needs to ask what a new task carries.
            task._prefetched_objects_cache = {"labels": _no_labels()}  # type: ignore[attr-defined]
    carried = Task.labels.through
    carried.objects.bulk_create(
        carried(task_id=task.id, label_id=label_id)
        for task, own in zip(tasks, names, strict=True)
        for label_id in {labels[name].id for name in own}
    )
    prefetch_related_objects(labelled, "labels")


@cache
def _no_labels() -> LabelQuerySet:
    """No labels, looked up already."""
    found = Label.objects.none()
    len(found)
    return found
