"""Cut a sentence into commands, only where a new verb starts: "milk, eggs and bread" stays together."""

from __future__ import annotations

import re

from conversations.agent.rules.language import Language
from conversations.agent.rules.model import Span

_WORD = re.compile(r"[\w'-]+")
_OBJECT_WORDS = 2
_LOOK_AHEAD = 80


def split_commands(folded: str, language: Language) -> tuple[Span, ...]:
    """The ranges of the commands of a folded sentence, in order and without what joins them."""
    spans: list[Span] = []
    start = 0
    for match in language.patterns["separator"].finditer(folded):
        if match.start() < start:
            continue
        left, right = folded[start : match.start()], folded[match.end() :]
        hard = match["hard"]
        if (
            _ends_sentence(left, right, language)
            if hard
            else _begins_command(left, match.group(), right, language)
        ) or (hard and not hard.strip(";\n")):
            spans.append(Span(start, match.start()))
            start = match.end()
    spans.append(Span(start, len(folded)))
    return tuple(span for span in spans if _WORD.search(folded, span.start, span.end))


def _ends_sentence(left: str, right: str, language: Language) -> bool:
    """Whether a full stop ends a command, rather than an abbreviation such as "a. m."."""
    last = left.rsplit(None, 1)[-1] if left.split() else ""
    if len(last) <= 1 or f"{last}." in language.months or f"{last}." in language.weekdays or last.isdigit():
        return False
    return _starts(right, language)


def _begins_command(left: str, joint: str, right: str, language: Language) -> bool:
    polite = language.patterns["polite_start"].match(left)
    words = _WORD.findall(left, polite.end() if polite else 0)
    if not words or ("," not in joint and _is_open(words, language)):
        return False
    if language.patterns["priority"].fullmatch(left.strip() + joint):
        return False  # "important, buy milk"
    if len(words) == 1 and words[0] in language.verbs:
        return False  # "mark, buy milk, as done"
    return _starts(right, language)


def _is_open(words: list[str], language: Language) -> bool:
    """Whether the last verb of the words still lacks its object, or only names the way to what follows."""
    heads = [i for i, word in enumerate(words) if i == 0 or words[i - 1] in language.infinitive]
    last = heads[-1]
    if words[last] in language.means:
        return True
    return last == len(words) - 1 and words[last] in language.verbs


def _starts(right: str, language: Language) -> bool:
    if language.patterns["new_command"].match(right):
        return True
    if language.patterns["no_split"].match(right):
        return False
    words = _WORD.findall(right[:_LOOK_AHEAD])
    if len(words) < _OBJECT_WORDS or words[0] not in language.verbs:
        return False
    return words[1] not in language.connectors
