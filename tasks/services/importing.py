"""What every import of tasks does alike: many rows at once, each at a place of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import prefetch_related_objects

from activities.services import Entry
from tasks.models import MAX_RANK, Task
from tasks.ranks import rank_between
from tasks.representation import render_task
from tasks.services.labels import ensure_labels
from tasks.services.workspace import Workspace

CHUNK = 1_000
_RANK = re.compile(r"[A-Za-z][0-9A-Za-z]*")


class Places:
    """Where the tasks of a user stand; gives those that come a place of their own, theirs if it is free."""

    def __init__(self, user_id: UUID) -> None:
        self._taken: dict[UUID, set[str]] = defaultdict(set)
        self._last: dict[UUID, str] = {}
        kept = Task.objects.of(user_id).kept().order_by("position").values_list("list_id", "position")
        for list_id, position in kept.iterator(CHUNK):
            self._take(list_id, position)

    def settle(self, task: Task) -> None:
        taken = self._taken[task.list_id]
        if not is_rank(task.position) or (task.trashed_at is None and task.position in taken):
            task.position = rank_between(self._last.get(task.list_id) or None, None)
        if task.trashed_at is None:
            self._take(task.list_id, task.position)

    def _take(self, list_id: UUID, position: str) -> None:
        self._taken[list_id].add(position)
        self._last[list_id] = max(self._last.get(list_id) or "", position)


def is_rank(position: str) -> bool:
    """Whether this is a place that `tasks.ranks` could have given."""
    if not _RANK.fullmatch(position) or len(position) > MAX_RANK:
        return False
    head = position[0]
    length = ord(head) - ord("a") + 2 if head >= "a" else ord("Z") - ord(head) + 2
    return len(position) == length or (len(position) > length and not position.endswith("0"))


def insert_tasks(workspace: Workspace, made: Iterable[tuple[Task, Sequence[str]]]) -> None:
    """Insert tasks with their labels, parents before what is below them, and add their entries."""
    made = list(made)
    labels = ensure_labels(workspace, (name for _, names in made for name in names))
    carried = Task.labels.through
    for start in range(0, len(made), CHUNK):
        some = made[start : start + CHUNK]
        tasks = [task for task, _ in some]
        Task.objects.bulk_create(tasks)
        carried.objects.bulk_create(
            carried(task_id=task.id, label_id=label_id)
            for task, names in some
            for label_id in {labels[name].id for name in names}
        )
        prefetch_related_objects(tasks, "labels")
        workspace.entries += [
            Entry("task.created", "task", task.id, after=render_task(task)) for task in tasks
        ]
