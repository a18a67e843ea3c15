"""The port through which rooms below `activities` record what they did.

Imports point down, and accounts lie below activities: the implementation is named by the setting `JOURNAL`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string


class Journal(Protocol):
    """Where a change is recorded, in the transaction that makes it."""

    def lock(self, user_id: UUID) -> None:
        """Take the user's stream, before any other row, for the rest of the transaction."""
        ...

    def record(
        self,
        *,
        user_id: UUID,
        kind: str,
        actor: str,
        subject_type: str,
        subject_id: UUID,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
        at: datetime,
    ) -> None:
        """Write one activity; the stream must be held."""
        ...


@lru_cache(maxsize=1)
def journal() -> Journal:
    """The journal that the settings name."""
    implementation: Journal = import_string(settings.JOURNAL)
    return implementation
