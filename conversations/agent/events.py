"""What a turn's engine tells whoever drives it, in the order in which it happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from integrations.llm.base import ToolCall

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class AnswerStarted:
    """Text from here on belongs to another answer."""


class TextAdded(NamedTuple):
    """More text of the reply. All of them together are the reply."""

    text: str


@dataclass(frozen=True, slots=True)
class TextWithdrawn:
    """The text of the answer that is being given does not count, or with `everything`, that of the turn."""

    everything: bool = False


@dataclass(frozen=True, slots=True)
class AnswerFinished:
    """An engine's answer is complete; step `index` of the turn.

    `unsupported` are sentences that claim what no tool has done: the text is not part of the reply then.
    """

    index: int
    text: str
    tool_calls: tuple[ToolCall, ...]
    engine: str = ""
    unsupported: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ToolStarted:
    call: ToolCall


@dataclass(frozen=True, slots=True)
class ToolFinished:
    call: ToolCall
    result: JSON


@dataclass(frozen=True, slots=True)
class TurnFinished:
    """The reply as a whole, and the results of every tool that ran."""

    text: str
    results: tuple[JSON, ...]


AgentEvent = (
    AnswerStarted | TextAdded | TextWithdrawn | AnswerFinished | ToolStarted | ToolFinished | TurnFinished
)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What this answer has said so far is void: its engine broke off, and another begins anew."""
