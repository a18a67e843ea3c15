"""How words are spelled by those who leave out accents, or have no keys for some letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

Value = TypeVar("Value")


def with_plain(table: Mapping[str, Value], plain: Mapping[str, str]) -> dict[str, Value]:
    """The table, and its words with the letters that are keys of `plain` written as its values."""
    letters = str.maketrans(dict(plain))
    return {**{word.translate(letters): value for word, value in table.items()}, **table}
