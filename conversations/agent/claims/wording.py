"""What a language's table of claims holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Wording:
    """How replies in one language speak of what was done. Patterns match lower-case text, whole words.

    `claims` are the forms in which something is said to be done, each with the kinds of activity that make it
    true; `openings` say so at the start of a sentence without saying what. `denials`, `offers` and `reports`
    in a clause say that nothing is claimed: it was not done, may be done, or was done before. `by_user` in
    front of a claim makes it one about the user, `passive_to_come` one about the future. `calendar` marks a
    place outside. `counted` are the nouns that numbers count, `empty` words that name no task.
    """

    code: str
    words: frozenset[str]
    claims: Sequence[tuple[frozenset[str], str]]
    openings: str
    denials: str
    offers: str
    reports: str
    first_person: str
    by_user: str
    calendar: str
    counted: str
    numbers: Mapping[str, int]
    empty: frozenset[str]
    later: str = field(default="(?!)")

    def compiled(self) -> Mapping[str, re.Pattern[str]]:
        names = ("openings", "denials", "offers", "reports", "first_person", "by_user", "calendar", "later")
        patterns = {name: re.compile(getattr(self, name)) for name in names}
        patterns["claim"] = re.compile(rf"(?<!\w)(?:{'|'.join(pattern for _, pattern in self.claims)})(?!\w)")
        numbers = "|".join(self.numbers)
        patterns["count"] = re.compile(
            rf"(?<![\d.:-])\b(\d{{1,4}}|{numbers})\s+(?:[^\W\d]+\s+){{0,2}}(?:{self.counted})\b"
        )
        return patterns


def words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())
