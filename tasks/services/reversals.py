"""Taking back one activity. Each function returns the fields it had to leave alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from activities.models import Activity
from tasks.models import Label, Reminder, Task, TaskList
from tasks.querysets import LabelQuerySet, TaskListQuerySet
from tasks.representation import JSON, render_label, render_list, render_reminder
from tasks.services.changes import Change, save_changes
from tasks.services.fields import is_below
from tasks.services.labels import add_label, remove_label, rename_label, set_labels
from tasks.services.lists import remove_list, save_list
from tasks.services.places import settle_place
from tasks.services.reminders import add_reminder, remove_reminder, save_reminder
from tasks.services.schedule import moment_of
from tasks.services.workspace import Workspace

# Fields that mean something only together are reverted together or not at all.
TASK_GROUPS = (
    ("title",),
    ("notes",),
    ("priority",),
    ("status", "completed_at"),
    ("due_on", "due_at"),
    ("start_on",),
    ("estimate_minutes",),
    ("rrule",),
    ("exdates",),
    ("repeat_from",),
    ("list_id", "position"),
    ("parent_id",),
    ("links",),
    ("source_span",),
    ("labels",),
    ("trashed_at",),
)
# Where a field came from is restored if it can be; nobody asks for it by itself.
UNTOLD = frozenset({"source_span"})
LIST_GROUPS = (("name",), ("colour",), ("archived_at",), ("position",))
REMINDER_GROUPS = (("remind_at", "lead_minutes", "snoozed_until"),)


def trash_created_task(workspace: Workspace, activity: Activity) -> list[str]:
    if (task := _task(workspace, activity)) is None:
        return []
    change = Change(task)
    task.trashed_at = task.trashed_at or workspace.now
    save_changes(workspace, [change], kind="task.reverted", undoes_id=activity.id)
    return []


def restore_task_fields(workspace: Workspace, activity: Activity) -> list[str]:
    if (task := _task(workspace, activity)) is None:
        return ["id"]
    change = Change(task)
    wanted, conflicts = _to_restore(change.before, activity, TASK_GROUPS)
    for name in _impossible(workspace, task, wanted):
        del wanted[name]
        conflicts.append(name)
    for name, value in wanted.items():
        _RESTORERS.get(name, _restore_column)(workspace, task, name, value)
    if task.trashed_at is None and wanted.keys() & {"position", "trashed_at"}:
        settle_place(workspace, task)
    save_changes(workspace, [change], kind="task.reverted", undoes_id=activity.id)
    return conflicts


def unmake_list(workspace: Workspace, activity: Activity) -> list[str]:
    task_list = workspace.lists.get(activity.subject_id)
    if task_list is None:
        return []
    if task_list.is_inbox:
        return ["is_inbox"]
    if task_list.tasks.kept().exists():
        return ["tasks"]
    remove_list(workspace, task_list, undoes_id=activity.id)
    return []


def remake_list(workspace: Workspace, activity: Activity) -> list[str]:
    if activity.subject_id in workspace.lists:
        return []
    if _name_taken(TaskList.objects.of(workspace.user_id), activity, activity.before["name"]):
        return ["name"]
    workspace.add_list(TaskList(**_columns(activity.before)), undoes_id=activity.id)
    return []


def restore_list_fields(workspace: Workspace, activity: Activity) -> list[str]:
    task_list = workspace.lists.get(activity.subject_id)
    if task_list is None:
        return ["id"]
    before = render_list(task_list)
    wanted, conflicts = _to_restore(before, activity, LIST_GROUPS)
    if "name" in wanted and _name_taken(TaskList.objects.of(workspace.user_id), activity, wanted["name"]):
        del wanted["name"]
        conflicts.append("name")
    for name, value in wanted.items():
        setattr(task_list, name, value)
    save_list(workspace, task_list, before, undoes_id=activity.id)
    return conflicts


def unmake_label(workspace: Workspace, activity: Activity) -> list[str]:
    label = _label(workspace, activity)
    if label is None:
        return []
    if label.tasks.kept().exists():
        return ["tasks"]
    remove_label(workspace, label, undoes_id=activity.id)
    return []


def remake_label(workspace: Workspace, activity: Activity) -> list[str]:
    if _label(workspace, activity) is not None:
        return []
    if _name_taken(Label.objects.of(workspace.user_id), activity, activity.before["name"]):
        return ["name"]
    add_label(workspace, Label(**_columns(activity.before)), undoes_id=activity.id)
    return []


def restore_label_name(workspace: Workspace, activity: Activity) -> list[str]:
    label = _label(workspace, activity)
    if label is None:
        return ["id"]
    wanted, conflicts = _to_restore(render_label(label), activity, (("name",),))
    if not wanted:
        return conflicts
    if _name_taken(Label.objects.of(workspace.user_id), activity, wanted["name"]):
        return ["name"]
    rename_label(workspace, label, wanted["name"], undoes_id=activity.id)
    return []


def unmake_reminder(workspace: Workspace, activity: Activity) -> list[str]:
    if reminder := _reminder(workspace, activity):
        remove_reminder(workspace, reminder, undoes_id=activity.id)
    return []


def remake_reminder(workspace: Workspace, activity: Activity) -> list[str]:
    if _reminder(workspace, activity) is not None:
        return []
    shown = activity.before
    task = Task.objects.of(workspace.user_id).filter(pk=shown["task_id"]).first()
    if task is None:
        return ["task_id"]
    reminder = Reminder(id=activity.subject_id, user_id=workspace.user_id, task=task)
    reminder.created_at = datetime.fromisoformat(shown["created_at"])
    _restore_reminder(workspace, reminder, shown)
    add_reminder(workspace, reminder, undoes_id=activity.id)
    return []


def restore_reminder_fields(workspace: Workspace, activity: Activity) -> list[str]:
    reminder = _reminder(workspace, activity)
    if reminder is None:
        return ["id"]
    before = render_reminder(reminder)
    wanted, conflicts = _to_restore(before, activity, REMINDER_GROUPS)
    if wanted:
        _restore_reminder(workspace, reminder, before | activity.before)
        save_reminder(workspace, reminder, before, undoes_id=activity.id)
    return conflicts


Reverser = Callable[[Workspace, Activity], list[str]]

REVERSERS: Mapping[str, Reverser] = {
    "task.created": trash_created_task,
    "task.updated": restore_task_fields,
    "task.completed": restore_task_fields,
    "task.skipped": restore_task_fields,
    "task.reopened": restore_task_fields,
    "task.moved": restore_task_fields,
    "task.trashed": restore_task_fields,
    "task.restored": restore_task_fields,
    "task.reverted": restore_task_fields,
    "list.created": unmake_list,
    "list.updated": restore_list_fields,
    "list.deleted": remake_list,
    "label.created": unmake_label,
    "label.updated": restore_label_name,
    "label.deleted": remake_label,
    "reminder.created": unmake_reminder,
    "reminder.updated": restore_reminder_fields,
    "reminder.deleted": remake_reminder,
}


def _to_restore(
    current: JSON, activity: Activity, groups: tuple[tuple[str, ...], ...]
) -> tuple[JSON, list[str]]:
    """Fields and the values they had, and the fields that have changed since."""
    wanted: JSON = {}
    conflicts: list[str] = []
    for group in groups:
        names = [name for name in group if name in activity.after]
        if all(current[name] == activity.before[name] for name in names):
            continue
        if all(current[name] == activity.after[name] for name in names):
            wanted |= {name: activity.before[name] for name in names}
        else:
            conflicts += [name for name in names if name not in UNTOLD]
    return wanted, conflicts


def _impossible(workspace: Workspace, task: Task, wanted: JSON) -> list[str]:
    """Fields whose former value names something that is gone, or would close a loop."""
    names: list[str] = []
    if "list_id" in wanted and UUID(wanted["list_id"]) not in workspace.lists:
        names += ["list_id", "position"]
    if parent_id := wanted.get("parent_id"):
        parent = Task.objects.of(workspace.user_id).filter(pk=parent_id).first()
        if parent is None or is_below(parent, task):
            names.append("parent_id")
    return names


def _restore_column(_workspace: Workspace, task: Task, name: str, value: Any) -> None:
    parse = _PARSERS.get(name)
    setattr(task, name, parse(value) if parse and value else value)


def _restore_labels(workspace: Workspace, task: Task, _name: str, value: list[str]) -> None:
    set_labels(workspace, task, value)


def _restore_list(workspace: Workspace, task: Task, _name: str, value: str) -> None:
    task.list = workspace.lists[UUID(value)]


_RESTORERS: Mapping[str, Callable[[Workspace, Task, str, Any], None]] = {
    "labels": _restore_labels,
    "list_id": _restore_list,
}
_PARSERS: Mapping[str, Callable[[str], Any]] = {
    "due_on": date.fromisoformat,
    "due_at": datetime.fromisoformat,
    "start_on": date.fromisoformat,
    "completed_at": datetime.fromisoformat,
    "trashed_at": datetime.fromisoformat,
    "parent_id": UUID,
}


def _restore_reminder(workspace: Workspace, reminder: Reminder, shown: JSON) -> None:
    """Set a reminder as it was shown. A moment that has passed since comes late, unless the user was told."""
    for name in ("remind_at", "snoozed_until"):
        setattr(reminder, name, _moment(shown[name]))
    reminder.lead_minutes = shown["lead_minutes"]
    moment = moment_of(reminder, reminder.task, workspace.zone)
    if moment is not None and moment <= workspace.now:
        reminder.fires_at = _moment(shown["fires_at"])
        reminder.fired_at = reminder.fired_at or _moment(shown["fired_at"])
    else:
        reminder.fires_at = moment
        reminder.fired_at = None if moment else _moment(shown["fired_at"])


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _task(workspace: Workspace, activity: Activity) -> Task | None:
    return Task.objects.of(workspace.user_id).loaded().filter(pk=activity.subject_id).first()


def _reminder(workspace: Workspace, activity: Activity) -> Reminder | None:
    return Reminder.objects.of(workspace.user_id).loaded().filter(pk=activity.subject_id).first()


def _label(workspace: Workspace, activity: Activity) -> Label | None:
    return Label.objects.of(workspace.user_id).filter(pk=activity.subject_id).first()


def _name_taken(own: TaskListQuerySet | LabelQuerySet, activity: Activity, name: str) -> bool:
    return own.named(name).exclude(pk=activity.subject_id).exists()


def _columns(shown: JSON) -> JSON:
    moments = {name: _moment(value) for name, value in shown.items() if name.endswith("_at")}
    return shown | moments | {"id": UUID(shown["id"])}
