"""The agent's tools. A new one is a file beside these and a row in `TOOLS`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from accounts.actors import Actor
from conversations.agent.tools import (
    complete_tasks,
    create_tasks,
    find_tasks,
    reopen_tasks,
    trash_tasks,
    undo_last,
    update_task,
)
from conversations.agent.tools.base import JSON, Tool
from integrations.llm.base import ToolCall, ToolSpec
from voice2task.kernel.errors import NotFound

TOOLS: dict[str, Tool] = {
    module.TOOL.name: module.TOOL
    for module in (
        create_tasks,
        find_tasks,
        update_task,
        complete_tasks,
        reopen_tasks,
        trash_tasks,
        undo_last,
    )
}


class ToolUnknown(NotFound):
    code = "tool_unknown"
    message = "There is no such tool."


@lru_cache(maxsize=1)
def specifications() -> tuple[ToolSpec, ...]:
    """What a provider is told of every tool."""
    return tuple(tool.specification() for tool in TOOLS.values())


def run_tool(call: ToolCall, *, actor: Actor, now: datetime) -> JSON:
    """Run one call in the transaction that is open.

    Raises:
        ApplicationError: the tool is unknown, its arguments do not fit, or the service refused.
    """
    tool = TOOLS.get(call.name)
    if tool is None:
        raise ToolUnknown
    return tool.call(call.arguments, actor=actor, now=now)


def choices_in(results: Iterable[JSON]) -> list[JSON]:
    """The numbered choices that the last tool offering some left to the user; empty if none did."""
    offered = [result["choices"] for result in results if result.get("status") == "choices"]
    return list(offered[-1]) if offered else []
