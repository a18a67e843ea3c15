from __future__ import annotations

from conversations.agent.tools.base import Tool
from conversations.agent.tools.by_reference import ReferencesInput, runner_of
from tasks import services

TOOL = Tool(
    "skip_occurrence",
    "Leave out the next occurrence of tasks that repeat: they are due at the one after, and not done.",
    "write",
    ReferencesInput,
    runner_of(services.skip_occurrences),
)
