"""Regular expressions over tables of words, in which several alternatives may have groups of one name."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NAMED = re.compile(r"\(\?P<(\w+)>")


def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """Compile a pattern whose alternatives may have groups of one name: the later ones are numbered."""
    used: set[str] = set()

    def numbered(match: re.Match[str]) -> str:
        base = match[1].rstrip("0123456789")
        free = [base, *(f"{base}{number}" for number in range(2, 20))]
        name = match[1] if match[1] not in used else next(name for name in free if name not in used)
        used.add(name)
        return f"(?P<{name}>"

    return re.compile(_NAMED.sub(numbered, source), flags)


def said(match: re.Match[str], name: str) -> str:
    """What the group `name`, or the first of `name2`, `name3` … that took part, matched; "" if none did.

    Blanks come out single, so that the words can be looked up.
    """
    group = group_said(match, name)
    return re.sub(r"\s+", " ", match[group]) if group else ""


def group_said(match: re.Match[str], name: str) -> str:
    """The name of the group that `said` reads, or ""."""
    groups = match.groupdict()
    names = (name, *(f"{name}{number}" for number in range(2, 20)))
    return next((found for found in names if groups.get(found)), "")


def alternatives(words: Iterable[str]) -> str:
    """A regular expression that matches any of the words, the longest first."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)
