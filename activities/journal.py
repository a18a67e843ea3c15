"""What `voice2task.kernel.journal` promises to rooms below this one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.actors import Actor, ActorKind
from activities import services


class ActivityJournal:
    """The journal of `voice2task.kernel.journal`, kept as activities."""

    @staticmethod
    def lock(user_id: UUID) -> None:
        services.lock_stream(user_id)

    @staticmethod
    def record(
        *,
        user_id: UUID,
        kind: str,
        actor: ActorKind,
        subject_type: str,
        subject_id: UUID,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
        at: datetime,
    ) -> None:
        services.record(
            actor=Actor(user_id, actor),
            entry=services.Entry(kind, subject_type, subject_id, after=after, before=before),
            at=at,
        )
