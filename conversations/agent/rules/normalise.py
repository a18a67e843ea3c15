"""Two readings of a sentence that keep the way back to its characters.

`fold` changes characters but never their number, so that an index means the same in both. `canonicalise`
writes numbers as digits ("twenty-five" → "25", "third" → "3rd") and remembers where each character came from.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from conversations.agent.rules.language import Language
from conversations.agent.rules.model import Span

# curly and low quotes, accents used as quotes, dashes and the minus sign
_ALIKE = str.maketrans("\u2019\u2018\u0060\u00b4\u201c\u201d\u201e\u2013\u2014\u2212", "''''\"\"\"---")
_INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Co", "Cs"})


def _fold_character(character: str) -> str:
    if character == "\n":
        return character
    if not character.isascii() and unicodedata.category(character) in _INVISIBLE:
        return " "
    if character.isascii() and not character.isprintable():
        return " "
    lower = character.lower()
    return lower if len(lower) == 1 else character


def fold(text: str) -> str:
    """Lower case, plain quotes and dashes, blanks for what is invisible; the length stays the same."""
    return "".join(map(_fold_character, text.translate(_ALIKE)))


@dataclass(frozen=True, slots=True)
class Canonical:
    """A rewritten text and, for each of its characters, the range of the folded text it stands for."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The range of the original that the characters `start` up to `end` came from."""
        return Span(self.starts[start], self.ends[end - 1])


def canonicalise(folded: str, language: Language) -> Canonical:
    """Write number words as digits and the language's rewrites in their plain form.

    The result matches `[0-9]` where the speaker said a number.
    """
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for match in language.number_words.finditer(folded):
        digits = _rewritten(match, folded, language)
        if digits is None:
            continue
        _copy(folded, position, match.start(), out, starts, ends)
        out.append(digits)
        starts.extend([match.start()] * len(digits))
        ends.extend([match.end()] * len(digits))
        position = match.end()
    _copy(folded, position, len(folded), out, starts, ends)
    return Canonical("".join(out), tuple(starts), tuple(ends))


def _rewritten(match: re.Match[str], folded: str, language: Language) -> str | None:
    word = re.sub(r"[\s-]+", " ", match.group())
    if word in language.rewrites:
        return language.rewrites[word]
    if word in language.cardinals:
        return str(language.cardinals[word])
    if language.patterns["not_ordinal"].search(folded, max(0, match.start() - 20), match.start()):
        return None
    return f"{language.ordinals[word]}{language.ordinal_mark}"


def _copy(folded: str, start: int, end: int, out: list[str], starts: list[int], ends: list[int]) -> None:
    out.append(folded[start:end])
    starts.extend(range(start, end))
    ends.extend(range(start + 1, end + 1))
