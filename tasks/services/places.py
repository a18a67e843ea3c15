"""Where a task stands in its list. In the trash places do not count; among the others each is held once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from accounts.actors import Actor
from tasks.models import Task
from tasks.ranks import rank_between
from tasks.services.changes import Change, save_changes
from tasks.services.workspace import DoesNotExist, Workspace, open_workspace
from voice2task.kernel.errors import Invalid


class PlaceInvalid(Invalid):
    code = "place_invalid"


def move_task(
    *,
    actor: Actor,
    task_id: UUID,
    list_id: UUID | None = None,
    before_id: UUID | None = None,
    after_id: UUID | None = None,
    now: datetime,
) -> Task:
    """`move_tasks` of one."""
    return move_tasks(
        actor=actor, task_ids=[task_id], list_id=list_id, before_id=before_id, after_id=after_id, now=now
    )[0]


def move_tasks(
    *,
    actor: Actor,
    task_ids: Sequence[UUID],
    list_id: UUID | None = None,
    before_id: UUID | None = None,
    after_id: UUID | None = None,
    now: datetime,
) -> list[Task]:
    """Move tasks before or after another one, or to the end of a list (their own unless `list_id` is given).

    They stand there in the order in which they are named.

    Raises:
        NotFound, TaskTrashed: as for every task; then none is moved.
        DoesNotExist: the list or the neighbour does not exist.
        PlaceInvalid: both neighbours are named, or one that is in another list than `list_id`.
    """
    if before_id and after_id:
        raise PlaceInvalid("Name the task before or after which to put it, not both.", field="after_id")
    with open_workspace(actor, now) as workspace:
        tasks = workspace.tasks(task_ids)
        for task in tasks:
            # One after the other: each takes its place among those that stand already.
            change = Change(task)
            task.list = workspace.list_by_id(list_id) if list_id else task.list
            if before_id:
                _put_beside(task, _neighbour(workspace, before_id, list_id, "before_id"), after=False)
            elif after_id:
                _put_beside(task, _neighbour(workspace, after_id, list_id, "after_id"), after=True)
            else:
                place_at_end([task])
            save_changes(workspace, [change])
            if before_id or after_id:
                before_id, after_id = None, task.id
    return tasks


def place_at_end(tasks: Iterable[Task]) -> None:
    """Give each task, in this order, a place behind all others of its list, unless it is there already."""
    tasks = list(tasks)
    last: dict[UUID, str | None] = {}
    for task in tasks:
        if task.list_id not in last:
            others = Task.objects.kept().filter(list=task.list_id).exclude(pk__in=[one.pk for one in tasks])
            last[task.list_id] = others.order_by("-position").values_list("position", flat=True).first()
        if task.position <= (last[task.list_id] or ""):
            task.position = rank_between(last[task.list_id], None)
        last[task.list_id] = task.position


def settle_place(task: Task) -> None:
    """Keep the task's place if it is free, else take the one behind whoever holds it."""
    others = Task.objects.kept().filter(list=task.list_id).exclude(pk=task.pk)
    holder = others.filter(position=task.position).select_related("list").first()
    if holder:
        _put_beside(task, holder, after=True)


def _neighbour(workspace: Workspace, task_id: UUID, list_id: UUID | None, field: str) -> Task:
    kept = Task.objects.of(workspace.user_id).kept().select_related("list")
    neighbour = kept.filter(pk=task_id).first()
    if neighbour is None:
        raise DoesNotExist("There is no such task.", field=field)
    if list_id and neighbour.list_id != list_id:
        raise PlaceInvalid("That task is in another list.", field=field)
    return neighbour


def _put_beside(task: Task, neighbour: Task, *, after: bool) -> None:
    if neighbour.pk == task.pk:
        return
    task.list = neighbour.list
    others = Task.objects.kept().filter(list=neighbour.list_id).exclude(pk=task.pk)
    here = neighbour.position
    if after:
        following = others.filter(position__gt=here).order_by("position")
        task.position = rank_between(here, following.values_list("position", flat=True).first())
    else:
        preceding = others.filter(position__lt=here).order_by("-position")
        task.position = rank_between(preceding.values_list("position", flat=True).first(), here)
