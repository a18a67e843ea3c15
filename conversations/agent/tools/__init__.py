"""The agent's tools. A new one is a file beside these and a row in `voice2task.tables.AGENT_TOOLS`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.actors import Actor
from activities.services import observed_entries
from conversations.agent.policy import Standing, reason_to_ask, rows_of
from conversations.agent.tools.base import JSON, ArgumentsInvalid, Effect, Tool
from conversations.agent.tools.preview import preview_of
from conversations.agent.tools.workflows import workflow_tools
from conversations.services import ApprovalRequired, Effected
from integrations.llm.base import ToolCall, ToolSpec
from voice2task.kernel.errors import NotFound

TOOLS: dict[str, Tool] = {
    name: import_string(f"conversations.agent.tools.{name}.TOOL") for name in settings.AGENT_TOOLS
}


class AnyTool(Protocol):
    """What a provider can be offered: a row of `TOOLS`, or a workflow."""

    @property
    def name(self) -> str: ...

    @property
    def effect(self) -> Effect: ...

    def specification(self) -> ToolSpec: ...

    def check(self, arguments: JSON) -> None: ...

    def call(self, arguments: JSON, *, actor: Actor, now: datetime) -> JSON: ...


class ToolUnknown(NotFound):
    code = "tool_unknown"
    message = "There is no such tool."


def tools_of(user_id: UUID) -> Mapping[str, AnyTool]:
    """Every tool that the agent has for this user, by name."""
    return {**workflow_tools(user_id), **TOOLS}


def run_tool(
    tools: Mapping[str, AnyTool], call: ToolCall, *, actor: Actor, now: datetime, standing: Standing | None
) -> Effected:
    """Run one call in the transaction that is open, and judge what it did.

    `standing` is what the turn has done before; None if the user has approved the call.

    Raises:
        ApprovalRequired: the user must be asked first. The caller takes back what was done.
        ApplicationError: the tool is unknown, its arguments do not fit, or the service refused.
    """
    tool = tools.get(call.name)
    if tool is None:
        raise ToolUnknown
    if call.malformed:
        raise ArgumentsInvalid("arguments: not a JSON object")
    with observed_entries() as entries:
        result = tool.call(call.arguments, actor=actor, now=now)
    if standing is None:
        return Effected(result, rows=0)
    reason = reason_to_ask(tool.name, tool.effect, entries, standing)
    if reason:
        raise ApprovalRequired(reason, preview_of(entries), rows_of(entries))
    return Effected(result, rows=rows_of(entries))


def check_arguments(tools: Mapping[str, AnyTool], name: str, arguments: JSON) -> None:
    """Whether a tool would take these arguments.

    Raises:
        ToolUnknown, ArgumentsInvalid
    """
    tool = tools.get(name)
    if tool is None:
        raise ToolUnknown
    tool.check(arguments)


def choices_in(results: Iterable[JSON]) -> list[JSON]:
    """The numbered choices that the last tool offering some left to the user; empty if none did."""
    offered = [result["choices"] for result in results if result.get("status") == "choices"]
    return list(offered[-1]) if offered else []
