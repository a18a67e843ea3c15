"""What a model is told of earlier turns: the newest in full, within a budget; older ones in a line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from conversations.agent.fencing import fence, is_untrusted
from conversations.claim_querysets import PastTurn, StoredStep
from conversations.models import Message, TurnStep
from conversations.receipts import receipts_of
from integrations.llm.base import ChatMessage, ToolCall

JSON = dict[str, Any]

# About 6,000 tokens, at four bytes each: more costs every turn of a long conversation without helping it.
BUDGET_BYTES = 24_000
SUMMARISED_TURNS = 20
SAID_CHARACTERS = 80
NAMED_RECEIPTS = 5
# A result that is older than the turn itself: what stands beyond this is read again with a tool.
LONGEST_LIST = 20
LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True)
class History:
    """`messages` oldest first; the turns before them, newest first, in no more than a line; `tainted` as in
    `policy`.
    """

    messages: tuple[ChatMessage, ...] = ()
    before: Sequence[PastTurn] = ()
    tainted: bool = False


def history_of(earlier: Sequence[PastTurn]) -> History:
    """What of the turns before, newest first, is given in full, and which are not."""
    given: list[list[ChatMessage]] = []
    tainted = False
    left = BUDGET_BYTES
    for past in earlier:
        messages = list(_told(past))
        left -= sum(map(_size, messages))
        # The turn before is always given: this one may be an answer to it.
        if left < 0 and given:
            break
        given.append(messages)
        tainted = tainted or any(is_untrusted(step.result) for step in past.steps)
    told = tuple(message for messages in reversed(given) for message in messages)
    return History(told, earlier[len(given) :][:SUMMARISED_TURNS], tainted)


def summaries_of(turns: Sequence[PastTurn]) -> tuple[str, ...]:
    """A line of each turn, oldest first: what was said, and what was done. Reads the receipts."""
    receipts = receipts_of([past.id for past in turns])
    return tuple(
        f"- turn {past.id}: the user said “{_shortly(past)}”; {_done(receipts.get(past.id, []))}"
        for past in reversed(turns)
    )


def calls_of(step: StoredStep) -> tuple[ToolCall, ...]:
    return tuple(
        ToolCall(call["id"], call["name"], call["arguments"], call.get("malformed", ""))
        for call in step.tool_calls
    )


def _size(message: ChatMessage) -> int:
    arguments = sum(len(orjson.dumps(call.arguments)) for call in message.tool_calls)
    return len(message.text.encode()) + len(orjson.dumps(message.result)) + arguments


def _shortly(past: PastTurn) -> str:
    return " ".join(past.said.get(Message.Role.USER, "").split())[:SAID_CHARACTERS]


def _told(past: PastTurn) -> Iterator[ChatMessage]:
    """What was said, which tools ran, what they answered. What was withdrawn was never said."""
    yield ChatMessage("user", past.said.get(Message.Role.USER, ""))
    spoken = ""
    for step in past.steps:
        if step.kind == TurnStep.Kind.TOOL:
            yield ChatMessage(
                "tool", tool_call_id=step.tool_calls[0]["id"], result=fence(trimmed(step.result))
            )
        elif step.unsupported:
            spoken = ""
        else:
            spoken = step.text
            yield ChatMessage("assistant", step.text, calls_of(step))
    reply = past.said.get(Message.Role.ASSISTANT, "")
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


def _done(receipts: Sequence[JSON]) -> str:
    named = [f"{receipt['kind']} “{receipt['title']}”" for receipt in receipts[:NAMED_RECEIPTS]]
    if len(receipts) > NAMED_RECEIPTS:
        named.append(f"and {len(receipts) - NAMED_RECEIPTS} more")
    return ", ".join(named) or "nothing was changed"
