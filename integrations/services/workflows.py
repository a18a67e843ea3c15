"""Workflows: what users and staff register, and change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NotRequired, TypedDict, Unpack
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.actors import Actor
from activities.services import Entry, lock_stream, record
from integrations.deliveries.signatures import is_secret, new_secret
from integrations.models import LONGEST_CALLBACK_SECONDS, LONGEST_TIMEOUT_SECONDS, Workflow
from integrations.representation import moment, render_workflow
from integrations.schemas import SchemaRefused, check_schema
from voice2task.kernel.addresses import Forbidden, check_destination
from voice2task.kernel.errors import Conflict, Invalid, NotFound
from voice2task.kernel.identifiers import uuid7
from voice2task.kernel.sealing import seal

JSON = dict[str, Any]

NAME = re.compile(r"[a-z][a-z0-9_]{2,47}")
DESCRIPTION_LENGTH = 1000
URL_LENGTH = 1000
PLAIN_FIELDS = (
    *("name", "description", "input_schema", "url", "calls_back", "timeout_seconds", "effect", "capability"),
    *("compensation_id", "n8n_id", "active"),
)
CHOICES = {"effect": Workflow.Effect.values, "capability": Workflow.Capability.values}


class WorkflowNotFound(NotFound):
    code = "workflow_not_found"
    message = "There is no such workflow."


class WorkflowInvalid(Invalid):
    code = "workflow_invalid"


class AddressRefused(Invalid):
    """`extra["reason"]` is one of `kernel.addresses.REASONS`."""

    code = "address_refused"


class WorkflowNameTaken(Conflict):
    code = "workflow_name_taken"
    message = "There is a workflow of this name already."


class WorkflowFields(TypedDict):
    """What can be said of a workflow; `token` is sent as `Authorization: Bearer`.

    `signing_secret` is `whsec_…`; one is made if none is given. `compensation_id` names a workflow of the
    same owner.
    """

    name: NotRequired[str]
    description: NotRequired[str]
    input_schema: NotRequired[JSON]
    url: NotRequired[str]
    token: NotRequired[str]
    signing_secret: NotRequired[str]
    calls_back: NotRequired[bool]
    timeout_seconds: NotRequired[int]
    effect: NotRequired[str]
    capability: NotRequired[str]
    compensation_id: NotRequired[UUID | None]
    n8n_id: NotRequired[str]
    active: NotRequired[bool]


def create_workflow(
    *, actor: Actor, now: datetime, shared: bool = False, **fields: Unpack[WorkflowFields]
) -> Workflow:
    """Register a workflow of the actor's user or, `shared`, one for everybody, as only staff's door does.

    Raises:
        WorkflowInvalid, WorkflowNameTaken, AddressRefused
    """
    owner_id = None if shared else actor.user_id
    workflow = Workflow(id=uuid7(), owner_id=owner_id, created_at=now, updated_at=now)
    _apply(workflow, fields)
    check_address(workflow.url)
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
        WorkflowNotFound, WorkflowInvalid, WorkflowNameTaken, AddressRefused
    """
    if "url" in fields:
        # It may take a while, and so comes before anything is locked.
        check_address(fields["url"])
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
    """Whether anything may be sent to this address, as its host's addresses are now.

    Raises:
        AddressRefused
    """
    try:
        check_destination(url)
    except Forbidden as error:
        raise AddressRefused(str(error), field="url", extra={"reason": error.reason}) from error


@transaction.atomic
def rotate_workflow_secret(*, actor: Actor, workflow_id: UUID, now: datetime, shared: bool = False) -> str:
    """Give a workflow a new signing secret, shown here and never again. The one before is good for a day.

    Raises:
        WorkflowNotFound
    """
    lock_stream(actor.user_id)
    workflow = _held(actor, workflow_id, shared=shared)
    secret = new_secret()
    workflow.former_secret, workflow.signing_secret = workflow.signing_secret, seal(secret)
    workflow.rotated_at = workflow.updated_at = now
    workflow.save()
    entry = Entry("workflow.updated", "workflow", workflow.id, {"rotated_at": moment(now)})
    record(actor=actor, entry=entry, at=now)
    return secret


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
    for name in PLAIN_FIELDS:
        if name in fields:
            setattr(workflow, name, fields[name])  # type: ignore[literal-required]
    if "token" in fields:
        workflow.token = seal(fields["token"])
    if secret := fields.get("signing_secret", "" if workflow.signing_secret else new_secret()):
        if not is_secret(secret):
            raise WorkflowInvalid("A secret is whsec_ and 24 to 64 bytes in base64.", field="signing_secret")
        workflow.signing_secret = seal(secret)
    _check(workflow)
    _check_compensation(workflow)


def _check(workflow: Workflow) -> None:
    if not NAME.fullmatch(workflow.name) or workflow.name in settings.AGENT_TOOLS:
        raise WorkflowInvalid(
            "A name has 3 to 48 lower case letters, digits and _, begins with a letter, and is not that of a"
            " tool of the agent.",
            field="name",
        )
    if not 0 < len(workflow.description.strip()) <= DESCRIPTION_LENGTH:
        raise WorkflowInvalid(f"A description has 1 to {DESCRIPTION_LENGTH} characters.", field="description")
    longest = LONGEST_CALLBACK_SECONDS if workflow.calls_back else LONGEST_TIMEOUT_SECONDS
    if not 1 <= workflow.timeout_seconds <= longest:
        raise WorkflowInvalid(f"It has 1 to {longest} seconds.", field="timeout_seconds")
    for name in ("effect", "capability"):
        if getattr(workflow, name) not in CHOICES[name]:
            raise WorkflowInvalid(f"There is no such {name}.", field=name)
    if len(workflow.url) > URL_LENGTH:
        raise WorkflowInvalid(f"An address has at most {URL_LENGTH} characters.", field="url")
    try:
        check_schema(workflow.input_schema)
    except SchemaRefused as error:
        raise WorkflowInvalid(str(error), field="input_schema") from error


def _check_compensation(workflow: Workflow) -> None:
    """What takes back is a workflow of the same owner, and no other than itself."""
    if workflow.compensation_id is None:
        return
    same = Workflow.objects.filter(owner_id=workflow.owner_id).exclude(id=workflow.id)
    if not same.filter(id=workflow.compensation_id).exists():
        raise WorkflowInvalid("There is no such workflow of the same owner.", field="compensation_id")
