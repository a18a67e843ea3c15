"""The members of a Vikunja export that are read, as Vikunja writes them. Others are passed over."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, TypeVar

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict

from tasks.models import Task
from voice2task.kernel.transfer import Text

T = TypeVar("T")
# What Go writes for a moment that is none is in the year 1.
FIRST_YEAR = 1900
STATUS_OF_COLUMN = {
    "backlog": Task.Status.BACKLOG,
    "in progress": Task.Status.IN_PROGRESS,
    "doing": Task.Status.IN_PROGRESS,
    "waiting": Task.Status.WAITING,
    "blocked": Task.Status.WAITING,
    "on hold": Task.Status.WAITING,
}

# Go writes `null` for a list that is empty.
Many = Annotated[list[T], BeforeValidator(lambda value: [] if value is None else value)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Named(_Row):
    id: int = 0
    title: Text = ""


class _Author(_Row):
    name: Text = ""
    username: Text = ""


class _Comment(_Row):
    comment: Text = ""
    author: _Author | None = None
    created: AwareDatetime | None = None


class _Reminder(_Row):
    reminder: AwareDatetime | None = None
    relative_period: int = 0
    relative_to: str = ""


class _TaskBucket(_Row):
    bucket_id: int = 0
    task_id: int = 0


class ProjectRow(_Row):
    id: int
    title: Text
    hex_color: Text = ""
    parent_project_id: int = 0
    is_archived: bool = False
    tasks: Many[Any] = []
    child_projects: Many[Any] = []
    buckets: Many[_Named] = []
    task_buckets: Many[_TaskBucket] = []
    # Its title, behind those of the projects above it.
    path: str = ""


class TaskRow(_Row):
    id: int
    title: Text
    description: Text = ""
    done: bool = False
    done_at: AwareDatetime | None = None
    due_date: AwareDatetime | None = None
    start_date: AwareDatetime | None = None
    created: AwareDatetime | None = None
    reminders: Many[_Reminder] = []
    repeat_after: int = 0
    repeat_mode: int = 0
    priority: int = 0
    percent_done: float = 0
    labels: Many[_Named] = []
    related_tasks: Annotated[
        dict[str, list[_Named] | None], BeforeValidator(lambda value: {} if value is None else value)
    ] = {}
    comments: Many[_Comment] = []
    attachments: Many[Any] = []
    bucket_id: int = 0


def real(moment: datetime | None) -> datetime | None:
    """The moment, unless it is Go's way to say that there is none."""
    return moment if moment is not None and moment.year >= FIRST_YEAR else None


def status_of(row: TaskRow, project: ProjectRow) -> str:
    """From the column, if its title is one that is known; else from how far the task is done."""
    column = row.bucket_id or next(
        (one.bucket_id for one in project.task_buckets if one.task_id == row.id), 0
    )
    title = next((one.title for one in project.buckets if column and one.id == column), "")
    status = STATUS_OF_COLUMN.get(title.strip().lower().replace("-", " "))
    if status is None:
        status = Task.Status.IN_PROGRESS if 0 < row.percent_done < 1 else Task.Status.OPEN
    return status.value
