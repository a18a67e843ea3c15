"""What a model is told of earlier turns: the newest in full, within a budget; older ones in a line each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from conversations.agent.fencing import fence, is_untrusted
from conversations.models import Message, Turn, TurnStep
from conversations.receipts import receipts_of
from integrations.llm.base import ChatMessage, ToolCall

JSON = dict[str, Any]

# About 6,000 tokens, at four bytes each: more costs every turn of a long conversation without helping it.
BUDGET_BYTES = 24_000
TURNS_READ = 30
SUMMARISED_TURNS = 20
SAID_CHARACTERS = 80
NAMED_RECEIPTS = 5
# A result that is older than the turn itself: what stands beyond this is read again with a tool.
LONGEST_LIST = 20
LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True)
class History:
    """`messages` oldest first; `earlier` one line for each turn before them; `tainted` as in `policy`."""

    messages: tuple[ChatMessage, ...]
    earlier: tuple[str, ...]
    tainted: bool


@dataclass(frozen=True, slots=True)
class _Past:
    id: UUID
    messages: list[ChatMessage]
    tainted: bool

    @property
    def size(self) -> int:
        return sum(
            len(message.text.encode())
            + len(orjson.dumps(message.result))
            + sum(len(orjson.dumps(call.arguments)) for call in message.tool_calls)
            for message in self.messages
        )


def read_history(conversation_id: UUID, *, before: int) -> History:
    """The turns of a conversation before the one with seq `before`."""
    earlier = Turn.objects.filter(conversation_id=conversation_id, seq__lt=before).order_by("-seq")
    turn_ids = list(earlier.values_list("id", flat=True)[:TURNS_READ])
    if not turn_ids:
        return History((), (), tainted=False)
    given: list[_Past] = []
    left = BUDGET_BYTES
    pasts = list(_pasts(turn_ids))
    for past in pasts:
        left -= past.size
        # The turn before is always given: this one may be an answer to it.
        if left < 0 and given:
            break
        given.append(past)
    return History(
        messages=tuple(message for past in reversed(given) for message in past.messages),
        earlier=tuple(_summaries(pasts[len(given) :][:SUMMARISED_TURNS])),
        tainted=any(past.tainted for past in given),
    )


def calls_of(step: TurnStep) -> tuple[ToolCall, ...]:
    return tuple(
        ToolCall(call["id"], call["name"], call["arguments"], call.get("malformed", ""))
        for call in step.tool_calls
    )


def _pasts(turn_ids: Sequence[UUID]) -> Iterator[_Past]:
    said: dict[UUID, dict[str, str]] = defaultdict(dict)
    for row in Message.objects.filter(turn_id__in=turn_ids):
        said[row.turn_id][row.role] = row.text
    steps: dict[UUID, list[TurnStep]] = defaultdict(list)
    for step in TurnStep.objects.filter(turn_id__in=turn_ids).order_by("index"):
        steps[step.turn_id].append(step)
    for turn_id in turn_ids:
        tainted = any(is_untrusted(step.result) for step in steps[turn_id])
        yield _Past(turn_id, list(_told(said[turn_id], steps[turn_id])), tainted)


def _told(said: Mapping[str, str], steps: Sequence[TurnStep]) -> Iterator[ChatMessage]:
    """What was said, which tools ran, what they answered. What was withdrawn was never said."""
    yield ChatMessage("user", said.get(Message.Role.USER, ""))
    spoken = ""
    for step in steps:
        if step.kind == TurnStep.Kind.TOOL:
            yield ChatMessage(
                "tool", tool_call_id=step.tool_calls[0]["id"], result=fence(trimmed(step.result))
            )
        elif step.unsupported:
            spoken = ""
        else:
            spoken = step.text
            yield ChatMessage("assistant", step.text, calls_of(step))
    reply = said.get(Message.Role.ASSISTANT, "")
    if reply and (not spoken or not reply.endswith(spoken)):
        yield ChatMessage("assistant", reply)


def trimmed(value: Any) -> Any:
    """A JSON value with long lists and long texts cut, and a word where something is missing."""
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return value[:LONGEST_TEXT] + " …"
    if isinstance(value, list):
        kept = [trimmed(item) for item in value[:LONGEST_LIST]]
        more = len(value) - LONGEST_LIST
        return [*kept, {"left_out": more}] if more > 0 else kept
    if isinstance(value, dict):
        return {name: trimmed(item) for name, item in value.items()}
    return value


def _summaries(pasts: Sequence[_Past]) -> Iterator[str]:
    receipts = receipts_of([past.id for past in pasts])
    for past in reversed(pasts):
        said = " ".join(past.messages[0].text.split())[:SAID_CHARACTERS]
        yield f"- turn {past.id}: the user said “{said}”; {_done(receipts.get(past.id, []))}"


def _done(receipts: Sequence[JSON]) -> str:
    named = [f"{receipt['kind']} “{receipt['title']}”" for receipt in receipts[:NAMED_RECEIPTS]]
    if len(receipts) > NAMED_RECEIPTS:
        named.append(f"and {len(receipts) - NAMED_RECEIPTS} more")
    return ", ".join(named) or "nothing was changed"
