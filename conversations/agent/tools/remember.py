from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from accounts.actors import Actor
from conversations import services
from conversations.agent.tools.base import JSON, Tool, ToolInput
from conversations.services.memories import TEXT_LENGTH


class RememberInput(ToolInput):
    text: Annotated[str, Field(min_length=1, max_length=TEXT_LENGTH)] = Field(
        description="The fact, in one sentence that can be understood by itself"
    )


def run(actor: Actor, given: RememberInput, now: datetime) -> JSON:
    memory = services.create_memory(actor=actor, text=given.text, now=now)
    return {"status": "done", "memory": {"id": str(memory.id), "text": memory.text}}


TOOL = Tool(
    "remember",
    "Keep a lasting fact about the user or how they want things done. Not for tasks or single dates.",
    "write",
    RememberInput,
    run,
)
