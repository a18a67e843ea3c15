"""What a turn starts from: the request to the provider, and the steps an earlier worker has stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from conversations.agent.loop import AnswerFinished, RecordedSteps
from conversations.agent.prompts import system_prompt
from conversations.agent.tools import specifications
from conversations.models import Message, Turn, TurnStep
from conversations.querysets import Claim
from integrations.llm.base import ChatMessage, ModelRequest, ToolCall
from tasks.models import TaskList

HISTORY_TURNS = 10


def load_context(claim: Claim) -> tuple[ModelRequest, RecordedSteps]:
    """Read all that a turn needs to begin or to go on, in a handful of queries.

    The sentence's moment is when it was recorded, in the user's timezone.
    """
    said = Message.objects.filter(turn_id=claim.turn_id, role=Message.Role.USER)
    text, recorded_at, seq, timezone, language = said.values_list(
        "text", "recorded_at", "turn__seq", "user__timezone", "user__language"
    ).get()
    lists = tuple(TaskList.objects.of(claim.user_id).order_by("id").values_list("name", flat=True))
    moment = recorded_at.astimezone(ZoneInfo(timezone))
    request = ModelRequest(
        system=system_prompt(moment=moment, timezone=timezone, lists=lists),
        messages=(*_history(claim.conversation_id, before=seq), ChatMessage("user", text)),
        tools=specifications(),
        moment=moment,
        language=language,
        lists=lists,
    )
    # The first claim of a turn finds no steps.
    return request, _recorded(claim.turn_id) if claim.epoch > 1 else RecordedSteps()


def _history(conversation_id: UUID, *, before: int) -> Iterator[ChatMessage]:
    """The turns before this one, oldest first: what was said, which tools ran, what they answered."""
    earlier = Turn.objects.filter(conversation_id=conversation_id, seq__lt=before).order_by("-seq")
    turn_ids = list(earlier.values_list("id", flat=True)[:HISTORY_TURNS])[::-1]
    if not turn_ids:
        return
    said = {
        row.turn_id: row.text for row in Message.objects.filter(turn_id__in=turn_ids, role=Message.Role.USER)
    }
    steps: dict[UUID, list[TurnStep]] = defaultdict(list)
    for step in TurnStep.objects.filter(turn_id__in=turn_ids).order_by("index"):
        steps[step.turn_id].append(step)
    for turn_id in turn_ids:
        yield ChatMessage("user", said.get(turn_id, ""))
        yield from _spoken(steps[turn_id])


def _spoken(steps: Sequence[TurnStep]) -> Iterator[ChatMessage]:
    for step in steps:
        if step.kind == TurnStep.Kind.ANSWER:
            yield ChatMessage("assistant", step.text, _calls(step))
        else:
            yield ChatMessage("tool", tool_call_id=step.tool_calls[0]["id"], result=step.result)


def _recorded(turn_id: UUID) -> RecordedSteps:
    recorded = RecordedSteps()
    for step in TurnStep.objects.filter(turn_id=turn_id).order_by("index"):
        if step.kind == TurnStep.Kind.ANSWER:
            recorded.answers[step.index] = AnswerFinished(step.index, step.text, _calls(step))
        else:
            recorded.results[step.index] = step.result
    return recorded


def _calls(step: TurnStep) -> tuple[ToolCall, ...]:
    return tuple(ToolCall(call["id"], call["name"], call["arguments"]) for call in step.tool_calls)
