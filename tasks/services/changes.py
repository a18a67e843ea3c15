"""Writing changed tasks: what differs from before is saved and becomes the task's activity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from activities.services import Entry
from tasks.models import CLOSED_STATUSES, Task
from tasks.querysets import TASK_FIELDS
from tasks.representation import JSON, render_task
from tasks.services.schedule import reschedule
from tasks.services.workspace import Workspace

# They follow every change and say nothing about what was meant.
BOOKKEEPING = frozenset({"version", "updated_at"})
PLACE = frozenset({"list_id", "list", "position"})
# What moves the reminders of a task.
DUE = frozenset({"due_on", "due_at"})
STATE = frozenset({"status", "trashed_at"})
_SAVED = [name for name in TASK_FIELDS if name not in ("id", "created_at")]
_BATCH = 500


@dataclass(slots=True)
class Change:
    """A task about to change, and what it looked like until then."""

    task: Task
    before: JSON = field(init=False)

    def __post_init__(self) -> None:
        self.before = render_task(self.task)


def difference(before: JSON, after: JSON) -> tuple[JSON, JSON]:
    """The fields that differ, as they were and as they are."""
    names = [name for name in after if before[name] != after[name]]
    return {name: before[name] for name in names}, {name: after[name] for name in names}


def save_changes(
    workspace: Workspace, changes: Sequence[Change], *, kind: str = "", undoes_id: UUID | None = None
) -> list[Task]:
    """Save the tasks that changed and add their entries; `kind` follows from the change unless given."""
    changed = [change for change in changes if render_task(change.task) != change.before]
    moved: set[UUID] = set()
    rescheduled: list[Task] = []
    for change in changed:
        change.task.version += 1
        change.task.updated_at = workspace.now
        old, new = difference(change.before, render_task(change.task))
        if new.keys() & DUE:
            moved.add(change.task.id)
        if new.keys() & (DUE | STATE):
            rescheduled.append(change.task)
        workspace.entries.append(
            Entry(
                kind or _kind_of(old, new),
                "task",
                change.task.id,
                before=old,
                after=new,
                undoes_id=undoes_id,
            )
        )
    if len(changed) == 1:
        changed[0].task.save(update_fields=_SAVED)
    elif changed:
        Task.objects.bulk_update([change.task for change in changed], _SAVED, batch_size=_BATCH)
    if rescheduled:
        reschedule(workspace, rescheduled, moved=moved)
    return [change.task for change in changes]


def _kind_of(old: JSON, new: JSON) -> str:
    if new.keys() <= PLACE | BOOKKEEPING:
        return "task.moved"
    if old.get("status") in CLOSED_STATUSES and new["status"] not in CLOSED_STATUSES:
        return "task.reopened"
    return "task.updated"
