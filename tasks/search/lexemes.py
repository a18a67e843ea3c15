"""Words as `Task.words` holds them, and queries over them, as texts of PostgreSQL's type `tsquery`.

A lexeme is the end of its owner's id and a word, so that the index finds one user's tasks however many others
have; a list or a label is "#" and the end of its id. See the migration that makes the triggers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.search import SearchVectorField
from django.db import connection
from django.db.models import FloatField, Func, Lookup, Value
from django.db.models.expressions import Combinable

# Sorts behind every word that begins with what stands before it.
_LAST = "\U0010ffff"


if TYPE_CHECKING:
    AnyLookup = Lookup[Any]
else:
    AnyLookup = Lookup


class _Match(AnyLookup):
    """Whether lexemes match a query. The value is a text of the type tsquery."""

    template = "{} @@ {}::tsquery"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return self.template.format(left, right), (*left_values, *right_values)


@SearchVectorField.register_lookup
class Match(_Match):
    lookup_name = "match"


@SearchVectorField.register_lookup
class MatchEach(_Match):
    """The same by the operator's function, which no index knows."""

    lookup_name = "match_each"
    template = "ts_match_vq({}, {}::tsquery)"


def closeness(tsquery: str) -> Func:
    """How well `Task.words` match: words of the title count more than notes, and these more than names."""
    weights = "'{0.05, 0.1, 0.3, 1.0}'"
    arguments: tuple[Combinable | str, ...] = ("words", Value(tsquery))
    return Func(
        *arguments, template=f"ts_rank({weights}, %(expressions)s::tsquery)", output_field=FloatField()
    )


def cut(texts: Sequence[str]) -> list[list[str]]:
    """The words of each text, folded and cut as those of tasks are."""
    if not texts:
        return []
    statement = (
        "SELECT tasks_words(text) FROM unnest(%s::text[]) WITH ORDINALITY AS given(text, n) ORDER BY n"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(texts)])
        return [row[0] for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose lexemes they are."""

    user_id: UUID

    def word(self, word: str, *, begins: bool = False, weights: str = "") -> str:
        """A word, or all that begin with it; only in the title with the weight "A"."""
        marks = ("*" if begins else "") + weights
        return f"'{self._key}{word}'" + (f":{marks}" if marks else "")

    def name(self, id_: UUID) -> str:
        """A list or a label."""
        return f"'{self._key}{name_key(id_)}'"

    def phrase(self, words: Sequence[str], *, begins: bool) -> str:
        """Words one after the other; with `begins` the last may go on."""
        return " <-> ".join(
            self.word(word, begins=begins and number == len(words))
            for number, word in enumerate(words, start=1)
        )

    @property
    def _key(self) -> str:
        return str(self.user_id)[-8:]


def name_key(id_: UUID) -> str:
    """A list or a label among the words of `tasks.models.Word`."""
    return f"#{str(id_)[-12:]}"


def range_of(word: str, *, begins: bool) -> tuple[str, str]:
    """The range of words that `Owner.word` stands for: the first, and the first beyond."""
    return word, word + (_LAST if begins else "\x01")


def all_of(parts: Iterable[str]) -> str:
    return " & ".join(f"({part})" for part in parts)


def any_of(parts: Iterable[str]) -> str:
    return " | ".join(f"({part})" for part in parts)
