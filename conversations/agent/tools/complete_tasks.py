from __future__ import annotations

from conversations.agent.tools.base import Tool
from conversations.agent.tools.by_reference import ReferencesInput, runner_of
from tasks import services

TOOL = Tool(
    "complete_tasks", "Mark tasks as done.", "write", ReferencesInput, runner_of(services.complete_tasks)
)
