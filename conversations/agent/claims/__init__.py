from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Receipt:
    kind: str
    name: str
    after: Mapping[str, Any]


def unsupported_claims(
    text: str, receipts: Sequence[Receipt], *, seen: Sequence[str] = (), language: str = ""
) -> list[str]:
    return []
