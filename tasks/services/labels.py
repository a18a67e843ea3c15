from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import prefetch_related_objects

from accounts.actors import Actor
from activities.services import Entry
from tasks.models import MAX_NAME, Label, Task
from tasks.querysets import LabelQuerySet
from tasks.representation import render_label
from tasks.services.changes import Change, difference, save_changes
from tasks.services.fields import MAX_LABELS, TooManyLabels, clean_name
from tasks.services.workspace import Versions, Workspace, open_workspace
from voice2task.kernel.errors import Invalid, NotFound


class NameTaken(Invalid):
    code = "name_taken"
    message = "This name is taken."


def create_label(*, actor: Actor, name: str, now: datetime) -> Label:
    """Make a label.

    Raises:
        NameTaken: a label of this name exists, in whatever case.
    """
    with open_workspace(actor, now) as workspace:
        label = Label(name=_free_name(name, others=Label.objects.of(actor.user_id)))
        return add_label(workspace, label)


def update_label(
    *, actor: Actor, label_id: UUID, name: str, versions: Versions | None = None, now: datetime
) -> Label:
    """Rename a label, on every task that carries it.

    Raises:
        NotFound: there is no such label.
        VersionStale: it has changed since the caller has seen it.
        NameTaken: another label of this name exists.
    """
    with open_workspace(actor, now, versions) as workspace:
        label = _label(workspace, label_id)
        others = Label.objects.of(actor.user_id).exclude(pk=label_id)
        return rename_label(workspace, label, _free_name(name, others=others))


def delete_label(*, actor: Actor, label_id: UUID, versions: Versions | None = None, now: datetime) -> None:
    """Take a label off every task and delete it.

    Raises:
        NotFound: there is no such label.
        VersionStale: it has changed since the caller has seen it.
    """
    with open_workspace(actor, now, versions) as workspace:
        remove_label(workspace, _label(workspace, label_id))


def add_label(workspace: Workspace, label: Label, *, undoes_id: UUID | None = None) -> Label:
    label.user_id = workspace.user_id
    label.created_at = label.created_at if undoes_id else workspace.now
    label.save(force_insert=True)
    workspace.entries.append(
        Entry("label.created", "label", label.id, after=render_label(label), undoes_id=undoes_id)
    )
    return label


def rename_label(workspace: Workspace, label: Label, name: str, *, undoes_id: UUID | None = None) -> Label:
    before = render_label(label)
    label.name = name
    old, new = difference(before, render_label(label))
    if new:
        label.save(update_fields=["name"])
        workspace.entries.append(Entry("label.updated", "label", label.id, new, old, undoes_id))
    return label


def remove_label(workspace: Workspace, label: Label, *, undoes_id: UUID | None = None) -> None:
    """The label goes, and each task that carried it says so in an entry of its own."""
    changes = [Change(task) for task in Task.objects.of(workspace.user_id).loaded().filter(labels=label)]
    entry = Entry("label.deleted", "label", label.id, before=render_label(label), undoes_id=undoes_id)
    label.delete()
    for change in changes:
        change.task.refresh_from_db(fields=["labels"])
    prefetch_related_objects([change.task for change in changes], "labels")
    save_changes(workspace, changes, kind="task.updated", undoes_id=undoes_id)
    workspace.entries.append(entry)


def ensure_labels(workspace: Workspace, names: Iterable[str]) -> dict[str, Label]:
    """The labels that go by these names, in whatever case; those that are missing are made."""
    return {
        name: Label.objects.of(workspace.user_id).named(name).first()
        or add_label(workspace, Label(name=name))
        for name in dict.fromkeys(names)
    }


def clean_labels(names: Sequence[str]) -> list[str]:
    """Names of labels without repetitions.

    Raises:
        Invalid: one cannot be used, or there are too many.
    """
    cleaned = list(dict.fromkeys(clean_name(name, "labels", MAX_NAME) for name in names))
    if len(cleaned) > MAX_LABELS:
        raise TooManyLabels(field="labels")
    return cleaned


def set_labels(workspace: Workspace, task: Task, names: Sequence[str]) -> None:
    """Let a saved task carry exactly the labels with these cleaned names."""
    task.labels.set(ensure_labels(workspace, names).values())


def _label(workspace: Workspace, label_id: UUID) -> Label:
    label = Label.objects.of(workspace.user_id).filter(pk=label_id).first()
    if label is None:
        raise NotFound("There is no such label.")
    workspace.require_seen(label_id, render_label(label))
    return label


def _free_name(name: str, *, others: LabelQuerySet) -> str:
    cleaned = clean_name(name, "name", MAX_NAME)
    if others.named(cleaned).exists():
        raise NameTaken(field="name")
    return cleaned
