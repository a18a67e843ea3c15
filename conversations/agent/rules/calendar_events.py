"""“Put lunch with Anna on my calendar on Friday”: an event, which a workflow makes, and not a task."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from conversations.agent.rules.history import CALL_PREFIX
from conversations.agent.rules.plan import Call, Note, Step
from conversations.agent.rules.understand import understand
from integrations.llm.base import JSON, ModelRequest, ToolCall, ToolSpec

CAPABILITY = "calendar_event"
LENGTH = timedelta(hours=1)
ASKED = re.compile(
    r"^\s*(?:(?:please|can you|could you)\s+)*(?:put|add|enter|schedule|create|make|note)\s+"
    r"(?P<what>.+?)\s+(?:on|in|into|to|onto)\s+(?:my|the)\s+calendar\b[\s,]*(?P<when>.*?)[\s.!?]*$",
    re.IGNORECASE | re.DOTALL,
)


def calendar_steps(text: str, request: ModelRequest) -> Sequence[Step] | None:
    """What to do about a sentence that asks for an event in the calendar; None if it does not."""
    asked = ASKED.match(text)
    if asked is None:
        return None
    tool = next((tool for tool in request.tools if tool.capability == CAPABILITY), None)
    if tool is None:
        return (Note("no_calendar"),)
    found = understand(f"add {asked['what']} {asked['when']}", now=request.moment, preferred="en")
    command = found.commands[0] if len(found.commands) == 1 else None
    if command is None or command.title is None or command.due is None:
        return (Note("calendar_when"),)
    arguments = _arguments(command.title.value, command.due.value, tool)
    return (Call(ToolCall(f"{CALL_PREFIX}1", tool.name, arguments)),)


def _arguments(title: str, due: date, tool: ToolSpec) -> JSON:
    """What the tool's schema has a name for, of a title, a start, an end and whether it takes whole days."""
    whole_day = not isinstance(due, datetime)
    length = timedelta(days=1) if whole_day else LENGTH
    known = {
        "title": title,
        "start": due.isoformat(),
        "end": (due + length).isoformat(),
        "all_day": whole_day,
    }
    properties = tool.parameters.get("properties", {})
    return {name: value for name, value in known.items() if name in properties}
