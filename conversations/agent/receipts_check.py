"""Holds what a reply claims against what the turn has really done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from conversations.agent.claims import Receipt, unsupported_claims

JSON = Mapping[str, Any]


def unsupported_in(
    text: str, receipts: Sequence[JSON], results: Sequence[JSON], *, language: str
) -> tuple[str, ...]:
    """The sentences of `text` that claim a change without a receipt (as the API shows receipts).

    Tasks that the results merely showed are no receipts, but may be spoken of.
    """
    done = [Receipt(row["kind"], row["title"], row.get("task") or {}) for row in receipts]
    return tuple(unsupported_claims(text, done, seen=list(_seen(results)), language=language))


def _seen(values: Iterable[Any]) -> Iterator[str]:
    """Every title or name anywhere in some JSON."""
    for value in values:
        if isinstance(value, Mapping):
            yield from (value[name] for name in ("title", "name") if isinstance(value.get(name), str))
            yield from _seen(value.values())
        elif isinstance(value, list | tuple):
            yield from _seen(value)
