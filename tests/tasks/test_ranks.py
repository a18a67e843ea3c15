"""`tasks.ranks`: there is always a place between two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.ranks import FIRST, rank_between


@given(st.lists(st.integers(min_value=0, max_value=10_000), max_size=200))
def test_any_order_of_insertions_stays_sorted(places: list[int]) -> None:
    ranks: list[str] = []
    for place in places:
        at = place % (len(ranks) + 1)
        before = ranks[at - 1] if at else None
        after = ranks[at] if at < len(ranks) else None
        ranks.insert(at, rank_between(before, after))
    assert ranks == sorted(set(ranks))


@pytest.mark.parametrize("forwards", [True, False])
def test_ranks_at_the_ends_stay_short(*, forwards: bool) -> None:
    rank = FIRST
    for _ in range(10_000):
        following = rank_between(rank, None) if forwards else rank_between(None, rank)
        assert (rank < following) is forwards
        rank = following
    assert len(rank) <= 4


def test_a_gap_used_again_and_again_grows_slowly() -> None:
    low, high = "a0", "a1"
    for _ in range(500):
        low, middle = rank_between(low, high), low
        assert middle < low < high
    assert len(low) <= 110


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("z" * 27, None),
        ("Z" + "z", None),
        ("Yzz", None),
        ("X" + "z" * 3, None),
        ("bzz", None),
        (None, "b00"),
        (None, "a0V"),
        ("a0z", "a1"),
        ("a0Vz", "a0W1"),
        ("a0V", "a0W1"),
        (None, "Z0"),
        (None, "Y00"),
        (None, "A" + "0" * 26),
        ("Zz", "a0"),
        ("a0", "a0V"),
        ("a0V", "a1"),
        ("a0", "a2"),
    ],
)
def test_the_edges(before: str | None, after: str | None) -> None:
    rank = rank_between(before, after)
    assert (before or "") < rank
    assert after is None or rank < after


@pytest.mark.parametrize(("before", "after"), [("a1", "a0"), ("a0", "a0")])
def test_nothing_lies_between_what_is_not_ascending(before: str, after: str) -> None:
    with pytest.raises(ValueError, match="no rank"):
        rank_between(before, after)
