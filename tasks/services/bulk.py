"""Many changes of tasks in one transaction, each of which may fail by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.actors import Actor
from tasks.models import Task
from tasks.services.changes import Change
from tasks.services.completion import complete
from tasks.services.creation import add_tasks
from tasks.services.places import Place, put_in_place
from tasks.services.skipping import leave_out
from tasks.services.tasks import change_task, open_again, put_in_trash, take_from_trash
from tasks.services.workspace import Workspace, open_workspace
from voice2task.kernel.errors import ApplicationError, Invalid

MAX_OPERATIONS = 500


class OperationCountInvalid(Invalid):
    code = "count_invalid"
    message = f"1 to {MAX_OPERATIONS} operations at once."


class BulkRefused(Invalid):
    code = "bulk_refused"
    message = "Nothing was changed, since some of the operations cannot be carried out."


@dataclass(frozen=True, slots=True)
class Operation:
    """One change. `name` is one of `OPERATIONS`; `task_id` is null for "create" only.

    `arguments` are those of the service of this name. An operation that was refused before it came here
    carries the `refusal`, and takes part in the result only.
    """

    name: str
    task_id: UUID | None = None
    arguments: Mapping[str, Any] = field(default_factory=dict)
    version: int | None = None
    refusal: ApplicationError | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The task that an operation made or changed, or why it did not."""

    task_id: UUID | None = None
    error: ApplicationError | None = None


def change_many_tasks(
    *, actor: Actor, operations: Sequence[Operation], all_or_none: bool, now: datetime
) -> list[Outcome]:
    """Carry out 1 to `MAX_OPERATIONS` operations in order. What fails changes nothing, the others count.

    Raises:
        OperationCountInvalid
        BulkRefused: one fails and it is to be all or none; `extra["errors"]` tells of each that fails
            (`{index, code, detail, attr}`).
    """
    if not 0 < len(operations) <= MAX_OPERATIONS:
        raise OperationCountInvalid(field="operations")
    with open_workspace(actor, now) as workspace:
        outcomes = [_outcome(workspace, operation) for operation in operations]
        errors = [
            {"index": index, **describe(outcome.error)}
            for index, outcome in enumerate(outcomes)
            if outcome.error
        ]
        if errors and all_or_none:
            raise BulkRefused(extra={"errors": errors})
    return outcomes


def describe(error: ApplicationError) -> dict[str, Any]:
    """`{code, detail, attr}`, as errors look everywhere."""
    return {"code": error.code, "detail": error.message, "attr": error.field}


def _outcome(workspace: Workspace, operation: Operation) -> Outcome:
    if operation.refusal:
        return Outcome(error=operation.refusal)
    task_id, version = operation.task_id, operation.version
    workspace.versions = {task_id: [version]} if task_id and version is not None else {}
    try:
        with workspace.attempt():
            return Outcome(OPERATIONS[operation.name](workspace, operation).id)
    except ApplicationError as error:
        return Outcome(error=error)


def _create(workspace: Workspace, operation: Operation) -> Task:
    return add_tasks(workspace, [operation.arguments])[0]  # type: ignore[list-item]


def _update(workspace: Workspace, operation: Operation) -> Task:
    return change_task(workspace, _named(operation), operation.arguments)  # type: ignore[arg-type]


def _complete(workspace: Workspace, operation: Operation) -> Task:
    changes = [Change(workspace.task(_named(operation)))]
    return complete(workspace, changes, **operation.arguments)[0]


def _reopen(workspace: Workspace, operation: Operation) -> Task:
    return open_again(workspace, [_named(operation)])[0]


def _skip(workspace: Workspace, operation: Operation) -> Task:
    return leave_out(workspace, [_named(operation)])[0]


def _move(workspace: Workspace, operation: Operation) -> Task:
    return put_in_place(workspace, [_named(operation)], Place(**operation.arguments))[0]


def _trash(workspace: Workspace, operation: Operation) -> Task:
    return put_in_trash(workspace, [_named(operation)])[0]


def _restore(workspace: Workspace, operation: Operation) -> Task:
    return take_from_trash(workspace, [_named(operation)])[0]


def _named(operation: Operation) -> UUID:
    if operation.task_id is None:
        raise Invalid("Say which task.", field="id")
    return operation.task_id


OPERATIONS: Mapping[str, Callable[[Workspace, Operation], Task]] = {
    "create": _create,
    "update": _update,
    "complete": _complete,
    "skip": _skip,
    "reopen": _reopen,
    "move": _move,
    "trash": _trash,
    "restore": _restore,
}
