"""The turn engine: a generator over a provider, its tools and the history.

It knows nothing of sockets, queues or tables. Whoever drives it stores each `AnswerFinished` before asking
for the next event, and the toolbox stores each result it returns; the steps stored so far, given back as
`recorded`, are replayed instead of being done again.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from integrations.llm.base import (
    ChatMessage,
    ModelRequest,
    Provider,
    ProviderEvent,
    TextDelta,
    ToolCall,
    ToolCallReady,
)

JSON = dict[str, Any]

MAX_ANSWERS = 8
PARAGRAPH = "\n\n"


class StepLimitReached(Exception):
    """The provider asked for tools again and again without coming to an end."""


@dataclass(frozen=True, slots=True)
class TextAdded:
    """More text of the reply. All of them together are the reply."""

    text: str


@dataclass(frozen=True, slots=True)
class AnswerFinished:
    """The provider's answer is complete; step `index` of the turn."""

    index: int
    text: str
    tool_calls: tuple[ToolCall, ...]


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


AgentEvent = TextAdded | AnswerFinished | ToolStarted | ToolFinished | TurnFinished


class Toolbox(Protocol):
    """Runs tools, each result stored once under its step index."""

    async def run(self, index: int, call: ToolCall) -> JSON: ...


@dataclass(frozen=True, slots=True)
class RecordedSteps:
    """What an earlier worker stored of this turn, by step index."""

    answers: dict[int, AnswerFinished] = field(default_factory=dict)
    results: dict[int, JSON] = field(default_factory=dict)


async def run_turn(
    provider: Provider, tools: Toolbox, request: ModelRequest, recorded: RecordedSteps
) -> AsyncIterator[AgentEvent]:
    """Ask the provider, run the tools it asks for, and ask again until it only speaks.

    Raises:
        integrations.llm.base.ProviderError: the provider could not answer.
        StepLimitReached: after `MAX_ANSWERS` answers that all asked for tools.
    """
    messages = list(request.messages)
    texts: list[str] = []
    results: list[JSON] = []
    index = 0
    for _ in range(MAX_ANSWERS):
        answer = None
        async for event in _answer(
            provider, replace(request, messages=tuple(messages)), recorded, index, texts
        ):
            if isinstance(event, AnswerFinished):
                answer = event
            yield event
        if answer is None:
            raise AssertionError("an answer ends with AnswerFinished")
        messages.append(ChatMessage("assistant", answer.text, answer.tool_calls))
        if answer.text:
            texts.append(answer.text)
        if not answer.tool_calls:
            yield TurnFinished(PARAGRAPH.join(texts), tuple(results))
            return
        index += 1
        for call in answer.tool_calls:
            yield ToolStarted(call)
            result = recorded.results.get(index)
            if result is None:
                result = await tools.run(index, call)
            results.append(result)
            messages.append(ChatMessage("tool", tool_call_id=call.id, result=result))
            yield ToolFinished(call, result)
            index += 1
    raise StepLimitReached


async def _answer(
    provider: Provider, request: ModelRequest, recorded: RecordedSteps, index: int, earlier: Sequence[str]
) -> AsyncIterator[AgentEvent]:
    """One answer, from the record if it is there. Its text is set apart from the text before it."""
    stored = recorded.answers.get(index)
    events = _replay(stored) if stored else provider.stream(request)
    text: list[str] = []
    calls: list[ToolCall] = []
    async for event in events:
        if isinstance(event, TextDelta):
            if event.text:
                yield TextAdded(event.text if text or not earlier else PARAGRAPH + event.text)
                text.append(event.text)
        elif isinstance(event, ToolCallReady):
            calls.append(event.call)
    yield AnswerFinished(index, "".join(text), tuple(calls))


async def _replay(answer: AnswerFinished) -> AsyncIterator[ProviderEvent]:
    if answer.text:
        yield TextDelta(answer.text)
    for call in answer.tool_calls:
        yield ToolCallReady(call)
