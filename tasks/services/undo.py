"""Undo: reading activities backwards. What undoes is an activity too, and can itself be undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.actors import Actor
from activities.models import Activity
from activities.querysets import ActivityQuerySet
from tasks.models import Label, Reminder, Task, TaskList
from tasks.representation import JSON
from tasks.services.reversals import REVERSERS
from tasks.services.workspace import Workspace, open_workspace
from voice2task.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Reversal:
    """An activity that was taken back. `name` is the title or name of its subject."""

    activity_id: UUID
    kind: str
    subject_type: str
    subject_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class UndoConflict:
    """Fields of a subject that were left alone because they have changed since, or cannot be as they were."""

    activity_id: UUID
    subject_type: str
    subject_id: UUID
    name: str
    fields: list[str]


@dataclass(slots=True)
class Undone:
    """What an undo did, newest first. `activity_ids` are its own activities: undo them to redo."""

    undone: list[Reversal] = field(default_factory=list)
    conflicts: list[UndoConflict] = field(default_factory=list)
    activity_ids: list[UUID] = field(default_factory=list)


def undo_turn(*, actor: Actor, turn_id: UUID, now: datetime) -> Undone:
    """Take back what a turn changed in tasks, lists and labels, as far as it is not undone already."""
    with open_workspace(actor, now) as workspace:
        undone = _undo(workspace, _undoable(actor.user_id).filter(turn_id=turn_id))
    return _completed(undone, workspace)


def undo_activities(*, actor: Actor, activity_ids: Collection[UUID], now: datetime) -> Undone:
    """Take back single activities, newest first, as far as they are not undone already.

    Raises:
        NotFound: one of them does not exist, is another user's, or is nothing that can be undone.
    """
    with open_workspace(actor, now) as workspace:
        activities = list(_undoable(actor.user_id).filter(pk__in=activity_ids))
        if len(activities) != len(set(activity_ids)):
            raise NotFound("There is no such activity.")
        undone = _undo(workspace, activities)
    return _completed(undone, workspace)


def undo_last(*, actor: Actor, now: datetime) -> Undone:
    """Take back the newest turn or direct action of the user that changed something and is not undone.

    The actor's own turn does not count, nor does what was itself an undo. Nothing to undo gives an empty
    `Undone`.
    """
    with open_workspace(actor, now) as workspace:
        undone = _undo(workspace, _last_action(actor))
    return _completed(undone, workspace)


def render_undone(undone: Undone) -> JSON:
    """`{"undone": [{activity_id, kind, subject_type, subject_id, name}], "conflicts": [{…, fields}]}`"""
    return {
        "undone": [_plain(asdict(reversal)) for reversal in undone.undone],
        "conflicts": [_plain(asdict(conflict)) for conflict in undone.conflicts],
    }


def _plain(row: JSON) -> JSON:
    return {name: str(value) if isinstance(value, UUID) else value for name, value in row.items()}


def _undoable(user_id: UUID) -> ActivityQuerySet:
    return Activity.objects.of(user_id).filter(kind__in=REVERSERS)


def _last_action(actor: Actor) -> Sequence[Activity]:
    undoable = _undoable(actor.user_id)
    done = undoable.filter(actor__in=(Activity.ActorKind.USER, Activity.ActorKind.AGENT), undoes=None)
    done = done.exclude(kind="list.created", after__is_inbox=True)
    if actor.turn_id:
        done = done.exclude(turn_id=actor.turn_id)
    seen: set[object] = set()
    for turn_id, at in done.order_by("-seq").values_list("turn_id", "at").iterator(chunk_size=100):
        if (turn_id or at) in seen:
            continue
        seen.add(turn_id or at)
        # What one direct action did has one moment and no turn.
        action = list(undoable.filter(turn_id=turn_id) if turn_id else done.filter(turn_id=None, at=at))
        if not any(activity.undoes_id for activity in action) and not _undone_among(action):
            return action
    return []


def _undone_among(activities: Iterable[Activity]) -> set[UUID]:
    return _undone_ids([activity.id for activity in activities])


def _undone_ids(activity_ids: Collection[UUID]) -> set[UUID]:
    """Those of the activities that some reversal, itself not undone, takes back."""
    reversals = dict(Activity.objects.filter(undoes__in=activity_ids).values_list("id", "undoes_id"))
    undone = _undone_ids(reversals.keys()) if reversals else set()
    return {taken_back for reversal, taken_back in reversals.items() if reversal not in undone}


def _undo(workspace: Workspace, activities: Iterable[Activity]) -> Undone:
    activities = sorted(activities, key=lambda activity: activity.seq, reverse=True)
    already = _undone_among(activities)
    names = _names(activities)
    undone = Undone()
    for activity in activities:
        if activity.id in already:
            continue
        count = len(workspace.entries)
        fields = REVERSERS[activity.kind](workspace, activity)
        subject = (activity.subject_type, activity.subject_id, names[activity.subject_id])
        if len(workspace.entries) > count:
            undone.undone.append(Reversal(activity.id, activity.kind, *subject))
        if fields:
            undone.conflicts.append(UndoConflict(activity.id, *subject, fields))
    return undone


def _completed(undone: Undone, workspace: Workspace) -> Undone:
    undone.activity_ids = [activity.id for activity in workspace.activities]
    return undone


def _names(activities: Iterable[Activity]) -> dict[UUID, str]:
    """The titles or names of the subjects, of a reminder its task's; of what is deleted as they last were."""
    names = {each.subject_id: _name_in(each.after) or _name_in(each.before) for each in activities}
    names |= dict(Task.objects.filter(pk__in=names).values_list("id", "title"))
    names |= dict(TaskList.objects.filter(pk__in=names).values_list("id", "name"))
    names |= dict(Label.objects.filter(pk__in=names).values_list("id", "name"))
    return names | dict(Reminder.objects.filter(pk__in=names).values_list("id", "task__title"))


def _name_in(fields: dict[str, Any]) -> str:
    return str(fields.get("name") or fields.get("title") or "")
