"""From a sentence to the commands it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from conversations.agent.rules import building
from conversations.agent.rules.language import load_language
from conversations.agent.rules.model import Command, Span, Understanding
from conversations.agent.rules.normalise import fold
from conversations.agent.rules.segment import Segment, match_frame, prepare
from conversations.agent.rules.split import split_commands

MAX_CHARACTERS = 2_000
_MAX_COMMAND = 400


def understand(text: str, *, now: datetime, lists: Sequence[str] = (), language: str | None = "en") -> Understanding:
    """Read the commands of a sentence.

    `now` is aware and in the user's timezone; `lists` are the names of the user's lists.

    Raises:
        LookupError: the language has no folder.
    """
    if len(text) > MAX_CHARACTERS:
        return Understanding(text, (Command("other", Span(0, len(text))),), too_long=True)
    words = load_language("en")
    folded = fold(text)
    commands: list[Command] = []
    spans = list(split_commands(folded, words))
    while spans:
        span = spans.pop(0)
        if span.end - span.start > _MAX_COMMAND:
            commands.append(Command("other", span))
            continue
        segment = prepare(text, folded, span, words, now, tuple(lists))
        if spans and segment.is_time_only:
            spans[0] = Span(span.start, spans[0].end)
            continue
        if commands and _is_lead(segment):
            commands[-1] = replace(commands[-1], lead=segment.extras.lead)
            continue
        if words.patterns["code"].search(segment.folded):
            commands.append(Command("other", segment.span))
            continue
        found = match_frame(segment)
        command = building.build(segment, *found) if found else building.build_bare(segment)
        if commands and _says_when(command) and _wants_when(commands[-1]):
            commands[-1] = replace(
                commands[-1], intent="create", topic="", due=command.due, rrule=command.rrule
            )
            continue
        commands.append(command)
    return Understanding(text, _without_remarks(commands))


def _says_when(command: Command) -> bool:
    """Whether the command only adds a time to the one before it ("… can you remind me at 5?")."""
    return (
        command.intent == "create"
        and command.title is None
        and command.kind == "task"
        and command.due is not None
    )


def _wants_when(command: Command) -> bool:
    """Whether a time said after it is its own: a task without one, or a statement of something to come."""
    return command.topic == "statement" or (command.intent == "create" and command.due is None)


def _without_remarks(commands: list[Command]) -> tuple[Command, ...]:
    """The commands without the statements that lead to them ("I am going out, so …")."""
    asked = [command for command in commands if command.topic != "statement"]
    return tuple(asked or commands)


def _is_lead(segment: Segment) -> bool:
    """Whether the command says nothing but how long before to remind, of the one before it."""
    lead = segment.extras.lead
    return lead is not None and lead.span.end - lead.span.start >= len(segment.text)
