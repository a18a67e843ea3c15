"""Which tasks a conversation has lately spoken of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from accounts.actors import Actor
from conversations.models import Turn, TurnStep

# So many turns back somebody may still be talking of the same thing.
RECENT_TURNS = 3


def mentioned_tasks(actor: Actor) -> frozenset[UUID]:
    """The tasks that the tools of the last turns acted on or, alone, showed; not those offered as choices."""
    turn = Turn.objects.filter(id=actor.turn_id).first() if actor.turn_id else None
    if turn is None:
        return frozenset()
    earlier = Turn.objects.filter(conversation_id=turn.conversation_id, seq__lt=turn.seq).order_by("-seq")
    recent = [turn.id, *earlier.values_list("id", flat=True)[:RECENT_TURNS]]
    results = TurnStep.objects.filter(turn_id__in=recent, kind=TurnStep.Kind.TOOL)
    return frozenset(
        task_id for result in results.values_list("result", flat=True) for task_id in _tasks_of(result)
    )


def _tasks_of(result: dict[str, Any]) -> Iterator[UUID]:
    if result.get("status") != "done":
        return
    shown = [result.get("task"), *result.get("tasks", ())]
    for task in shown:
        if isinstance(task, dict) and "id" in task:
            yield UUID(task["id"])
