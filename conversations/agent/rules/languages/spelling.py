"""How words are spelled by those who leave out accents, or have no keys for some letters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

Value = TypeVar("Value")
# What is left as it is: a class of characters, a look back, which may not vary in length, and an escape.
_FIXED = r"\\.|\[[^\]]*\]|\(\?<[!=](?:[^()]|\([^()]*\))*\)"


def with_plain(table: Mapping[str, Value], plain: Mapping[str, str]) -> dict[str, Value]:
    """The table, and its words with the letters that are keys of `plain` written as its values."""
    letters = str.maketrans(dict(plain))
    return {**{word.translate(letters): value for word, value in table.items()}, **table}


def loosen(source: str, plain: Mapping[str, str], *, word: str = "") -> str:
    """A pattern that takes each of the letters in either spelling, but not within a `word`."""
    kept = rf"{_FIXED}|\b(?:{word})\b" if word else _FIXED

    def either(match: re.Match[str]) -> str:
        letter = match[0]
        return f"(?:{letter}|{plain[letter]})" if letter in plain else letter

    return re.sub(rf"{kept}|[{''.join(plain)}]", either, source)
