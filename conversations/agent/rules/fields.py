"""Priority, labels, list and reminder lead of a command, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from conversations.agent.rules.atoms import read_amount
from conversations.agent.rules.groups import group_said, said
from conversations.agent.rules.language import Language
from conversations.agent.rules.model import Field, Priority, Span
from conversations.agent.rules.normalise import Canonical


@dataclass(frozen=True, slots=True)
class Extras:
    """What a command says besides its words and its time; `taken` are all their ranges."""

    priority: Field[Priority] | None = None
    labels: tuple[Field[str], ...] = ()
    lead: Field[timedelta] | None = None
    list: Field[str] | None = None
    taken: tuple[Span, ...] = ()

    def without_lead(self) -> Extras:
        kept = tuple(span for span in self.taken if self.lead is None or span != self.lead.span)
        return replace(self, lead=None, taken=kept)


def read_extras(
    text: str, folded: str, canonical: Canonical, offset: int, language: Language, lists: tuple[str, ...]
) -> Extras:
    """The extras of one command; `folded`, from which `canonical` was made, begins at `offset`."""
    taken: list[Span] = []
    priority = _priority(folded, offset, language, taken)
    labels = tuple(_labels(text, folded, offset, language, taken))
    lead = _lead(canonical, offset, language, taken)
    found = _list(text, folded, offset, language, lists, taken)
    return Extras(priority, labels, lead, found, tuple(taken))


def _at(start: int, end: int, offset: int) -> Span:
    return Span(start + offset, end + offset)


def _priority(folded: str, offset: int, language: Language, taken: list[Span]) -> Field[Priority] | None:
    match = language.patterns["priority"].search(folded)
    if match is None:
        return None
    span = _at(*match.span(), offset)
    taken.append(span)
    return Field(language.priorities[said(match, "level")], span)


def _labels(text: str, folded: str, offset: int, language: Language, taken: list[Span]) -> list[Field[str]]:
    labels = []
    for match in language.patterns["label"].finditer(folded):
        start, end = match.span(group_said(match, "label"))
        taken.append(_at(*match.span(), offset))
        labels.append(Field(text[start:end], _at(start, end, offset)))
    return labels


def _lead(
    canonical: Canonical, offset: int, language: Language, taken: list[Span]
) -> Field[timedelta] | None:
    match = language.patterns["lead"].search(canonical.text)
    if match is None:
        return None
    amount = read_amount(said(match, "duration"), language)
    if amount is None:
        return None
    place = canonical.span(*match.span())
    span = _at(place.start, place.end, offset)
    taken.append(span)
    return Field(amount.delta, span)


def _list(
    text: str, folded: str, offset: int, language: Language, lists: tuple[str, ...], taken: list[Span]
) -> Field[str] | None:
    match = language.patterns["list"].search(folded)
    if match is None:
        return None
    start, end = match.span(group_said(match, "list"))
    taken.append(_at(*match.span(), offset))
    return Field(known_list(text[start:end], lists), _at(start, end, offset))


def known_list(name: str, lists: tuple[str, ...]) -> str:
    """The user's own spelling of a list if there is such a list, otherwise the words as said."""
    return next((known for known in lists if known.casefold() == name.casefold()), name)
