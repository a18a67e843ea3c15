"""Registering several workflows at once, from a manifest or from what an n8n offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from django.db import transaction

from accounts.actors import Actor
from activities.services import lock_stream
from integrations.models import Workflow
from integrations.services.workflows import (
    WorkflowFields,
    WorkflowInvalid,
    create_workflow,
    update_workflow,
)

JSON = dict[str, Any]

MOST_ROWS = 100
FIELDS = frozenset(
    {
        *("name", "description", "input_schema", "url", "path", "calls_back", "timeout_seconds", "effect"),
        *("capability", "compensation", "n8n_id", "token", "signing_secret", "template"),
    }
)
TEXTS = FIELDS - {"input_schema", "calls_back", "timeout_seconds"}


@dataclass(frozen=True, slots=True)
class Imported:
    workflow: Workflow
    action: Literal["created", "updated"]


@transaction.atomic
def import_workflows(
    *,
    actor: Actor,
    rows: Sequence[JSON],
    now: datetime,
    base_url: str = "",
    secrets: JSON | None = None,
    active: bool | None = None,
    shared: bool = False,
) -> list[Imported]:
    """Register each row, or change the workflow of its name: all of them, or none.

    A row has the fields of a workflow; in place of `url` it may have a `path` under `base_url`, and
    `compensation` is the name of another. `secrets` (`token`, `signing_secret`) go for all that name none
    themselves. `active` goes for new ones; those that are there stay as they are.

    Raises:
        WorkflowInvalid: with the number of the row.
        AddressRefused
    """
    if not 0 < len(rows) <= MOST_ROWS:
        raise WorkflowInvalid(f"A manifest has 1 to {MOST_ROWS} workflows.", field="workflows")
    lock_stream(actor.user_id)
    imported = []
    for number, row in enumerate(rows):
        fields = _fields(row, number, base_url) | (secrets or {})
        try:
            imported.append(_import(actor, fields, now, active=active, shared=shared))
        except WorkflowInvalid as error:
            where = f"workflows.{number}.{error.field or ''}".rstrip(".")
            raise WorkflowInvalid(error.message, field=where) from error
    by_name = {each.workflow.name: each.workflow for each in imported}
    for row, each in zip(rows, imported, strict=True):
        if name := row.get("compensation"):
            compensation = by_name.get(name)
            if compensation is None:
                raise WorkflowInvalid(f"There is no workflow “{name}” in it.", field="compensation")
            update_workflow(
                actor=actor,
                workflow_id=each.workflow.id,
                now=now,
                shared=shared,
                compensation_id=compensation.id,
            )
    return imported


def _import(actor: Actor, fields: JSON, now: datetime, *, active: bool | None, shared: bool) -> Imported:
    owner_id = None if shared else actor.user_id
    found = Workflow.objects.filter(owner_id=owner_id, name=fields["name"]).first()
    given = cast("WorkflowFields", fields)
    if found is None:
        if active is not None:
            given["active"] = active
        return Imported(create_workflow(actor=actor, now=now, shared=shared, **given), "created")
    changed = update_workflow(actor=actor, workflow_id=found.id, now=now, shared=shared, **given)
    return Imported(changed, "updated")


def _fields(row: Any, number: int, base_url: str) -> JSON:
    """A row of a manifest as fields of a workflow."""
    at = f"workflows.{number}"
    if not isinstance(row, dict) or not isinstance(row.get("name"), str):
        raise WorkflowInvalid("A workflow is an object with a name.", field=at)
    if unknown := row.keys() - FIELDS:
        raise WorkflowInvalid(f"A workflow has no {', '.join(sorted(unknown))}.", field=at)
    if wrong := sorted(name for name in row.keys() & TEXTS if not isinstance(row[name], str)):
        raise WorkflowInvalid(f"Not a text: {', '.join(wrong)}.", field=at)
    if type(row.get("timeout_seconds", 1)) is not int or type(row.get("calls_back", False)) is not bool:
        raise WorkflowInvalid("timeout_seconds is a number, calls_back true or false.", field=at)
    fields = {name: row[name] for name in row if name not in ("path", "compensation", "template")}
    if "path" in row:
        if not base_url:
            raise WorkflowInvalid("A path needs the address it is under.", field="base_url")
        fields["url"] = f"{base_url.rstrip('/')}/{row['path'].lstrip('/')}"
    return fields
