from __future__ import annotations

import re
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from accounts.actors import Actor
from activities.services import Entry
from tasks.models import MAX_NAME, Task, TaskList
from tasks.ranks import rank_between
from tasks.representation import render_list
from tasks.services.changes import Change, difference, save_changes
from tasks.services.fields import clean_name
from tasks.services.labels import NameTaken
from tasks.services.places import place_at_end
from tasks.services.workspace import DoesNotExist, Versions, Workspace, open_workspace
from voice2task.kernel.errors import Conflict, Invalid, NotFound

_COLOUR = re.compile(r"#[0-9a-f]{6}")


class ListFields(TypedDict, total=False):
    """What may be said of a list. `colour` is "#rrggbb" or empty; `before_id` is the list to stand before, or
    null for the end. The tasks of an archived list stay as they are; it is only kept out of the way."""

    name: str
    colour: str
    archived: bool
    before_id: UUID | None


class ColourInvalid(Invalid):
    code = "colour_invalid"
    message = "A colour is written #rrggbb."


class InboxStays(Conflict):
    code = "inbox_stays"
    message = "The Inbox cannot be deleted or archived."


def provision_inbox(*, actor: Actor, now: datetime) -> None:
    """See to it that the user has an Inbox."""
    with open_workspace(actor, now) as workspace:
        _ = workspace.inbox


def create_list(*, actor: Actor, name: str, colour: str = "", now: datetime) -> TaskList:
    """Make a list, behind all others.

    Raises:
        NameTaken: a list of this name exists, in whatever case.
        ColourInvalid: not `#rrggbb`.
    """
    with open_workspace(actor, now) as workspace:
        task_list = TaskList(name=_free_name(workspace, name), colour=clean_colour(colour))
        return workspace.add_list(task_list)


def ensure_list(*, actor: Actor, name: str, now: datetime) -> TaskList:
    """The list of this name, in whatever case; it is made if there is none."""
    with open_workspace(actor, now) as workspace:
        cleaned = clean_name(name, "name", MAX_NAME)
        return _named(workspace, cleaned) or workspace.add_list(TaskList(name=cleaned))


def update_list(
    *,
    actor: Actor,
    list_id: UUID,
    changes: ListFields,
    versions: Versions | None = None,
    now: datetime,
) -> TaskList:
    """Rename, colour, archive or move a list.

    Raises:
        NotFound: there is no such list.
        VersionStale: it has changed since the caller has seen it.
        NameTaken, ColourInvalid, DoesNotExist: a value cannot be used.
        InboxStays: the Inbox is to be archived.
    """
    with open_workspace(actor, now, versions) as workspace:
        task_list = _list(workspace, list_id)
        before = render_list(task_list)
        workspace.require_seen(list_id, before)
        if "name" in changes:
            task_list.name = _free_name(workspace, changes["name"], except_id=list_id)
        if "colour" in changes:
            task_list.colour = clean_colour(changes["colour"])
        if "archived" in changes:
            _archive(task_list, now if changes["archived"] else None)
        if "before_id" in changes:
            _place(workspace, task_list, changes["before_id"])
        save_list(workspace, task_list, before)
    return task_list


def delete_list(*, actor: Actor, list_id: UUID, versions: Versions | None = None, now: datetime) -> None:
    """Move a list's tasks to the end of the Inbox and delete it.

    Raises:
        NotFound: there is no such list.
        VersionStale: it has changed since the caller has seen it.
        InboxStays: it is the Inbox.
    """
    with open_workspace(actor, now, versions) as workspace:
        task_list = _list(workspace, list_id)
        workspace.require_seen(list_id, render_list(task_list))
        if task_list.is_inbox:
            raise InboxStays
        remove_list(workspace, task_list)


def save_list(
    workspace: Workspace, task_list: TaskList, before: dict[str, object], *, undoes_id: UUID | None = None
) -> None:
    old, new = difference(before, render_list(task_list))
    if new:
        task_list.save(update_fields=list(new))
        workspace.entries.append(Entry("list.updated", "list", task_list.id, new, old, undoes_id))


def remove_list(workspace: Workspace, task_list: TaskList, *, undoes_id: UUID | None = None) -> None:
    """The tasks move first, those in the trash too, so that undoing backwards finds the list again."""
    tasks = Task.objects.of(workspace.user_id).loaded().filter(list=task_list).order_by("position", "id")
    changes = [Change(task) for task in tasks]
    inbox = workspace.inbox
    for change in changes:
        change.task.list = inbox
    place_at_end([change.task for change in changes if change.task.trashed_at is None])
    save_changes(workspace, changes, kind="task.moved", undoes_id=undoes_id)
    workspace.entries.append(
        Entry("list.deleted", "list", task_list.id, before=render_list(task_list), undoes_id=undoes_id)
    )
    del workspace.lists[task_list.id]
    task_list.delete()


def _archive(task_list: TaskList, moment: datetime | None) -> None:
    if moment and task_list.is_inbox:
        raise InboxStays
    task_list.archived_at = moment and (task_list.archived_at or moment)


def _place(workspace: Workspace, task_list: TaskList, before_id: UUID | None) -> None:
    others = sorted(one.position for one in workspace.lists.values() if one.pk != task_list.pk)
    if before_id is None:
        task_list.position = rank_between(others[-1] if others else None, None)
        return
    if before_id not in workspace.lists or before_id == task_list.pk:
        raise DoesNotExist("There is no such list.", field="before_id")
    here = workspace.lists[before_id].position
    index = others.index(here)
    task_list.position = rank_between(others[index - 1] if index else None, here)


def _list(workspace: Workspace, list_id: UUID) -> TaskList:
    if list_id not in workspace.lists:
        raise NotFound("There is no such list.")
    return workspace.lists[list_id]


def _named(workspace: Workspace, name: str) -> TaskList | None:
    return TaskList.objects.of(workspace.user_id).named(name).first()


def _free_name(workspace: Workspace, name: str, *, except_id: UUID | None = None) -> str:
    cleaned = clean_name(name, "name", MAX_NAME)
    if (taken := _named(workspace, cleaned)) and taken.pk != except_id:
        raise NameTaken(field="name")
    return cleaned


def clean_colour(colour: str) -> str:
    """
    Raises:
        ColourInvalid: neither `#rrggbb` nor empty.
    """
    if colour and not _COLOUR.fullmatch(colour.lower()):
        raise ColourInvalid(field="colour")
    return colour.lower()
