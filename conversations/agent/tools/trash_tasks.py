from __future__ import annotations

from conversations.agent.tools.base import Tool
from conversations.agent.tools.by_reference import ReferencesInput, runner_of
from tasks import services

TOOL = Tool(
    "trash_tasks", "Put tasks into the trash.", "write", ReferencesInput, runner_of(services.trash_tasks)
)
