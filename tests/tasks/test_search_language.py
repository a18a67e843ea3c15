"""The query language by itself: what a query says, and where."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.models import Task
from tasks.search.conditions import ABSENCES, CONDITIONS, STATE_CONDITIONS
from tasks.search.language import (
    ABSENT,
    FILTERS,
    MAX_PIECES,
    MAX_QUERY,
    PRIORITIES,
    STATES,
    Days,
    Query,
    QueryInvalid,
    parse,
)

DAY = date(2026, 3, 1)


def said(text: str) -> tuple[list[tuple[str, bool, bool]], list[tuple[str, object, bool]]]:
    query = parse(text)
    terms = [(term.text, term.quoted, term.negated) for term in query.terms]
    return terms, [(one.name, one.value, one.negated) for one in query.filters]


@pytest.mark.parametrize(
    ("text", "terms", "filters"),
    [
        ("", [], []),
        ("buy  milk", [("buy", False, False), ("milk", False, False)], []),
        ('"oat milk" -soy', [("oat milk", True, False), ("soy", False, True)], []),
        ('-"oat milk"', [("oat milk", True, True)], []),
        ("- -- a-b", [("-", False, False), ("--", False, False), ("a-b", False, False)], []),
        ("https://example.org 10:30", [("https://example.org", False, False), ("10:30", False, False)], []),
        ("LIST:work", [], [("list", "work", False)]),
        ('list:"my work" -label:home', [], [("list", "my work", False), ("label", "home", True)]),
        ("is:OVERDUE no:due", [], [("is", "overdue", False), ("no", "due", False)]),
        ("-priority:high", [], [("priority", "high", True)]),
        ("due:today", [], [("due", Days("today", "today"), False)]),
        ("due:none", [], [("due", None, False)]),
        ("due:2026-03-01", [], [("due", Days(DAY, DAY), False)]),
        ("due:<2026-03-01", [], [("due", Days(last=DAY, skips=True), False)]),
        ("due:>=2026-03-01", [], [("due", Days(first=DAY), False)]),
        ("due:2026-03-01..week", [], [("due", Days(DAY, "week"), False)]),
        ("done:..2026-03-01", [], [("done", Days(None, DAY), False)]),
        ("created:2026-03-01..", [], [("created", Days(DAY, None), False)]),
        ('milk"due:today"', [("milk", False, False), ("due:today", True, False)], []),
    ],
)  # fmt: skip
def test_what_a_query_says(text: str, terms: list[object], filters: list[object]) -> None:
    assert said(text) == (terms, filters)


@pytest.mark.parametrize(
    ("text", "code", "fault"),
    [
        ("milk colour:red", "query_filter_unknown", "colour"),
        ("re:invoice", "query_filter_unknown", "re"),
        ("is:lost", "query_value_invalid", "lost"),
        ("list:", "query_value_invalid", ""),
        ('label:" "', "query_value_invalid", " "),
        ("due:someday", "query_value_invalid", "someday"),
        ("due:2026-02-30", "query_value_invalid", "2026-02-30"),
        ("due:..", "query_value_invalid", ".."),
        ("created:none", "query_value_invalid", "none"),
        ("a due:<", "query_value_invalid", "<"),
        ('say "milk', "query_quote_unclosed", '"'),
        ('-list:"work', "query_quote_unclosed", '"'),
        ("x" * (MAX_QUERY + 1), "query_too_long", "x"),
        ("x " * (MAX_PIECES + 1), "query_too_long", "x"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, code: str, fault: str) -> None:
    with pytest.raises(QueryInvalid) as refused:
        parse(text)
    start, end = refused.value.extra["position"]
    assert (refused.value.code, refused.value.field, text[start:end]) == (code, "q", fault)


PIECES = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ['"', "-", ":", " ", "..", "<", ">=", "due:", "is:", "list:", "today", "open", "2026-03-01"]
    ),
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_any_text_is_read_or_refused_and_every_piece_knows_its_place(text: str) -> None:
    try:
        query = parse(text)
    except QueryInvalid as error:
        refused = error
    else:
        all_is_read(text, query)
        return
    start, end = refused.extra["position"]
    assert 0 <= start <= end <= len(text)
    assert refused.code in {"query_filter_unknown", "query_value_invalid", "query_quote_unclosed"}


def all_is_read(text: str, query: Query) -> None:
    pieces = sorted([*query.terms, *query.filters], key=lambda piece: piece.start)
    reached = 0
    for piece in pieces:
        assert text[reached : piece.start].strip() == ""
        # The piece by itself says the same, wherever it stands.
        alone = parse(text[piece.start : piece.end])
        (again,) = [*alone.terms, *alone.filters]
        assert (type(again), again.negated, again.end) == (
            type(piece),
            piece.negated,
            piece.end - piece.start,
        )
        assert getattr(again, "value", None) == getattr(piece, "value", None)
        reached = piece.end
    assert text[reached:].strip() == ""


def test_each_filter_that_can_be_read_means_something() -> None:
    assert FILTERS.keys() == CONDITIONS.keys()
    assert set(STATES) == set(STATE_CONDITIONS) | (set(Task.Status.values) - {"open"})
    assert set(ABSENCES) == set(ABSENT)
    assert set(Task.Priority.values) == set(PRIORITIES)
