"""Words that the user wants left as they are: they belong to a title and say nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from conversations.agent.rules.model import Command, Field, Span

# A letter that no word of any language here is written with.
_NOTHING = "\ua74f"
_WORD = re.compile(r"\S+")

Commands = tuple[Command, ...]


def read_around(folded: str, plain: Sequence[Span], read: Callable[[str], Commands]) -> Commands:
    """What `read` makes of a folded sentence whose `plain` ranges mean nothing to it.

    A word without a meaning may still stand where a name does ("on the … list"), or where no title reaches;
    then the words beside it are hidden as well, twice as many each time, until it belongs to a title.
    """
    words = [Span(match.start(), match.end()) for match in _WORD.finditer(folded)]
    plain = [span for span in plain if any(_overlap(word, span) for word in words)]
    reach = 0
    while True:
        hidden = [_with_neighbours(words, span, reach) for span in plain]
        commands = read(_hide(folded, hidden))
        if reach > len(words) or not any(
            _is_read(commands, span) or _is_lost(commands, span) for span in plain
        ):
            return commands
        reach = 2 * reach or 1


def _with_neighbours(words: Sequence[Span], span: Span, reach: int) -> Span:
    """The whole words of a range, and as many as `reach` on both sides."""
    touched = [number for number, word in enumerate(words) if _overlap(word, span)]
    first, last = max(0, touched[0] - reach), min(len(words) - 1, touched[-1] + reach)
    return Span(words[first].start, words[last].end)


def _hide(folded: str, spans: Sequence[Span]) -> str:
    letters = list(folded)
    for span in spans:
        for index in range(span.start, min(span.end, len(letters))):
            if not letters[index].isspace():
                letters[index] = _NOTHING
    return "".join(letters)


def _is_read(commands: Commands, span: Span) -> bool:
    """Whether a field other than a title was read from the range."""
    fields: list[Field[Any] | None] = []
    for command in commands:
        fields += (command.due, command.rrule, command.lead, command.priority, command.list, command.shift)
        fields += command.labels
    return any(_overlap(place, span) for field in fields if field for place in field.places)


def _is_lost(commands: Commands, span: Span) -> bool:
    """Whether the range belongs to no title, where every command has one."""
    titles = [command.title for command in commands if command.intent == "create"]
    if len(titles) < len(commands):
        return False
    return not any(title is None or _overlap(title.span, span) for title in titles)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
