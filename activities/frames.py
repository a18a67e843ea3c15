"""How an activity looks outside: the same object in the REST feed and in a live `event` frame."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import orjson


def user_channel(user_id: UUID) -> str:
    """The Redis channel on which all live frames of a user are published."""
    return f"user:{user_id}"


def render_activity(row: Mapping[str, Any]) -> dict[str, Any]:
    """`{seq, id, kind, actor, turn_id, subject: {type, id}, data: {before, after}, at}` of one row."""
    return {
        "seq": row["seq"],
        "id": row["id"],
        "kind": row["kind"],
        "actor": row["actor"],
        "turn_id": row["turn_id"],
        "subject": {"type": row["subject_type"], "id": row["subject_id"]},
        "data": {"before": row["before"], "after": row["after"]},
        "at": row["at"],
    }


def event_frame(row: Mapping[str, Any]) -> bytes:
    """The live `event` frame of one activity row, as UTF-8 JSON."""
    return orjson.dumps({"type": "event", **render_activity(row)}, option=orjson.OPT_UTC_Z)
