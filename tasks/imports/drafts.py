"""What every foreign format is read into, and how that becomes tasks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import cast
from uuid import UUID

from activities.services import Entry
from tasks.models import MAX_NAME, Reminder, Task, TaskList
from tasks.representation import render_reminder
from tasks.services.fields import ParentLoop, TaskFields, apply_fields, clean_name
from tasks.services.importing import Places, insert_tasks
from tasks.services.labels import clean_labels
from tasks.services.reminders import LONGEST_LEAD_MINUTES, MAX_REMINDERS
from tasks.services.schedule import moment_of
from tasks.services.workspace import Workspace
from voice2task.kernel.errors import Invalid
from voice2task.kernel.transfer import Fault, Loading, Prepared, Reading


@dataclass(slots=True)
class ListDraft:
    name: str
    colour: str = ""
    archived: bool = False


@dataclass(slots=True)
class Draft:
    """A task of a file. `key` names it there, `above` the task that it is below; a list "" is the Inbox."""

    at: str
    key: object
    fields: TaskFields
    list_name: str = ""
    above: object | None = None
    labels: Sequence[str] = ()
    done_at: datetime | None = None
    created_at: datetime | None = None
    remind_at: Sequence[datetime] = ()
    lead_minutes: Sequence[int] = field(default_factory=list)


@dataclass(slots=True)
class Built:
    """A task that can be inserted, but for its list and its place."""

    draft: Draft
    task: Task
    labels: list[str]


def prepared_of(
    drafts: Sequence[Draft], lists: Iterable[ListDraft], prepared: Prepared, reading: Reading
) -> Prepared:
    """Check the drafts; those that can be loaded will be.

    A task that cannot be made leaves those below it to the one above it.
    """
    workspace = Workspace(reading.actor, reading.now)
    by_key = {draft.key: draft for draft in drafts}
    built: dict[object, Built] = {}
    for draft in drafts:
        try:
            _check_above(draft, by_key)
            if draft.list_name:
                clean_name(draft.list_name, "list", MAX_NAME)
            built[draft.key] = Built(draft, _task_of(draft, workspace), clean_labels(draft.labels))
        except Invalid as error:
            prepared.faults.append(Fault(draft.at, error.code, error.message, error.field))
    for one in built.values():
        one.task.parent_id = _above(one.draft, by_key, built)
    prepared.load = partial(_load, list(built.values()), {draft.name: draft for draft in lists})
    return prepared


def _load(built: Sequence[Built], lists: Mapping[str, ListDraft], loading: Loading) -> None:
    """Make the lists that are not there, and the tasks in their order behind those that are."""
    workspace = Workspace(loading.actor, loading.now)
    places = Places(workspace.user_id)
    for one in built:
        one.task.list = _list_of(one.draft.list_name, lists, workspace, loading)
        places.settle(one.task)
    insert_tasks(workspace, [(one.task, one.labels) for one in built])
    loading.created["task"] += len(built)
    _remind(built, workspace, loading)
    loading.entries += workspace.entries


def _check_above(draft: Draft, by_key: Mapping[object, Draft]) -> None:
    seen = {draft.key}
    above = by_key.get(draft.above)
    while above is not None:
        if above.key in seen:
            raise ParentLoop(field="parent_id")
        seen.add(above.key)
        above = by_key.get(above.above)


def _above(draft: Draft, by_key: Mapping[object, Draft], built: Mapping[object, Built]) -> UUID | None:
    above = by_key.get(draft.above)
    while above is not None and above.key not in built:
        above = by_key.get(above.above)
    return built[above.key].task.id if above else None


def _task_of(draft: Draft, workspace: Workspace) -> Task:
    moment = draft.created_at or workspace.now
    task = Task(user_id=workspace.user_id, created_at=moment, updated_at=workspace.now)
    apply_fields(workspace, task, cast("TaskFields", {"title": "", **draft.fields}))
    if draft.done_at:
        task.status, task.completed_at = Task.Status.DONE, draft.done_at.astimezone(UTC)
    elif task.status == Task.Status.DONE:
        task.completed_at = workspace.now
    return task


def _list_of(name: str, known: Mapping[str, ListDraft], workspace: Workspace, loading: Loading) -> TaskList:
    if not name:
        return workspace.inbox
    cleaned = clean_name(name, "list", MAX_NAME)
    there = next((one for one in workspace.lists.values() if one.name.lower() == cleaned.lower()), None)
    if there is None:
        there = TaskList.objects.of(workspace.user_id).named(cleaned).first()
    if there is not None:
        return there
    draft = known.get(name, ListDraft(name))
    archived_at = loading.now if draft.archived else None
    loading.created["list"] += 1
    return workspace.add_list(TaskList(name=cleaned, colour=draft.colour, archived_at=archived_at))


def _remind(built: Sequence[Built], workspace: Workspace, loading: Loading) -> None:
    """Reminders of open tasks; those whose moment is past have nothing to say any more."""
    made: list[Reminder] = []
    for one in built:
        draft, task = one.draft, one.task
        given = [Reminder(remind_at=moment) for moment in draft.remind_at]
        given += [
            Reminder(lead_minutes=minutes)
            for minutes in dict.fromkeys(draft.lead_minutes)
            if 0 <= minutes <= LONGEST_LEAD_MINUTES
        ]
        for reminder in given[:MAX_REMINDERS]:
            reminder.user_id, reminder.task, reminder.created_at = workspace.user_id, task, loading.now
            moment = moment_of(reminder, task, workspace.zone)
            if moment is None or moment <= loading.now:
                loading.left_out["reminder"] += 1
                continue
            reminder.fires_at = moment
            made.append(reminder)
    Reminder.objects.bulk_create(made, batch_size=1_000)
    loading.created["reminder"] += len(made)
    workspace.entries += [
        Entry("reminder.created", "reminder", row.id, after=render_reminder(row)) for row in made
    ]
