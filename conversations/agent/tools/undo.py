from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import Field

from accounts.actors import Actor
from conversations import services
from conversations.agent.tools.base import JSON, Tool, ToolInput


class UndoInput(ToolInput):
    turn_id: UUID | None = Field(
        default=None, description="The turn to undo, if it is not what was done last: its id, as told to you"
    )


def run(actor: Actor, given: UndoInput, now: datetime) -> JSON:
    if given.turn_id is None:
        undone = services.undo_last(actor=actor, now=now)
    else:
        undone = services.undo_turn(actor=actor, turn_id=given.turn_id, now=now)
    if not undone.undone and not undone.conflicts:
        return {"status": "nothing"}
    return {
        "status": "done",
        "undone": [{"kind": change.kind, "title": change.name} for change in undone.undone],
        "conflicts": [{"title": conflict.name, "fields": conflict.fields} for conflict in undone.conflicts],
    }


TOOL = Tool(
    "undo", "Take back what was done last, or what one turn did, as a whole.", "write", UndoInput, run
)
