"""From what was understood to the calls of tools that do it, and to remarks where no tool can."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any

from conversations.agent.rules.history import CALL_PREFIX, OpenChoice
from conversations.agent.rules.language import Language
from conversations.agent.rules.model import ALL, LAST, Command, Due, Intent, Query, Understanding
from integrations.llm.base import JSON, ToolCall

_REFERENCE_TOOLS = {"complete": "complete_tasks", "delete": "trash_tasks", "reopen": "reopen_tasks"}
# When a reminder comes that was put off to a day.
_DAY_BEGINS = time(9)
_UNSUPPORTED = frozenset({"silence", "pause", "resume", "restart"})


@dataclass(frozen=True, slots=True)
class Note:
    """A remark: the name of a reply and what fills it."""

    reply: str
    words: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Move:
    """A new due moment that hangs on the old one: so much later, or the time of `moment` on the same day.

    A task that is not due yet takes `moment` as it is.
    """

    shift: timedelta = timedelta(0)
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A tool call, and those that follow once its result is there.

    `move` sets the due moment of the task that the result tells of. `otherwise` is the task to make where the
    call found none. `lead` reminds of a task that was made, so many minutes before it is due.
    """

    call: ToolCall
    move: Move | None = None
    otherwise: JSON | None = None
    lead: int | None = None


Step = Call | Note


@dataclass(frozen=True, slots=True)
class Situation:
    """What a plan depends on besides the sentence."""

    language: Language
    tools: frozenset[str]
    choice: OpenChoice | None = None
    last_task_id: str | None = None


@dataclass(frozen=True, slots=True)
class _Draft:
    tool: str
    arguments: JSON
    move: Move | None = None
    otherwise: JSON | None = None
    lead: int | None = None

    def call(self, call_id: str) -> Call:
        return Call(ToolCall(call_id, self.tool, self.arguments), self.move, self.otherwise, self.lead)

    def joins(self, other: _Draft) -> bool:
        """Whether both can be one call."""
        return self.tool == other.tool and self.lead is None and other.lead is None


def plan(understanding: Understanding, situation: Situation) -> tuple[Step, ...]:
    """The steps that carry out a sentence, in its order. Calls are numbered from "rules_1"."""
    if understanding.too_long:
        return (Note("too_long"),)
    if not understanding.commands:
        return (Note("nothing_said"),)
    drafts: list[_Draft | Note] = []
    for command in understanding.commands:
        for draft in _drafts(command, situation):
            _append(drafts, _allowed(draft, situation))
    if not understanding.language:
        drafts.append(Note("unknown_language" if understanding.commands[0].title else "nothing_said"))
    steps: list[Step] = []
    for draft in drafts:
        if isinstance(draft, Note):
            steps.append(draft)
        else:
            number = sum(isinstance(step, Call) for step in steps) + 1
            steps.append(draft.call(f"{CALL_PREFIX}{number}"))
    return tuple(steps)


def _allowed(draft: _Draft | Note, situation: Situation) -> _Draft | Note:
    if isinstance(draft, Note) or draft.tool in situation.tools:
        return draft
    return Note("no_tool", {"what": situation.language.replies[f"tool_{draft.tool}"]})


def _append(drafts: list[_Draft | Note], draft: _Draft | Note) -> None:
    """Add a draft, joining neighbours that one call can do."""
    last = drafts[-1] if drafts else None
    if isinstance(draft, _Draft) and isinstance(last, _Draft) and last.joins(draft):
        for key in ("tasks", "references"):
            if key in draft.arguments:
                last.arguments[key].extend(draft.arguments[key])
                return
    if not (isinstance(draft, Note) and draft == last):
        drafts.append(draft)


def _drafts(command: Command, situation: Situation) -> Sequence[_Draft | Note]:
    planner = _PLANNERS.get(command.intent)
    if planner is not None:
        return planner(command, situation)
    if command.intent in _UNSUPPORTED:
        return (Note(command.intent),)
    return (Note({"smalltalk": command.topic or "hello", "help": "help"}.get(command.intent, "outside")),)


def _act_on_reference(command: Command, situation: Situation) -> Sequence[_Draft | Note]:
    reference = _reference(command, situation)
    if reference is None:
        return (Note("which_task"),)
    return (_Draft(_REFERENCE_TOOLS[command.intent], {"references": [reference]}),)


def _undo(_command: Command, _situation: Situation) -> Sequence[_Draft | Note]:
    return (_Draft("undo", {}),)


def _reference(command: Command, situation: Situation) -> str | None:
    """The words for a task, or its id where a word such as "it" means the task spoken of last."""
    if command.reference is None:
        return (
            situation.language.default_titles[command.kind]
            if command.kind != "task"
            else situation.last_task_id
        )
    words = command.reference.value
    if words.lower() in situation.language.pronouns:
        return situation.last_task_id
    if command.kind != "task" and situation.language.patterns[command.kind].fullmatch(words.lower()):
        return situation.language.default_titles[command.kind]
    return words


