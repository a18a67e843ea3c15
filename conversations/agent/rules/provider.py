"""The provider that needs no model: it plans by rules and reports what the tools answered."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from conversations.agent.rules.calendar_events import calendar_steps
from conversations.agent.rules.history import (
    last_task_id,
    last_user_index,
    open_choice,
    results_of_others,
    results_since,
)
from conversations.agent.rules.language import Language, nearest_language
from conversations.agent.rules.model import Understanding
from conversations.agent.rules.phrases import Phrases
from conversations.agent.rules.plan import Call, Move, Note, Situation, Step, plan
from conversations.agent.rules.understand import understand_message
from integrations.llm.base import (
    JSON,
    ModelRequest,
    ProviderError,
    ProviderEvent,
    TextDelta,
    ToolCall,
    ToolCallReady,
)

Results = Mapping[str, Mapping[str, Any]]


class RulesProvider:
    """Answers every request by itself, at once and always the same way."""

    name = "rules"
    model = ""

    def body(self, request: ModelRequest) -> dict[str, Any]:
        """Nothing goes over a wire."""
        return {}

    async def stream(self, request: ModelRequest) -> AsyncIterator[ProviderEvent]:
        """Yield the tool calls of the last sentence, or what their results say once they are there.

        Raises:
            ProviderError: the history holds no sentence of the user.
        """
        for event in answer(request):
            yield event


def answer(request: ModelRequest) -> Iterator[ProviderEvent]:
    """The events of one answer; each sentence is a text of its own."""
    index = last_user_index(request.messages)
    if index is None:
        raise ProviderError("no sentence to answer", permanent=True)
    understanding = understand_message(
        request.messages[index].text, request.moment, tuple(request.lists), request.language
    )
    language = nearest_language(understanding.language or request.language)
    phrases = Phrases(language.replies, request.moment)
    if others := results_of_others(request.messages, index):
        # Another engine has begun to act on the sentence and broke off: to plan anew would do it twice.
        yield from _spoken(sentence for tool, result in others for sentence in phrases.result(tool, result))
        return
    steps = _plan(request, index, language, understanding)
    results = results_since(request.messages, index)
    calls = [step.call for step in steps if isinstance(step, Call) and step.call.id not in results]
    if not calls:
        calls = list(_next_calls(steps, results))
    if calls:
        yield from map(ToolCallReady, calls)
        return
    yield from _spoken(_sentences(steps, results, phrases))


def _spoken(sentences: Iterable[str]) -> Iterator[ProviderEvent]:
    for number, sentence in enumerate(sentences):
        yield TextDelta(f" {sentence}" if number else sentence)


def _plan(
    request: ModelRequest, index: int, language: Language, understanding: Understanding
) -> tuple[Step, ...]:
    if (event := calendar_steps(request.messages[index].text, request)) is not None:
        return tuple(event)
    called = {call.name for message in request.messages[index + 1 :] for call in message.tool_calls}
    situation = Situation(
        language=language,
        tools=frozenset(tool.name for tool in request.tools) | called,
        choice=open_choice(request.messages, index),
        last_task_id=last_task_id(request.messages[:index]),
    )
    return plan(understanding, situation)


def _next_calls(steps: tuple[Step, ...], results: Results) -> Iterator[ToolCall]:
    """Calls that follow from results: see `Call`."""
    for step in steps:
        call = _following(step, results) if isinstance(step, Call) else None
        if call is not None and call.id not in results:
            yield call


def _following(step: Call, results: Results) -> ToolCall | None:
    """The last call that follows so far from a step, whether or not it was made already."""
    call_id, result = step.call.id, results[step.call.id]
    if step.move is not None and result.get("status") == "done":
        return _move_call(step, step.move, result["task"])
    if step.otherwise is not None and result.get("status") == "not_found":
        made = results.get(f"{call_id}_new")
        if made is None:
            return ToolCall(f"{call_id}_new", "create_tasks", {"tasks": [step.otherwise]})
        result = made
    if step.lead is not None and result.get("status") == "done" and result.get("tasks"):
        arguments: JSON = {"reference": str(result["tasks"][0]["id"]), "minutes_before": step.lead}
        return ToolCall(f"{call_id}_lead", "set_reminder", arguments)
    return None


def _move_call(step: Call, move: Move, task: Mapping[str, Any]) -> ToolCall | None:
    due = _moved(move, task)
    if due is None:
        return None
    arguments = {"reference": str(task["id"]), "due_at": f"{due:%Y-%m-%dT%H:%M}"}
    return ToolCall(f"{step.call.id}_move", step.call.name, arguments)


def _moved(move: Move, task: Mapping[str, Any]) -> datetime | None:
    """The new due moment of a task, or None where there is nothing to move."""
    old = (
        datetime.fromisoformat(task["due_at"] or task["due_on"]) if task["due_at"] or task["due_on"] else None
    )
    if move.moment is not None:
        return move.moment if old is None else datetime.combine(old.date(), move.moment.timetz())
    if not task["due_at"] or old is None:
        return None
    return (old.astimezone(UTC) + move.shift).astimezone(old.tzinfo)


def _sentences(steps: tuple[Step, ...], results: Results, phrases: Phrases) -> Iterator[str]:
    for step in steps:
        if isinstance(step, Note):
            yield phrases.say(step.reply, **step.words)
        else:
            for tool, result in _told(step, results):
                yield from phrases.result(tool, result)


def _told(step: Call, results: Results) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(tool, result) of what came of a step: a call that another one made up for is not told of."""
    call_id, name = step.call.id, step.call.name
    moved, made, reminds = (results.get(f"{call_id}_{end}") for end in ("move", "new", "lead"))
    yield ("create_tasks", made) if made is not None else (name, moved or results[call_id])
    if reminds is not None:
        yield "set_reminder", reminds
