"""Puts ids of real things into generated requests, wherever the schema says that an id goes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from schemathesis import APIOperation, Case

from tests.doors.world import TOOL

# What stands before an id in a path -> what the id is of.
IN_PATHS = {
    "activities": "activity",
    "approvals": "approval",
    "captures": "capture",
    "conversations": "conversation",
    "deliveries": "delivery",
    "import": "import",
    "labels": "label",
    "lists": "list",
    "memories": "memory",
    "n8n": "run",
    "notifications": "notification",
    "reminders": "reminder",
    "runs": "run",
    "sessions": "login",
    "subscriptions": "subscription",
    "tasks": "task",
    "tokens": "token",
    "turns": "turn",
    "webhooks": "webhook",
    "workflows": "workflow",
}
# Names in queries and bodies; the others are of the same kind as the path's.
BY_NAME = {
    "compensation_id": "workflow",
    "conversation": "conversation",
    "conversation_id": "conversation",
    "endpoint": "webhook",
    "list_id": "list",
    "parent": "task",
    "parent_id": "task",
    "run": "run",
    "subject": "task",
    "turn": "turn",
    "uid": "user",
}
# The client's own to choose: they name nothing that is there already.
CHOSEN = {"id", "client_id"}

Pick = Callable[[str], str]


def kind_in_path(path: str) -> str | None:
    """What the id in a path is of; None if there is none."""
    found = re.search(r"([\w-]+)/\{\w*id\}", path)
    return IN_PATHS[found[1]] if found and found[1] != "executions" else None


def names_things(operation: APIOperation) -> bool:
    return kind_in_path(operation.path) is not None or any(id_fields(operation))


def takes_something(operation: APIOperation) -> bool:
    return any(operation.iter_parameters()) or bool(operation.body)


def feed(case: Case, pick: Pick, *, path: bool = True) -> Case:
    """The same request about other things: `pick` gives the id of a thing of a kind."""
    operation = case.operation
    kind = kind_in_path(operation.path)
    if kind and path:
        (name,) = case.path_parameters
        case.path_parameters = {name: pick(kind)}
    elif "tool" in (case.path_parameters or {}) and path:
        case.path_parameters = {"tool": TOOL}
    for where, name in id_fields(operation):
        given: Any = getattr(case, where)
        # Besides where it was generated, half of the time: the choice is the generated request's own.
        if isinstance(given, dict) and (name in given or len(given) % 2):
            setattr(case, where, {**given, name: pick(BY_NAME.get(name) or kind or "task")})
    return case


def id_fields(operation: APIOperation) -> Iterator[tuple[str, str]]:
    """Where in queries and bodies ids go: ("query", "turn")."""
    described = operation.schema.raw_schema["paths"][operation.path][operation.method]
    for parameter in described.get("parameters", []):
        if parameter["in"] == "query" and parameter["schema"].get("format") == "uuid":
            yield "query", parameter["name"]
    for body in described.get("requestBody", {}).get("content", {}).values():
        properties = _resolved(operation, body["schema"]).get("properties", {})
        for name, schema in properties.items():
            if schema.get("format") == "uuid" and name not in CHOSEN:
                yield "body", name


def _resolved(operation: APIOperation, schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        *_, name = schema["$ref"].split("/")
        schema = operation.schema.raw_schema["components"]["schemas"][name]
    return schema
