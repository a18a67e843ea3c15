"""Where a task stands in its list. In the trash places do not count; among the others each is held once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.actors import Actor
from tasks.models import Task
from tasks.querysets import TaskQuerySet
from tasks.ranks import rank_between, spread_ranks
from tasks.services.changes import Change, save_changes
from tasks.services.completion import complete
from tasks.services.fields import apply_fields
from tasks.services.workspace import DoesNotExist, Versions, Workspace, open_workspace
from voice2task.kernel.composed import Composed
from voice2task.kernel.errors import Invalid

# A gap used again and again makes ranks longer; from this length on the neighbours make room.
CROWDED_RANK = 48
FIRST_WINDOW, LAST_WINDOW = 32, 512

_FROM_LAST = Composed(
    lambda list_id: (
        Task.objects.kept().filter(list_id=list_id).order_by("-position").values("id", "position")
    ),
    planned_once=True,
)


class PlaceInvalid(Invalid):
    code = "place_invalid"


@dataclass(frozen=True, slots=True)
class Place:
    """Where to put tasks, as `move_tasks` describes it."""

    list_id: UUID | None = None
    before_id: UUID | None = None
    after_id: UUID | None = None
    status: str | None = None


def move_task(
    *,
    actor: Actor,
    task_id: UUID,
    list_id: UUID | None = None,
    before_id: UUID | None = None,
    after_id: UUID | None = None,
    status: str | None = None,
    versions: Versions | None = None,
    now: datetime,
) -> Task:
    """`move_tasks` of one."""
    with open_workspace(actor, now, versions) as workspace:
        return put_in_place(workspace, [task_id], Place(list_id, before_id, after_id, status))[0]


def move_tasks(
    *,
    actor: Actor,
    task_ids: Sequence[UUID],
    list_id: UUID | None = None,
    before_id: UUID | None = None,
    after_id: UUID | None = None,
    status: str | None = None,
    now: datetime,
) -> list[Task]:
    """Move tasks before or after another one, or to the end of a list (their own unless `list_id` is given).

    They stand there in the order in which they are named. With a `status` they also go to that column of the
    board.

    Raises:
        NotFound, TaskTrashed: as for every task; then none is moved.
        DoesNotExist: the list or the neighbour does not exist.
        PlaceInvalid: both neighbours are named, or one that is in another list than `list_id`.
        OpenSubtasks: as of `complete_tasks`, when the column is that of what is done.
    """
    with open_workspace(actor, now) as workspace:
        return put_in_place(workspace, task_ids, Place(list_id, before_id, after_id, status))


def put_in_place(workspace: Workspace, task_ids: Sequence[UUID], place: Place) -> list[Task]:
    before_id, after_id, list_id = place.before_id, place.after_id, place.list_id
    if before_id and after_id:
        raise PlaceInvalid("Name the task before or after which to put it, not both.", field="after_id")
    tasks = workspace.tasks(task_ids)
    for task in tasks:
        # One after the other: each takes its place among those that stand already.
        change = Change(task)
        task.list = workspace.list_by_id(list_id) if list_id else task.list
        if before_id:
            _put_beside(workspace, task, _neighbour(workspace, before_id, list_id, "before_id"), after=False)
        elif after_id:
            _put_beside(workspace, task, _neighbour(workspace, after_id, list_id, "after_id"), after=True)
        else:
            place_at_end([task])
        _save_in_column(workspace, change, place.status)
        if before_id or after_id:
            before_id, after_id = None, task.id
    return tasks


def place_at_end(tasks: Iterable[Task]) -> None:
    """Give each task, in this order, a place behind all others of its list, unless it is there already."""
    tasks = list(tasks)
    ids = {task.id for task in tasks}
    last: dict[UUID, str | None] = {}
    for task in tasks:
        if task.list_id not in last:
            rows = _FROM_LAST.rows(limit=len(ids) + 1, list_id=task.list_id)
            last[task.list_id] = next((row["position"] for row in rows if row["id"] not in ids), None)
        if task.position <= (last[task.list_id] or ""):
            task.position = rank_between(last[task.list_id], None)
        last[task.list_id] = task.position


def settle_place(workspace: Workspace, task: Task) -> None:
    """Keep the task's place if it is free, else take the one behind whoever holds it."""
    holder = _others(task).filter(position=task.position).select_related("list").first()
    if holder:
        _put_beside(workspace, task, holder, after=True)


def _save_in_column(workspace: Workspace, change: Change, status: str | None) -> None:
    task = change.task
    if status is None or status == task.status:
        save_changes(workspace, [change])
    elif status == Task.Status.DONE:
        complete(workspace, [change])
    else:
        apply_fields(workspace, task, {"status": status})
        task.completed_at = None
        save_changes(workspace, [change])


def _neighbour(workspace: Workspace, task_id: UUID, list_id: UUID | None, field: str) -> Task:
    kept = Task.objects.of(workspace.user_id).kept().select_related("list")
    neighbour = kept.filter(pk=task_id).first()
    if neighbour is None:
        raise DoesNotExist("There is no such task.", field=field)
    if list_id and neighbour.list_id != list_id:
        raise PlaceInvalid("That task is in another list.", field=field)
    return neighbour


def _put_beside(workspace: Workspace, task: Task, neighbour: Task, *, after: bool) -> None:
    if neighbour.pk == task.pk:
        return
    task.list = neighbour.list
    task.position = _rank_beside(task, neighbour.position, after=after)
    if len(task.position) > CROWDED_RANK:
        _make_room(workspace, task)
        neighbour.refresh_from_db(fields=["position"])
        task.position = _rank_beside(task, neighbour.position, after=after)


def _rank_beside(task: Task, here: str, *, after: bool) -> str:
    if after:
        following = _others(task).filter(position__gt=here).order_by("position")
        return rank_between(here, following.values_list("position", flat=True).first())
    preceding = _others(task).filter(position__lt=here).order_by("-position")
    return rank_between(preceding.values_list("position", flat=True).first(), here)


def _others(task: Task) -> TaskQuerySet:
    return Task.objects.kept().filter(list=task.list_id).exclude(pk=task.pk)


def _make_room(workspace: Workspace, task: Task) -> None:
    """Spread the neighbours of a crowded place evenly, as few as give short ranks; each is a move."""
    window = FIRST_WINDOW
    # Until it is saved, the task itself may still hold a place there.
    stored = Task.objects.filter(pk=task.pk)
    while True:
        above = list(_others(task).loaded().filter(position__lt=task.position).order_by("-position")[:window])
        below = list(_others(task).loaded().filter(position__gt=task.position).order_by("position")[:window])
        low = above.pop().position if len(above) == window else None
        high = below.pop().position if len(below) == window else None
        crowd = [*reversed(above), *below]
        ranks = spread_ranks(low, high, len(crowd), avoid={one.position for one in [*crowd, *stored]})
        if window >= LAST_WINDOW or (low is None and high is None):
            break
        if max(map(len, ranks), default=0) <= CROWDED_RANK // 2:
            break
        window *= 2
    changes = [Change(one) for one in crowd]
    for one, rank in zip(crowd, ranks, strict=True):
        one.position = rank
    save_changes(workspace, changes)
