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

JSON = dict[str, Any]

SUBJECTS = ("task", "list", "label", "reminder", "memory", "run")


def receipts_of(turn_ids: Collection[UUID]) -> dict[UUID, list[JSON]]:
    """Turn id -> receipts in the order of the changes. Two queries, however many turns."""
    rows = list(
        Activity.objects.filter(turn_id__in=turn_ids, subject_type__in=SUBJECTS).order_by("seq").frames()
    )
    task_ids = {row["subject_id"] for row in rows if row["subject_type"] == "task"}
    tasks = {row["id"]: render_task(row) for row in Task.objects.filter(id__in=task_ids).rows()}
    receipts: dict[UUID, list[JSON]] = defaultdict(list)
    for row in rows:
        receipts[row["turn_id"]].append(render_receipt(row, tasks.get(row["subject_id"])))
    return receipts