def _due_arguments(due: Due) -> JSON:
    if isinstance(due, datetime):
        return {"due_at": f"{due:%Y-%m-%dT%H:%M}"}
    return {"due_on": due.isoformat()}


def _field_arguments(command: Command) -> JSON:
    arguments: JSON = {}
    if command.due:
        arguments |= _due_arguments(command.due.value)
    if command.rrule:
        arguments["rrule"] = command.rrule.value
    if command.priority:
        arguments["priority"] = command.priority.value
    if command.list:
        arguments["list"] = command.list.value
    if command.labels:
        arguments["labels"] = [label.value for label in command.labels]
    return arguments


def _create(command: Command, situation: Situation) -> Sequence[_Draft | Note]:
    if command.title is None and command.topic == "new list":
        if command.list is None:
            return (Note("new_list_unnamed"),)
        return (_Draft("manage_lists", {"action": "create", "name": command.list.value}),)
    title = command.title.value if command.title else situation.language.default_titles[command.kind]
    task = {"title": title, **_field_arguments(command)}
    if command.lead is None or command.kind != "task" or "set_reminder" not in situation.tools:
        return (_Draft("create_tasks", {"tasks": [task]}),)
    minutes = round(command.lead.value.total_seconds() / 60)
    if command.due is not None or command.title is None:
        return (_Draft("create_tasks", {"tasks": [task]}, lead=minutes),)
    # So long before what? Before something that is known, most likely.
    arguments = {"reference": title, "minutes_before": minutes}
    return (_Draft("set_reminder", arguments, otherwise=task, lead=minutes),)


def _update(command: Command, situation: Situation) -> Sequence[_Draft | Note]:
    reference = _reference(command, situation)
    if reference is None:
        return (Note("which_task"),)
    arguments: JSON = {"reference": reference}
    if command.title:
        arguments["title"] = command.title.value
    move = _move(command)
    arguments |= _field_arguments(command if move is None else replace(command, due=None))
    if "due" in command.cleared:
        arguments["due_on"] = None
    if "rrule" in command.cleared:
        arguments["rrule"] = ""
    return (_Draft("update_task", arguments, move),)


def _move(command: Command) -> Move | None:
    if command.shift:
        return Move(shift=command.shift.value)
    if command.keeps_day and command.due and isinstance(command.due.value, datetime):
        return Move(moment=command.due.value)
    return None


def _find(command: Command, situation: Situation) -> Sequence[_Draft | Note]:
    query = command.query or Query()
    text = query.text or ("" if command.kind == "task" else situation.language.default_titles[command.kind])
    values: dict[str, Any] = {
        "text": text,
        "due_from": query.due_from.isoformat() if query.due_from else None,
        "due_to": query.due_to.isoformat() if query.due_to else None,
        "overdue": query.overdue or None,
        "status": query.status if query.status != "open" else None,
        "list": query.list,
        "label": query.label,
    }
    return (_Draft("find_tasks", {name: value for name, value in values.items() if value}),)


def _snooze(command: Command, situation: Situation) -> Sequence[_Draft | Note]:
    arguments: JSON = {}
    reference = _reference(command, situation) if command.reference else None
    if reference is not None:
        arguments["reference"] = reference
    if command.shift is not None:
        arguments["minutes"] = max(1, round(command.shift.value.total_seconds() / 60))
    elif command.due is not None:
        due = command.due.value
        moment = due if isinstance(due, datetime) else datetime.combine(due, _DAY_BEGINS)
        arguments["until"] = f"{moment:%Y-%m-%dT%H:%M}"
    else:
        return (Note("snooze"),)
    return (_Draft("snooze", arguments),)


def _choose(command: Command, situation: Situation) -> Sequence[_Draft | Note]:
    choice = situation.choice
    if choice is None:
        return (Note("no_choice"),)
    chosen: list[str] = []
    for number in command.choices:
        if number == ALL:
            chosen.extend(choice.task_ids)
        elif number == LAST:
            chosen.append(choice.task_ids[-1])
        elif number <= len(choice.task_ids):
            chosen.append(choice.task_ids[number - 1])
        else:
            return (Note("bad_choice", {"number": number, "count": len(choice.task_ids)}),)
    arguments = choice.call.arguments
    if "references" not in arguments:
        return tuple(_Draft(choice.call.name, {**arguments, "reference": task_id}) for task_id in chosen)
    kept = [words for words in arguments["references"] if words != choice.reference]
    return (_Draft(choice.call.name, {**arguments, "references": [*kept, *chosen]}),)


_PLANNERS: Mapping[Intent, Callable[[Command, Situation], Sequence[_Draft | Note]]] = {
    "create": _create,
    "update": _update,
    "complete": _act_on_reference,
    "delete": _act_on_reference,
    "reopen": _act_on_reference,
    "query": _find,
    "undo": _undo,
    "choose": _choose,
    "snooze": _snooze,
}
