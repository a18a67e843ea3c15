"""What a turn really did: its committed activities, each with the task as it is now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from activities.models import Activity
from conversations.representation import render_receipt
from tasks.models import Task
from tasks.representation import render_task
from voice2task.kernel.composed import Composed

JSON = dict[str, Any]

SUBJECTS = ("task", "list", "label", "reminder", "memory", "run")

_CHANGES = Composed(
    lambda turn_ids: (
        Activity.objects.filter(turn_id__among=[turn_ids], subject_type__in=SUBJECTS).order_by("seq").frames()
    ),
    planned_once=True,
)
_TASKS = Composed(lambda ids: Task.objects.filter(id__among=[ids]).rows(), planned_once=True)


def receipts_of(turn_ids: Collection[UUID]) -> dict[UUID, list[JSON]]:
    """Turn id -> receipts in the order of the changes. Two queries, however many turns."""
    rows = _CHANGES.rows(turn_ids=list(turn_ids)) if turn_ids else []
    task_ids = {row["subject_id"] for row in rows if row["subject_type"] == "task"}
    tasks = {row["id"]: render_task(row) for row in _TASKS.rows(ids=list(task_ids))} if task_ids else {}
    receipts: dict[UUID, list[JSON]] = defaultdict(list)
    for row in rows:
        receipts[row["turn_id"]].append(render_receipt(row, tasks.get(row["subject_id"])))
    return receipts
