"""Workflows: what users and staff register, and change."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NotRequired, TypedDict, Unpack
from urllib.parse import urlsplit
from uuid import UUID

import orjson
from django.conf import settings
from django.db import IntegrityError, transaction
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from accounts.actors import Actor
from activities.services import Entry, lock_stream, record
from integrations.models import LONGEST_TIMEOUT_SECONDS, Workflow
from integrations.representation import render_workflow
from integrations.secrets import encrypt
from voice2task.kernel.errors import Conflict, Invalid, NotFound
from voice2task.kernel.identifiers import uuid7

JSON = dict[str, Any]

NAME = re.compile(r"[a-z][a-z0-9_]{2,47}")
SCHEMA_BYTES = 16 * 1024
DESCRIPTION_LENGTH = 1000
URL_LENGTH = 1000


class WorkflowNotFound(NotFound):
    code = "workflow_not_found"
    message = "There is no such workflow."


class WorkflowInvalid(Invalid):
    code = "workflow_invalid"


class WorkflowNameTaken(Conflict):
    code = "workflow_name_taken"
    message = "There is a workflow of this name already."


class WorkflowFields(TypedDict):
    """What can be said of a workflow; `token` is sent as `Authorization: Bearer`."""

    name: NotRequired[str]
    description: NotRequired[str]
    input_schema: NotRequired[JSON]
    url: NotRequired[str]
    token: NotRequired[str]
    timeout_seconds: NotRequired[int]
    active: NotRequired[bool]


def create_workflow(
    *, actor: Actor, now: datetime, shared: bool = False, **fields: Unpack[WorkflowFields]
) -> Workflow:
    """Register a workflow of the actor's user or, `shared`, one for everybody, as only staff's door does.

    Raises:
        WorkflowInvalid, WorkflowNameTaken
    """
    owner_id = None if shared else actor.user_id
    workflow = Workflow(id=uuid7(), owner_id=owner_id, created_at=now, updated_at=now)
    _apply(workflow, fields)
    with _saving(actor):
        workflow.save(force_insert=True)
        entry = Entry("workflow.created", "workflow", workflow.id, render_workflow(workflow))
        record(actor=actor, entry=entry, at=now)
    return workflow


def update_workflow(
    *,
    actor: Actor,
    workflow_id: UUID,
    now: datetime,
    shared: bool = False,
    **fields: Unpack[WorkflowFields],
) -> Workflow:
    """Change what is named; without `token` it stays as it is.

    Raises:
        WorkflowNotFound, WorkflowInvalid, WorkflowNameTaken
    """
    with _saving(actor):
        workflow = _held(actor, workflow_id, shared=shared)
        before = render_workflow(workflow)
        _apply(workflow, fields)
        workflow.updated_at = now
        workflow.save()
        after = render_workflow(workflow)
        changed = [name for name in after if after[name] != before[name]]
        entry = Entry(
            "workflow.updated",
            "workflow",
            workflow.id,
            {name: after[name] for name in changed},
            {name: before[name] for name in changed},
        )
        record(actor=actor, entry=entry, at=now)
    return workflow


@transaction.atomic
def delete_workflow(*, actor: Actor, workflow_id: UUID, now: datetime, shared: bool = False) -> None:
    """Delete a workflow; its runs stay.

    Raises:
        WorkflowNotFound
    """
    lock_stream(actor.user_id)
    workflow = _held(actor, workflow_id, shared=shared)
    entry = Entry("workflow.deleted", "workflow", workflow.id, {}, render_workflow(workflow))
    workflow.delete()
    record(actor=actor, entry=entry, at=now)


def check_address(url: str) -> None:
    """Whether a user's workflow may be sent to this address.

    Raises:
        WorkflowInvalid: not a public address, and private ones are not permitted here.
    """
    if settings.WORKFLOW_PRIVATE_ADDRESSES:
        return
    host = urlsplit(url).hostname or ""
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, None)}
    except OSError as error:
        raise WorkflowInvalid(f"The address of {host} cannot be found.", field="url") from error
    if not all(ipaddress.ip_address(str(address).partition("%")[0]).is_global for address in found):
        raise WorkflowInvalid("A workflow's address must be a public one.", field="url")


@contextmanager
def _saving(actor: Actor) -> Iterator[None]:
    """One transaction that holds the stream, in which a name that is taken is a conflict."""
    try:
        with transaction.atomic():
            lock_stream(actor.user_id)
            yield
    except IntegrityError as error:
        if "workflow_name" in str(error):
            raise WorkflowNameTaken(field="name") from error
        raise


def _held(actor: Actor, workflow_id: UUID, *, shared: bool) -> Workflow:
    owner_id = None if shared else actor.user_id
    workflow = Workflow.objects.select_for_update().filter(id=workflow_id, owner_id=owner_id).first()
    if workflow is None:
        raise WorkflowNotFound
    return workflow


def _apply(workflow: Workflow, fields: WorkflowFields) -> None:
    for name in ("name", "description", "input_schema", "url", "timeout_seconds", "active"):
        if name in fields:
            setattr(workflow, name, fields[name])
    if "token" in fields:
        workflow.token = encrypt(fields["token"])
    _check(workflow)


def _check(workflow: Workflow) -> None:
    if not NAME.fullmatch(workflow.name) or workflow.name in settings.AGENT_TOOLS:
        raise WorkflowInvalid(
            "A name has 3 to 48 lower case letters, digits and _, begins with a letter, and is not that of a"
            " tool of the agent.",
            field="name",
        )
    if not 0 < len(workflow.description.strip()) <= DESCRIPTION_LENGTH:
        raise WorkflowInvalid(f"A description has 1 to {DESCRIPTION_LENGTH} characters.", field="description")
    if not 1 <= workflow.timeout_seconds <= LONGEST_TIMEOUT_SECONDS:
        raise WorkflowInvalid(
            f"A workflow has 1 to {LONGEST_TIMEOUT_SECONDS} seconds.", field="timeout_seconds"
        )
    address = urlsplit(workflow.url)
    if address.scheme not in ("http", "https") or not address.hostname or len(workflow.url) > URL_LENGTH:
        raise WorkflowInvalid("The address begins with http:// or https:// and names a host.", field="url")
    _check_schema(workflow.input_schema)
    if workflow.owner_id is not None:
        check_address(workflow.url)


def _check_schema(schema: object) -> None:
    if not isinstance(schema, dict) or schema.get("type") != "object":
        raise WorkflowInvalid("The schema is one of an object.", field="input_schema")
    if len(orjson.dumps(schema)) > SCHEMA_BYTES:
        raise WorkflowInvalid(f"A schema has at most {SCHEMA_BYTES} bytes.", field="input_schema")
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        raise WorkflowInvalid(f"Not a JSON Schema: {error.message}", field="input_schema") from error
