"""From a sentence to the commands it holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

from conversations.agent.rules import building
from conversations.agent.rules.detect import UNKNOWN, detect, known
from conversations.agent.rules.language import LANGUAGES, SHARED_SOURCES, Language, load_language
from conversations.agent.rules.model import Command, Field, Span, Understanding
from conversations.agent.rules.normalise import fold
from conversations.agent.rules.plain import read_around
from conversations.agent.rules.segment import Segment, match_frame, prepare
from conversations.agent.rules.split import split_commands

MAX_CHARACTERS = 2_000
_MAX_COMMAND = 400
_FEW = 3
_QUESTIONS = ("other", "query")


def understand(
    text: str,
    *,
    now: datetime,
    lists: Sequence[str] = (),
    language: str | None = None,
    preferred: str = "en",
    plain: Sequence[Span] = (),
    as_tasks: bool = False,
) -> Understanding:
    """Read the commands of a sentence.

    `now` is aware and in the user's timezone; `lists` are the names of the user's lists. `language` (an IETF
    tag) is what the sentence is in, where that is known; `preferred` is the user's, taken where the words do
    not tell. A sentence in no known language is one task, titled by it. `plain` are ranges whose words say
    nothing but themselves; `as_tasks` reads every command as one that makes a task.
    """
    if len(text) > MAX_CHARACTERS:
        whole = Command("other", Span(0, len(text)))
        return Understanding(text, (whole,), too_long=True, language=known(preferred) or LANGUAGES[0])
    folded = fold(text)
    code = detect(folded, preferred=preferred, hint=language)
    if code == UNKNOWN:
        return Understanding(text, (_plain_task(text, folded),), language=UNKNOWN)
    words, names = load_language(code), tuple(lists)

    def read(shown: str) -> tuple[Command, ...]:
        commands = _read(text, shown, words, now, names)
        if not as_tasks:
            return commands
        return tuple(
            command
            if command.intent == "create" and command.title
            else building.build_task(prepare(text, shown, command.span, words, now, names))
            for command in commands
        )

    return Understanding(text, read_around(folded, plain, read) if plain else read(folded), language=code)


def understand_message(text: str, moment: datetime, lists: tuple[str, ...], preferred: str) -> Understanding:
    """As `understand`; read once for all that a turn asks of it, its tools, their spans and its reply."""
    # The same moment on two clocks is equal, and "tomorrow" is another day.
    return _understand_message(text, moment, str(moment.tzinfo), lists, preferred)


@lru_cache(maxsize=32)
def _understand_message(
    text: str, moment: datetime, _zone: str, lists: tuple[str, ...], preferred: str
) -> Understanding:
    return understand(text, now=moment, lists=lists, preferred=preferred)


def warm_up() -> None:
    """Compile the patterns of all languages, for which the first sentence would wait."""
    for code in LANGUAGES:
        understand("1", now=datetime.now(UTC), language=code)


def _plain_task(text: str, folded: str) -> Command:
    """A task that is titled by the whole sentence; nothing, where that holds no words or is code."""
    start, end = len(folded) - len(folded.lstrip()), len(folded.rstrip())
    span = Span(start, max(start, end))
    shared = re.search(SHARED_SOURCES["code"], folded)
    if shared or not re.search(r"[^\W\d_]", folded) or end - start > _MAX_COMMAND:
        return Command("other", span)
    return Command("create", span, title=Field(text[start:end], span))


def _read(
    text: str, folded: str, words: Language, now: datetime, lists: tuple[str, ...]
) -> tuple[Command, ...]:
    commands: list[Command] = []
    spans = list(split_commands(folded, words))
    named = False
    while spans:
        span = spans.pop(0)
        if span.end - span.start > _MAX_COMMAND:
            commands.append(Command("other", span))
            continue
        segment = prepare(text, folded, span, words, now, lists)
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
        if commands and _opens(commands[-1], command):
            commands[-1] = replace(command, due=command.due or commands[-1].due)
            continue
        if (
            named
            and command.intent in _QUESTIONS
            and (found or words.patterns["question"].match(segment.folded))
        ):
            commands.pop()  # "ai, what is your name"
        named = not found and command.intent == "create" and _is_name_only(command, folded, words)
        commands.append(command)
    return _without_remarks(commands)


def _opens(first: Command, second: Command) -> bool:
    """Whether the first only says that a task comes ("Reminder. I need to …"), and the second says which."""
    return (
        first.intent == second.intent == "create"
        and first.kind == second.kind == "task"
        and first.title is None
        and first.topic == ""
        and first.list is None
        and second.title is not None
    )


def _is_name_only(command: Command, folded: str, language: Language) -> bool:
    """Whether a comma follows a few words that ask for nothing: whom or what a question is about."""
    said = folded[command.span.start : command.span.end].split()
    plain = command.due is None and command.rrule is None and command.lead is None and not command.labels
    comma = folded[command.span.end :].lstrip().startswith(",")
    asks = said[0] in language.verbs or (language.verb_last and said[-1] in language.verbs)
    return plain and comma and len(said) <= _FEW and not asks


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
