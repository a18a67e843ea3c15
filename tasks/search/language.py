"""The query language: words, "phrases", `filter:value`, and `-` before any of them.

Pure: text in, what it says out, each piece with its place in the text. What the filters mean is in
`tasks.search.conditions`; the guide for users is docs/search.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from voice2task.kernel.errors import Invalid

MAX_QUERY = 500
MAX_PIECES = 30


class QueryInvalid(Invalid):
    """A query that cannot be read. `extra["position"]` is `[start, end]` of the fault, in characters."""

    code = "query_invalid"

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message, field="q", extra={"position": [start, end]})


class FilterUnknown(QueryInvalid):
    code = "query_filter_unknown"


class ValueInvalid(QueryInvalid):
    code = "query_value_invalid"


class QuoteUnclosed(QueryInvalid):
    code = "query_quote_unclosed"


class QueryTooLong(QueryInvalid):
    code = "query_too_long"


@dataclass(frozen=True, slots=True)
class Days:
    """Days from `first` to `last`, both included; an end is a date, a name for one, or open.

    A name is a key of `DAY_NAMES`, and stands for its first day as `first` and for its last as `last`.
    `skips` says that the end itself is not meant: `<` and `>`.
    """

    first: date | str | None = None
    last: date | str | None = None
    skips: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """Words to look for; quoted ones as they stand, others also as beginnings of words."""

    text: str
    quoted: bool
    negated: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Filter:
    """`name:value`, the value read: what of is in `FILTERS`."""

    name: str
    value: object
    negated: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Query:
    terms: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()

    @property
    def trashed(self) -> bool:
        """Whether it asks for what is in the trash."""
        return any(one.name == "is" and one.value == "trashed" and not one.negated for one in self.filters)


DAY_NAMES = frozenset({"yesterday", "today", "tomorrow", "week", "month"})
STATES = frozenset(
    {"open", "closed", "backlog", "in_progress", "waiting", "done", "dismissed"}
    | {"overdue", "trashed", "recurring", "subtask", "timed"}
)
PRIORITIES = frozenset({"none", "low", "medium", "high", "urgent"})
ABSENT = frozenset({"due", "start", "label", "priority", "notes", "estimate", "parent"})

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_PIECE = re.compile(
    r"""
    (?P<minus>-(?=[^\s-]))?
    (?: (?P<name>[^\W\d_][\w]*):(?!//)(?: "(?P<quoted_value>[^"]*)" | (?P<open_value>") | (?P<value>[^\s"]*) )
      | "(?P<phrase>[^"]*)"
      | (?P<open>")
      | (?P<word>[^\s"]+)
    )
    """,
    re.VERBOSE,
)


def parse(text: str) -> Query:
    """What a query says.

    Raises:
        QueryInvalid: an unknown filter or value, a quotation mark without its pair, or too much of it.
    """
    if len(text) > MAX_QUERY:
        raise QueryTooLong(f"At most {MAX_QUERY} characters.", MAX_QUERY, len(text))
    pieces = list(_pieces(text))
    if len(pieces) > MAX_PIECES:
        start, end = pieces[MAX_PIECES].start, pieces[-1].end
        raise QueryTooLong(f"At most {MAX_PIECES} words and filters.", start, end)
    return Query(
        tuple(piece for piece in pieces if isinstance(piece, Term)),
        tuple(piece for piece in pieces if isinstance(piece, Filter)),
    )


def _pieces(text: str) -> Iterator[Term | Filter]:
    """Every character that is no space belongs to one of them."""
    for found in _PIECE.finditer(text):
        yield _piece(found)


def _piece(found: re.Match[str]) -> Term | Filter:
    start, end = found.span()
    negated = found["minus"] is not None
    for mark in ("open", "open_value"):
        if found[mark]:
            raise QuoteUnclosed("A quotation mark without its pair.", *found.span(mark))
    if found["name"]:
        quoted = found["quoted_value"]
        name = found["name"].lower()
        if name not in FILTERS:
            known = ", ".join(sorted(FILTERS))
            raise FilterUnknown(f"Filters are {known}; quote what is none.", *found.span("name"))
        group = "value" if quoted is None else "quoted_value"
        try:
            value = FILTERS[name](found[group])
        except ValueError as error:
            raise ValueInvalid(str(error), *found.span(group)) from None
        return Filter(name, value, negated, start, end)
    if found["phrase"] is not None:
        return Term(found["phrase"], True, negated, start, end)
    return Term(found["word"], False, negated, start, end)


def _one_of(names: frozenset[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() not in names:
            raise ValueError(f"One of {', '.join(sorted(names))}.")
        return text.lower()

    return read


def _name(text: str) -> str:
    if not text.strip():
        raise ValueError("A name.")
    return text.strip()


def _due(text: str) -> Days | None:
    """None stands for no date at all."""
    return None if text.lower() == "none" else _days(text)


def _days(text: str) -> Days:
    first, dots, last = text.partition("..")
    if dots:
        return Days(_day(first) if first else None, _day(last) if last or not first else None)
    sign = next((sign for sign in ("<=", ">=", "<", ">") if text.startswith(sign)), "")
    day = _day(text.removeprefix(sign))
    if not sign:
        return Days(day, day)
    skips = sign in "<>"
    return Days(last=day, skips=skips) if sign[0] == "<" else Days(first=day, skips=skips)


def _day(text: str) -> date | str:
    if text.lower() in DAY_NAMES:
        return text.lower()
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise ValueError("There is no such day.") from None
    raise ValueError(f"A date as YYYY-MM-DD, or one of {', '.join(sorted(DAY_NAMES))}.")


# Filter -> how its value is read. `tasks.search.conditions` has a row for each.
FILTERS: dict[str, Callable[[str], object]] = {
    "due": _due,
    "created": _days,
    "done": _days,
    "list": _name,
    "label": _name,
    "is": _one_of(STATES),
    "priority": _one_of(PRIORITIES),
    "no": _one_of(ABSENT),
}
