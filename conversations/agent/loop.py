"""The turn engine: a generator over engines that answer, tools that act, and the history.

It knows nothing of sockets, queues or tables. Whoever drives it stores each `AnswerFinished` before asking
for the next event, and the toolbox stores each result it returns; the steps stored so far, given back as
`recorded`, are replayed instead of being done again.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from conversations.agent.events import (
    AgentEvent,
    AnswerFinished,
    AnswerStarted,
    TextAdded,
    TextWithdrawn,
    ToolFinished,
    ToolStarted,
    TurnFinished,
    Withdrawn,
)
from conversations.agent.fencing import fence
from conversations.agent.reporting import correction_note, report
from integrations.llm.base import (
    ChatMessage,
    ModelRequest,
    ProviderEvent,
    TextDelta,
    ToolCall,
    ToolCallReady,
    Usage,
)

JSON = dict[str, Any]

MAX_ANSWERS = 8
MAX_CALLS_AT_ONCE = 32
# How often a turn's wrong arguments go back to the model; once more, and another engine takes over.
MAX_WRONG_CALLS = 2
MAX_CORRECTIONS = 1
# With fewer output tokens left than this nothing sensible can be said.
LEAST_OUTPUT_TOKENS = 64
CHARACTERS_PER_TOKEN = 4
WRONG_CALL = frozenset({"arguments_invalid", "tool_unknown"})
PARAGRAPH = "\n\n"


class Engines(Protocol):
    """The engines that may answer, in order of preference."""

    @property
    def name(self) -> str:
        """The engine that answered last."""
        ...

    @property
    def checked(self) -> bool:
        """Whether what that engine says must be compared with what was done."""
        ...

    def answer(self, index: int, request: ModelRequest) -> AsyncIterator[ProviderEvent | Withdrawn]:
        """One answer, as step `index`.

        Raises:
            integrations.llm.base.ProviderError: no engine could answer.
        """
        ...

    def give_up_on(self, name: str, code: str) -> None:
        """Ask this engine no more in this turn."""
        ...


class Toolbox(Protocol):
    """Runs tools, each result stored once under its step index."""

    async def run(self, index: int, call: ToolCall) -> JSON:
        """Run a tool and, where its work is done elsewhere, wait for the end of it."""
        ...

    async def settle(self, index: int, call: ToolCall, result: JSON) -> JSON:
        """The final result of a tool whose stored result says that it is still running."""
        ...

    async def unsupported(self, text: str, results: Sequence[JSON]) -> tuple[str, ...]:
        """The sentences of `text` that claim what nothing shows to be done."""
        ...


@dataclass(frozen=True, slots=True)
class RecordedSteps:
    """What an earlier worker stored of this turn, by step index."""

    answers: dict[int, AnswerFinished] = field(default_factory=dict)
    results: dict[int, JSON] = field(default_factory=dict)


class Conversing:
    """One turn from its first answer to its end: `async for event in Conversing(...).run()`."""

    def __init__(
        self,
        engines: Engines,
        tools: Toolbox,
        request: ModelRequest,
        recorded: RecordedSteps,
        *,
        max_output_tokens: int,
    ) -> None:
        self._engines = engines
        self._tools = tools
        self._request = request
        self._recorded = recorded
        self._tokens_left = max_output_tokens
        self._messages = list(request.messages)
        self._texts: list[str] = []
        self._done: list[tuple[str, JSON]] = []
        self._ids: set[str] = set()
        self._index = 0
        self._wrong_calls = 0
        self._corrections = 0
        self._answer: AnswerFinished | None = None

    async def run(self) -> AsyncGenerator[AgentEvent]:
        """Ask an engine, run the tools it asks for, and ask again until it only speaks.

        The last of `MAX_ANSWERS` answers, and one for which hardly any tokens are left, may not ask for
        tools; what such an answer asks for is not done.

        Raises:
            integrations.llm.base.ProviderError: no engine could answer.
        """
        for number in range(MAX_ANSWERS):
            if self._tokens_left < LEAST_OUTPUT_TOKENS:
                break
            async for event in self._next_answer(may_call_tools=number < MAX_ANSWERS - 1):
                yield event
            answer = self._given()
            if answer.tool_calls:
                async for event in self._run_tools(answer):
                    yield event
                if any(result.get("status") == "expired" for _, result in self._done):
                    break
            elif not answer.unsupported:
                yield self._finished()
                return
            elif self._corrections > MAX_CORRECTIONS:
                break
        yield TextAdded(self._apart(text := report(self._request, self._done)))
        self._texts.append(text)
        yield self._finished()

    async def _next_answer(self, *, may_call_tools: bool) -> AsyncGenerator[AgentEvent]:
        """Stream one answer and, if it ends the turn, hold it against what was done."""
        yield AnswerStarted()
        text: list[str] = []
        calls: list[ToolCall] = []
        recorded = self._recorded.answers.get(self._index)
        tokens: int | None = None
        async for event in _replay(recorded) if recorded else self._ask(may_call_tools):
            match event:
                case TextDelta(piece) if piece:
                    yield TextAdded(piece if text else self._apart(piece))
                    text.append(piece)
                case ToolCallReady(call):
                    calls.append(call)
                case Usage():
                    tokens = event.output_tokens
                case Withdrawn():
                    text, calls, tokens = [], [], None
                    yield TextWithdrawn()
        said = "".join(text)
        self._tokens_left -= tokens if tokens is not None else _tokens_of(said, calls)
        kept = self._unique(calls) if may_call_tools else ()
        if recorded:
            unsupported = recorded.unsupported
        elif said or kept:
            unsupported = await self._unsupported(said, kept)
        else:
            # A tool that ran is a success, whatever the model has to say to it.
            said, unsupported = report(self._request, self._done), ()
            yield TextAdded(self._apart(said))
        if unsupported:
            yield TextWithdrawn(everything=True)
        engine = recorded.engine if recorded else self._engines.name
        self._answer = AnswerFinished(self._index, said, kept, engine, unsupported)
        yield self._answer
        self._remember(self._answer)

    def _ask(self, may_call_tools: bool) -> AsyncIterator[ProviderEvent | Withdrawn]:
        request = replace(
            self._request,
            messages=tuple(self._messages),
            may_call_tools=may_call_tools,
            max_output_tokens=min(self._request.max_output_tokens, self._tokens_left),
        )
        return self._engines.answer(self._index, request)

    async def _unsupported(self, said: str, calls: Sequence[ToolCall]) -> tuple[str, ...]:
        if calls or not self._engines.checked:
            return ()
        whole = PARAGRAPH.join([*self._texts, said])
        return await self._tools.unsupported(whole, [result for _, result in self._done])

    def _remember(self, answer: AnswerFinished) -> None:
        self._index += 1
        self._messages.append(ChatMessage("assistant", answer.text, answer.tool_calls))
        if answer.unsupported:
            self._texts.clear()
            self._corrections += 1
            note = correction_note(answer.unsupported)
            self._messages.append(ChatMessage("user", note, is_note=True))
        elif answer.text:
            self._texts.append(answer.text)

    async def _run_tools(self, answer: AnswerFinished) -> AsyncGenerator[AgentEvent]:
        for call in answer.tool_calls:
            yield ToolStarted(call)
            result = self._recorded.results.get(self._index)
            if result is None:
                result = await self._tools.run(self._index, call)
            if result.get("status") == "running":
                result = await self._tools.settle(self._index, call, result)
            self._done.append((call.name, result))
            self._messages.append(ChatMessage("tool", tool_call_id=call.id, result=fence(result)))
            yield ToolFinished(call, result)
            self._index += 1
            self._wrong_calls += result.get("code") in WRONG_CALL
            if result.get("status") == "expired":
                return
        if self._wrong_calls > MAX_WRONG_CALLS:
            self._wrong_calls = 0
            self._engines.give_up_on(answer.engine, "arguments_invalid")

    def _unique(self, calls: Sequence[ToolCall]) -> tuple[ToolCall, ...]:
        """Calls under ids that name one call of the turn each: not every server takes care of that."""
        unique = []
        for number, call in enumerate(calls[:MAX_CALLS_AT_ONCE], start=self._index + 1):
            call_id = call.id if call.id and call.id not in self._ids else f"{call.id or 'call'}_{number}"
            self._ids.add(call_id)
            unique.append(replace(call, id=call_id))
        return tuple(unique)

    def _apart(self, text: str) -> str:
        return PARAGRAPH + text if self._texts else text

    def _given(self) -> AnswerFinished:
        if self._answer is None:
            raise AssertionError("an answer ends with AnswerFinished")
        return self._answer

    def _finished(self) -> TurnFinished:
        return TurnFinished(PARAGRAPH.join(self._texts), tuple(result for _, result in self._done))


async def _replay(answer: AnswerFinished) -> AsyncIterator[ProviderEvent]:
    if answer.text:
        yield TextDelta(answer.text)
    for call in answer.tool_calls:
        yield ToolCallReady(call)


def _tokens_of(text: str, calls: Sequence[ToolCall]) -> int:
    """About how many tokens an answer took whose engine does not say."""
    return (len(text) + sum(len(str(call.arguments)) for call in calls)) // CHARACTERS_PER_TOKEN
