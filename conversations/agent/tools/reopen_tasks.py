from __future__ import annotations

from conversations.agent.tools.base import Tool
from conversations.agent.tools.by_reference import ReferencesInput, runner_of
from tasks import services

TOOL = Tool(
    "reopen_tasks",
    "Open tasks again that were done.",
    "write",
    ReferencesInput,
    runner_of(services.reopen_tasks, prefer_open=False),
)
