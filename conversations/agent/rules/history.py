"""What a history says: the last sentence, the task spoken of, and what there is to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from integrations.llm.base import ChatMessage, ToolCall

# What the ids of the rules' own calls begin with.
CALL_PREFIX = "rules_"


@dataclass(frozen=True, slots=True)
class OpenChoice:
    """A call that was answered with choices, and these."""

    call: ToolCall
    reference: str
    task_ids: tuple[str, ...]


def last_user_index(messages: Sequence[ChatMessage]) -> int | None:
    """Where the user spoke last."""
    indices = range(len(messages) - 1, -1, -1)
    return next((i for i in indices if messages[i].role == "user" and not messages[i].is_note), None)


def results_since(messages: Sequence[ChatMessage], index: int) -> dict[str, Mapping[str, Any]]:
    """The results of the tool calls made after the message at `index`, by call."""
    return {m.tool_call_id: m.result for m in messages[index + 1 :] if m.role == "tool"}


def open_choice(messages: Sequence[ChatMessage], index: int) -> OpenChoice | None:
    """The choices that the turn directly before the user's message at `index` ended with."""
    for position in range(index - 1, -1, -1):
        message = messages[position]
        if message.role == "user":
            return None
        if message.role == "tool" and message.result.get("status") == "choices":
            call = _call(messages[:position], message.tool_call_id)
            ids = tuple(str(choice["task"]["id"]) for choice in message.result.get("choices", ()))
            if call is None or not ids:
                return None
            return OpenChoice(call, str(message.result.get("reference", "")), ids)
    return None


def _call(messages: Sequence[ChatMessage], call_id: str) -> ToolCall | None:
    """The newest call of that id: ids are unique within a turn only."""
    calls = (call for message in reversed(messages) for call in message.tool_calls if call.id == call_id)
    return next(calls, None)


def results_of_others(messages: Sequence[ChatMessage], index: int) -> list[tuple[str, Mapping[str, Any]]]:
    """(tool, result) of the calls that other engines made since the message at `index`, errors left out."""
    names = {call.id: call.name for message in messages[index + 1 :] for call in message.tool_calls}
    return [
        (names[message.tool_call_id], message.result)
        for message in messages[index + 1 :]
        if message.role == "tool"
        and not message.tool_call_id.startswith(CALL_PREFIX)
        and message.tool_call_id in names
        and message.result.get("status") != "error"
    ]


def last_task_id(messages: Sequence[ChatMessage]) -> str | None:
    """The task that a tool last told of, which "it" means; None if it told of none or of several."""
    for message in reversed(messages):
        if message.role != "tool":
            continue
        tasks = [*message.result.get("tasks", ()), *filter(None, [message.result.get("task")])]
        if len(tasks) == 1:
            return str(tasks[0]["id"])
        if tasks:
            return None
    return None
