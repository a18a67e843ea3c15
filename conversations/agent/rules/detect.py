"""Which language a sentence is in, by the small words that only it has many of."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import import_module

from conversations.agent.rules.language import LANGUAGES
from conversations.agent.rules.languages.others import OTHERS

UNKNOWN = ""
_WORD = re.compile(r"[^\W\d_]+(?:'(?=\w))?")
# Beyond this many words nothing changes any more.
_ENOUGH = 60
_SURE = 2


def detect(folded: str, *, preferred: str = "en", hint: str | None = None) -> str:
    """The code of a sentence's language; `UNKNOWN` where it is none that has a folder.

    A `hint` (an IETF tag) decides. Otherwise the language with the most of its words in the sentence is
    taken, and `preferred` (the user's) where several have as many or none has any.
    """
    if hint:
        return known(hint)
    if _foreign_script(folded):
        return UNKNOWN
    words = _WORD.findall(folded)[:_ENOUGH]
    scores = {code: sum(word in own for word in words) for code, own in _marks().items()}
    best = max(scores[code] for code in LANGUAGES)
    mine = known(preferred)
    if best < max(scores[code] for code in OTHERS):
        return UNKNOWN
    if mine and (scores[mine] == best or (scores[mine] and best < _SURE)):
        return mine
    return next((code for code in LANGUAGES if scores[code] == best), UNKNOWN) if best else UNKNOWN


def known(tag: str) -> str:
    """The code of the folder for an IETF tag, or `UNKNOWN`."""
    primary = re.split(r"[-_]", tag, maxsplit=1)[0].lower()
    return primary if primary in LANGUAGES else UNKNOWN


def _foreign_script(text: str) -> bool:
    """Whether most letters are of a script that none of the languages is written in."""
    letters = [character for character in text[:400] if character.isalpha()]
    foreign = sum(not _latin(character) for character in letters)
    return foreign * 2 > len(letters)


def _latin(character: str) -> bool:
    return character.isascii() or unicodedata.name(character, "").startswith("LATIN")


@cache
def _marks() -> dict[str, frozenset[str]]:
    own = {
        code: frozenset(import_module(f"conversations.agent.rules.languages.{code}.marks").WORDS)
        for code in LANGUAGES
    }
    return {**own, **OTHERS}
