"""Which words of the user's message gave which field of a task, for clients that show what was understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from conversations.agent.rules.history import last_user_index
from conversations.agent.rules.model import Command, Field, Span
from conversations.agent.rules.understand import understand_message
from integrations.llm.base import JSON, ModelRequest, ToolCall

# The fields that are found in words, and the arguments of tools that hold them.
FIELDS = {
    "title": ("title",),
    "due": ("due_on", "due_at"),
    "rrule": ("rrule",),
    "priority": ("priority",),
    "list": ("list",),
    "labels": ("labels",),
}
# From 0 to 100: how like what was understood a title must be to come from the same words.
ALIKE = 80.0


def with_source_spans(
    call: ToolCall, request: ModelRequest, message_id: UUID, *, correction: JSON | None = None
) -> ToolCall:
    """The call, with the spans of each task that it creates, or of the one that it changes.

    `{field: {"message_id", "start", "end"}}`, in characters of the message; the due has `corrected` as well
    where the words have won over the date that a model gave. What other words gave has no span.
    """
    tasks = _tasks(call)
    index = last_user_index(request.messages)
    if not tasks or index is None:
        return call
    lists = tuple(request.lists)
    words = request.messages[index].text
    commands = understand_message(words, request.moment, lists, request.language).commands
    spanned = [_with_spans(task, commands, message_id, correction) for task in tasks]
    arguments = spanned[0] if call.name == "update_task" else {**call.arguments, "tasks": spanned}
    return replace(call, arguments=arguments)


def _tasks(call: ToolCall) -> list[JSON]:
    if call.malformed:
        return []
    if call.name == "update_task":
        return [call.arguments]
    tasks = call.arguments.get("tasks") if call.name == "create_tasks" else None
    # The tool refuses anything else with a message of its own.
    return tasks if isinstance(tasks, list) and all(isinstance(task, dict) for task in tasks) else []


def _with_spans(task: JSON, commands: Sequence[Command], message_id: UUID, correction: JSON | None) -> JSON:
    command = _command_of(task, commands)
    if command is None:
        return task
    spans: JSON = {}
    for name, arguments in FIELDS.items():
        span = _span(getattr(command, name))
        if span is not None and any(task.get(argument) is not None for argument in arguments):
            spans[name] = {"message_id": str(message_id), "start": span.start, "end": span.end}
    if correction and "due" in spans:
        spans["due"]["corrected"] = correction
    return {**task, "source_span": spans} if spans else task


def _command_of(task: JSON, commands: Sequence[Command]) -> Command | None:
    """The command that speaks of the task: the likest, or the only one that changes something."""
    words = str(task.get("title") or task.get("reference") or "")
    best = max(commands, key=lambda command: _likeness(command, words), default=None)
    if best is not None and _likeness(best, words) >= ALIKE:
        return best
    return commands[0] if len(commands) == 1 and commands[0].intent == "update" else None


def _likeness(command: Command, words: str) -> float:
    named = command.title or command.reference
    return fuzz.token_set_ratio(words, named.value, processor=default_process) if named else 0.0


def _span(field: Field[Any] | tuple[Field[Any], ...] | None) -> Span | None:
    if not field:
        return None
    if isinstance(field, tuple):
        return Span(min(one.span.start for one in field), max(one.span.end for one in field))
    return field.span
