"""The parts of an export file that are of this room: lists, labels, tasks and reminders."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Any, cast
from uuid import UUID

from django.db.models import prefetch_related_objects
from pydantic import Field

from activities.services import Entry
from tasks.models import MAX_NAME, MAX_RANK, MAX_RRULE, MAX_TITLE, Label, Reminder, Task, TaskList
from tasks.representation import render_label, render_list, render_reminder, render_task
from tasks.services.fields import ParentLoop, TaskFields, apply_fields, clean_name
from tasks.services.importing import Places, insert_tasks, is_rank
from tasks.services.labels import clean_labels
from tasks.services.lists import clean_colour
from tasks.services.reminders import LONGEST_LEAD_MINUTES, MAX_REMINDERS, ReminderInvalid, TooManyReminders
from tasks.services.workspace import Workspace
from voice2task.kernel.transfer import JSON, Loading, Moment, Part, ReferenceUnknown, Row, Text

CHUNK = 1_000
_FIELDS = (
    *("title", "notes", "status", "priority", "start_on", "estimate_minutes", "rrule", "exdates"),
    *("repeat_from", "links"),
)


Name = Annotated[Text, Field(max_length=MAX_NAME)]
Position = Annotated[Text, Field(max_length=MAX_RANK)]


class ListRow(Row):
    name: Name
    is_inbox: bool = False
    position: Position = ""
    colour: Text = ""
    archived_at: Moment | None = None
    created_at: Moment


class LabelRow(Row):
    name: Name
    created_at: Moment


class TaskRow(Row):
    title: Annotated[Text, Field(max_length=MAX_TITLE)]
    notes: Text = ""
    status: Task.Status = Task.Status.OPEN
    priority: Task.Priority = Task.Priority.NONE
    due_on: date | None = None
    due_at: Moment | None = None
    start_on: date | None = None
    estimate_minutes: int | None = None
    rrule: Annotated[Text, Field(max_length=MAX_RRULE)] = ""
    exdates: list[date] = []
    repeat_from: Task.RepeatFrom = Task.RepeatFrom.DUE
    list_id: UUID
    parent_id: UUID | None = None
    position: Position = ""
    links: list[dict[str, Text]] = []
    source_span: dict[str, Any] | None = None
    labels: list[Text] = []
    version: Annotated[int, Field(ge=1, le=2**31 - 1)] = 1
    created_at: Moment
    updated_at: Moment
    completed_at: Moment | None = None
    trashed_at: Moment | None = None


class ReminderRow(Row):
    task_id: UUID
    remind_at: Moment | None = None
    lead_minutes: Annotated[int, Field(ge=0, le=LONGEST_LEAD_MINUTES)] | None = None
    snoozed_until: Moment | None = None
    fires_at: Moment | None = None
    fired_at: Moment | None = None
    created_at: Moment


def _list_rows(user_id: UUID) -> Iterator[JSON]:
    return map(render_list, TaskList.objects.of(user_id).order_by("id").rows().iterator(CHUNK))


def _label_rows(user_id: UUID) -> Iterator[JSON]:
    return map(render_label, Label.objects.of(user_id).order_by("id").rows().iterator(CHUNK))


def _task_rows(user_id: UUID) -> Iterator[JSON]:
    return map(render_task, Task.objects.of(user_id).order_by("id").rows().iterator(CHUNK))


def _reminder_rows(user_id: UUID) -> Iterator[JSON]:
    return map(render_reminder, Reminder.objects.of(user_id).order_by("id").rows().iterator(CHUNK))


def _load_lists(rows: Sequence[Any], loading: Loading) -> None:
    loading.register("list", TaskList, ListRow)
    found = loading.read("lists", rows, ListRow)
    ids, mine = loading.claim(TaskList, [row.id for _, row in found])
    workspace = Workspace(loading.actor, loading.now)
    pristine = len(workspace.lists) == 1 and not Task.objects.of(workspace.user_id).exists()
    for at, row in found:
        with loading.row(at):
            name, colour = clean_name(row.name, "name", MAX_NAME), clean_colour(row.colour)
            there = _list_there(workspace, row, name, mine)
            if there is None:
                task_list = TaskList(id=ids[row.id], name=name, colour=colour, archived_at=row.archived_at)
                task_list.position = row.position if is_rank(row.position) else ""
                workspace.add_list(task_list, created_at=row.created_at)
                loading.accept("list", row.id, task_list.id)
                continue
            loading.accept("list", row.id, there.id, already=True)
            if row.is_inbox and pristine:
                _become(workspace, there, row, name, colour)
                loading.fresh.add(there.id)
    loading.entries += workspace.entries


def _list_there(workspace: Workspace, row: ListRow, name: str, mine: set[UUID]) -> TaskList | None:
    """The list that a row of the file is here already: by its id, as the Inbox, or by its name."""
    if row.id in mine:
        return workspace.lists[row.id]
    if row.is_inbox:
        return workspace.inbox
    return TaskList.objects.of(workspace.user_id).named(name).first()


def _become(workspace: Workspace, inbox: TaskList, row: ListRow, name: str, colour: str) -> None:
    """The Inbox that every account is given looks as the one in the file."""
    before = render_list(inbox)
    inbox.name, inbox.colour, inbox.created_at = name, colour, row.created_at
    inbox.position = row.position if is_rank(row.position) else inbox.position
    after = render_list(inbox)
    changed = [member for member in after if after[member] != before[member]]
    if changed:
        inbox.save()
        new, old = {one: after[one] for one in changed}, {one: before[one] for one in changed}
        workspace.entries.append(Entry("list.updated", "list", inbox.id, new, old))


def _load_labels(rows: Sequence[Any], loading: Loading) -> None:
    loading.register("label", Label, LabelRow)
    found = loading.read("labels", rows, LabelRow)
    ids, mine = loading.claim(Label, [row.id for _, row in found])
    own = Label.objects.of(loading.actor.user_id)
    for at, row in found:
        with loading.row(at):
            name = clean_name(row.name, "name", MAX_NAME)
            there = row.id if row.id in mine else own.named(name).values_list("id", flat=True).first()
            if there is not None:
                loading.accept("label", row.id, there, already=True)
                continue
            label = Label(id=ids[row.id], user_id=loading.actor.user_id, name=name, created_at=row.created_at)
            label.save(force_insert=True)
            loading.accept("label", row.id, label.id)
            loading.entries.append(Entry("label.created", "label", label.id, after=render_label(label)))


def _load_tasks(rows: Sequence[Any], loading: Loading) -> None:
    loading.register("task", Task, TaskRow)
    found = loading.read("tasks", rows, TaskRow)
    ids, mine = loading.claim(Task, [row.id for _, row in found])
    workspace = Workspace(loading.actor, loading.now)
    places = Places(loading.actor.user_id)
    made: list[tuple[Task, list[str]]] = []
    for at, row in _parents_first(found, loading):
        if row.id in mine:
            loading.accept("task", row.id, row.id, already=True)
            continue
        with loading.row(at):
            task = _task_of(row, ids[row.id], workspace, loading)
            made.append((task, clean_labels(row.labels)))
            places.settle(task)
            loading.accept("task", row.id, task.id)
        if len(made) == CHUNK:
            insert_tasks(workspace, made)
            made = []
    insert_tasks(workspace, made)
    loading.entries += workspace.entries


def _parents_first(found: Sequence[tuple[str, TaskRow]], loading: Loading) -> Iterator[tuple[str, TaskRow]]:
    """The rows, each behind the one above it; those that are below nothing that is there are faults."""
    below: dict[UUID | None, list[tuple[str, TaskRow]]] = defaultdict(list)
    for at, row in found:
        below[row.parent_id].append((at, row))
    waiting = {row.id for _, row in found}
    frontier = below.pop(None, [])
    while frontier:
        for at, row in frontier:
            waiting.discard(row.id)
            yield at, row
        frontier = [child for _, row in frontier for child in below.pop(row.id, [])]
    for at, row in (child for children in below.values() for child in children):
        with loading.row(at):
            raise (
                ParentLoop(field="parent_id")
                if row.parent_id in waiting
                else ReferenceUnknown(field="parent_id")
            )


def _task_of(row: TaskRow, task_id: UUID, workspace: Workspace, loading: Loading) -> Task:
    task = Task(id=task_id, user_id=workspace.user_id, version=row.version)
    task.list = workspace.lists[loading.reference(row.list_id, "list_id")]
    task.parent_id = row.parent_id and loading.reference(row.parent_id, "parent_id")
    task.due_at = row.due_at
    task.due_on = row.due_on or (row.due_at.astimezone(workspace.zone).date() if row.due_at else None)
    apply_fields(workspace, task, cast("TaskFields", {name: getattr(row, name) for name in _FIELDS}))
    task.status, task.priority, task.repeat_from = row.status.value, row.priority.value, row.repeat_from.value
    task.source_span = loading.translated(row.source_span)
    task.position = row.position
    task.created_at, task.updated_at, task.trashed_at = row.created_at, row.updated_at, row.trashed_at
    task.completed_at = (row.completed_at or row.updated_at) if task.status == Task.Status.DONE else None
    return task


def _load_reminders(rows: Sequence[Any], loading: Loading) -> None:
    loading.register("reminder", Reminder, ReminderRow)
    found = loading.read("reminders", rows, ReminderRow)
    ids, mine = loading.claim(Reminder, [row.id for _, row in found])
    made: list[Reminder] = []
    counts: Counter[UUID] = Counter()
    for at, row in found:
        if row.id in mine:
            loading.accept("reminder", row.id, row.id, already=True)
            continue
        with loading.row(at):
            made.append(_reminder_of(row, ids[row.id], counts, loading))
            loading.accept("reminder", row.id, ids[row.id])
    Reminder.objects.bulk_create(made, batch_size=CHUNK)
    prefetch_related_objects(made, "task")
    loading.entries += [
        Entry("reminder.created", "reminder", one.id, after=render_reminder(one)) for one in made
    ]


def _reminder_of(row: ReminderRow, reminder_id: UUID, counts: Counter[UUID], loading: Loading) -> Reminder:
    if (row.remind_at is None) is (row.lead_minutes is None):
        raise ReminderInvalid
    task_id = loading.reference(row.task_id, "task_id")
    counts[task_id] += 1
    if counts[task_id] > MAX_REMINDERS:
        raise TooManyReminders
    # A moment that has passed meanwhile brings nothing any more.
    missed = row.fires_at is not None and row.fired_at is None and row.fires_at <= loading.now
    return Reminder(
        id=reminder_id,
        user_id=loading.actor.user_id,
        task_id=task_id,
        remind_at=row.remind_at,
        lead_minutes=row.lead_minutes,
        snoozed_until=row.snoozed_until,
        fires_at=None if missed else row.fires_at,
        fired_at=row.fired_at,
        created_at=row.created_at,
    )


LISTS = Part(_list_rows, _load_lists)
LABELS = Part(_label_rows, _load_labels)
TASKS = Part(_task_rows, _load_tasks)
REMINDERS = Part(_reminder_rows, _load_reminders)
