"""The words of a query: cut as the index cuts them, with the lists and labels whose names they meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

from tasks.search.language import Term
from tasks.search.lexemes import Owner, any_of, cut, name_key, range_of
from tasks.search.names import Names
from tasks.search.typos import similar_words


class Named(NamedTuple):
    """A list or a label, and the words of its name."""

    id: UUID
    words: list[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One term: its words, the lists and labels they name, and what may stand for it if nothing has it."""

    words: list[str]
    quoted: bool
    negated: bool
    names: list[UUID]
    similar: Sequence[str] = ()

    @property
    def may_be_a_typo(self) -> bool:
        return len(self.words) == 1 and not self.quoted

    def lexemes(self, owner: Owner) -> str:
        """What a task's words must match."""
        written = owner.phrase(self.words, begins=not self.quoted)
        alike = [owner.word(word) for word in self.similar]
        return any_of([written, *alike, *map(owner.name, self.names)])

    def ranges(self) -> list[tuple[str, str]]:
        """The ranges of words that any task has which matches."""
        written = range_of(self.words[-1], begins=not self.quoted)
        others = [*self.similar, *map(name_key, self.names)]
        return [written, *(range_of(word, begins=False) for word in others)]


def read_terms(terms: Sequence[Term], names: Names) -> tuple[list[Wanted], list[Named]]:
    """Each term that has a letter or digit, and the lists and labels with the words of their names."""
    ids = [id_ for id_, _ in names.all()]
    words = cut([*(term.text for term in terms), *(name for _, name in names.all())])
    named = [Named(id_, own) for id_, own in zip(ids, words[len(terms) :], strict=True)]
    wanted = [
        Wanted(own, term.quoted, term.negated, [name.id for name in named if _stands_in(own, name, term)])
        for term, own in zip(terms, words, strict=False)
        if own
    ]
    return wanted, named


def with_typos(user_id: UUID, wanted: Sequence[Wanted], named: Sequence[Named]) -> list[Wanted]:
    """The same, where words written alike may stand for each that is not quoted."""
    doubtful = [one.words[0] for one in wanted if one.may_be_a_typo]
    similar = similar_words(user_id, doubtful, {word for name in named for word in name.words})
    return [
        _with_similar(one, similar.get(one.words[0], []), named) if one.may_be_a_typo else one
        for one in wanted
    ]


def _with_similar(one: Wanted, similar: Sequence[str], named: Sequence[Named]) -> Wanted:
    met = [name.id for name in named if not set(similar).isdisjoint(name.words)]
    return replace(one, similar=similar, names=[*one.names, *met])


def _stands_in(words: Sequence[str], name: Named, term: Term) -> bool:
    """Whether the words stand in a name one after the other; the last of what is not quoted may go on."""
    count = len(words)
    for start in range(len(name.words) - count + 1):
        *before, last = name.words[start : start + count]
        same = last == words[-1] if term.quoted else last.startswith(words[-1])
        if same and before == words[:-1]:
            return True
    return False
