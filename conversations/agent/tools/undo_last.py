from __future__ import annotations

from datetime import datetime

from accounts.actors import Actor
from conversations.agent.tools.base import JSON, Tool, ToolInput
from tasks import services


class UndoLastInput(ToolInput):
    """Takes nothing: what was done last is known."""


def run(actor: Actor, given: UndoLastInput, now: datetime) -> JSON:
    undone = services.undo_last(actor=actor, now=now)
    if not undone.undone and not undone.conflicts:
        return {"status": "nothing"}
    return {
        "status": "done",
        "undone": [{"kind": change.kind, "title": change.name} for change in undone.undone],
        "conflicts": [{"title": conflict.name, "fields": conflict.fields} for conflict in undone.conflicts],
    }


TOOL = Tool("undo_last", "Take back what was done to tasks last.", "write", UndoLastInput, run)
