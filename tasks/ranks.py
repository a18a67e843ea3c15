"""Places in an order, as short texts between any two of which another always fits.

Fractional indexing after David Greenspan
(https://observablehq.com/@dgreensp/implementing-fractional-indexing): a rank is an integer, whose first
character gives its length, and a fraction, both in base 62 in the order of ASCII.
Moving one thing writes one rank; appending grows a rank only with the logarithm of the count.
"""

from __future__ import annotations

from collections.abc import Collection

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
FIRST = "a0"
# "a" heads integers of one digit, "b" of two, … ; "Z", "Y", … the same below zero.
_LAST_NEGATIVE, _FIRST_POSITIVE = "Z", "a"


def rank_between(before: str | None, after: str | None) -> str:
    """A rank greater than `before` and less than `after`; None stands for the end on that side.

    Raises:
        ValueError: `before` is not less than `after`.
    """
    if before is not None and after is not None and before >= after:
        raise ValueError(f"no rank lies between {before!r} and {after!r}")
    if before is None:
        return FIRST if after is None else _rank_below(after)
    integer = _integer_part(before)
    if after is not None and integer == _integer_part(after):
        return integer + _midpoint(before[len(integer) :], after[len(integer) :])
    following = _increment(integer)
    if after is None or following < after:
        return following
    return integer + _midpoint(before[len(integer) :], None)


def _rank_below(after: str) -> str:
    integer = _integer_part(after)
    if integer < after:
        return integer
    return _decrement(integer)


def _integer_part(rank: str) -> str:
    head = rank[0]
    length = ord(head) - ord("a") + 2 if head >= _FIRST_POSITIVE else ord("Z") - ord(head) + 2
    return rank[:length]


def _increment(integer: str) -> str:
    head, digits = integer[0], list(integer[1:])
    for index in reversed(range(len(digits))):
        if digits[index] != DIGITS[-1]:
            digits[index] = DIGITS[DIGITS.index(digits[index]) + 1]
            return head + "".join(digits)
        digits[index] = DIGITS[0]
    if head == _LAST_NEGATIVE:
        return _FIRST_POSITIVE + DIGITS[0]
    grown = len(digits) + 1 if head >= _FIRST_POSITIVE else len(digits) - 1
    return chr(ord(head) + 1) + DIGITS[0] * grown


def _decrement(integer: str) -> str:
    head, digits = integer[0], list(integer[1:])
    for index in reversed(range(len(digits))):
        if digits[index] != DIGITS[0]:
            digits[index] = DIGITS[DIGITS.index(digits[index]) - 1]
            return head + "".join(digits)
        digits[index] = DIGITS[-1]
    if head == _FIRST_POSITIVE:
        return _LAST_NEGATIVE + DIGITS[-1]
    grown = len(digits) - 1 if head >= _FIRST_POSITIVE else len(digits) + 1
    return chr(ord(head) - 1) + DIGITS[-1] * grown


def _midpoint(low: str, high: str | None) -> str:
    """A fraction between two, neither of which ends in the lowest digit; `high` None stands for one."""
    if high is not None:
        shared = 0
        while shared < len(high) and (low[shared] if shared < len(low) else DIGITS[0]) == high[shared]:
            shared += 1
        if shared:
            return high[:shared] + _midpoint(low[shared:], high[shared:])
    lower = DIGITS.index(low[0]) if low else 0
    upper = DIGITS.index(high[0]) if high else len(DIGITS)
    if upper - lower > 1:
        return DIGITS[(lower + upper + 1) // 2]
    if high is not None and len(high) > 1:
        return high[0]
    return DIGITS[lower] + _midpoint(low[1:], None)


def spread_ranks(low: str | None, high: str | None, count: int, *, avoid: Collection[str] = ()) -> list[str]:
    """`count` ranks between two in order, as short as they can be, none of which is in `avoid`.

    While rows are given new ranks one by one, no two of them may hold the same one at any moment: `avoid` are
    the ranks they held.
    """
    needed = count + len(avoid)
    ranks: list[str] = []
    if high is None:
        for _ in range(needed):
            ranks.append(rank_between(ranks[-1] if ranks else low, None))
    elif low is None:
        for _ in range(needed):
            ranks.append(rank_between(None, ranks[-1] if ranks else high))
        ranks.reverse()
    else:
        _bisect(low, high, needed, ranks)
    free = [rank for rank in ranks if rank not in avoid]
    # Those left over are taken out evenly.
    return [free[index * len(free) // count] for index in range(count)]


def _bisect(low: str, high: str, count: int, ranks: list[str]) -> None:
    if count > 0:
        middle = rank_between(low, high)
        _bisect(low, middle, (count - 1) // 2, ranks)
        ranks.append(middle)
        _bisect(middle, high, count // 2, ranks)
