"""What the tools have in common that do one thing to the tasks that some words name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pydantic import Field

from accounts.actors import Actor
from conversations.agent.tools.base import JSON, ToolInput
from conversations.agent.tools.meaning import find_meant, present_tasks


class ReferencesInput(ToolInput):
    references: list[str] = Field(
        min_length=1, max_length=50, description="For each task its id, or words that name it"
    )


def runner_of(
    service: Callable[..., Any], *, prefer_open: bool = True
) -> Callable[[Actor, ReferencesInput, datetime], JSON]:
    """The `run` of a tool that calls `service(actor, task_ids, now)` for the tasks that are meant."""

    def run(actor: Actor, given: ReferencesInput, now: datetime) -> JSON:
        found, refusal = find_meant(actor, given.references, now, prefer_open=prefer_open)
        if refusal:
            return refusal
        service(actor=actor, task_ids=found, now=now)
        return {"status": "done", "tasks": present_tasks(actor, found, now)}

    return run
