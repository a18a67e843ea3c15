"""How notifications and push subscriptions look outside: REST and activities alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from activities.models import Notification, PushSubscription
from activities.notification_querysets import NOTIFICATION_FIELDS, SUBSCRIPTION_FIELDS

JSON = dict[str, Any]


def render_notification(source: Notification | Mapping[str, Any]) -> JSON:
    """`{id, activity_id, kind, title, body, subject: {type, id}, data, created_at, read_at}`"""
    row = _row(source, NOTIFICATION_FIELDS)
    return {
        "id": str(row["id"]),
        "activity_id": str(row["activity_id"]),
        "kind": row["kind"],
        "title": row["title"],
        "body": row["body"],
        "subject": {"type": row["subject_type"], "id": str(row["subject_id"])},
        "data": row["data"],
        "created_at": moment(row["created_at"]),
        "read_at": moment(row["read_at"]),
    }


def render_subscription(source: PushSubscription | Mapping[str, Any]) -> JSON:
    """`{id, host, expires_at, created_at}`: of the endpoint, which is a secret, only where it lies."""
    row = _row(source, SUBSCRIPTION_FIELDS)
    return {
        "id": str(row["id"]),
        "host": urlsplit(row["endpoint"]).hostname or "",
        "expires_at": moment(row["expires_at"]),
        "created_at": moment(row["created_at"]),
    }


def moment(value: datetime | None) -> str | None:
    """ISO 8601 in UTC, ending in Z."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if value else None


def _row(source: object, names: tuple[str, ...]) -> Mapping[str, Any]:
    return source if isinstance(source, Mapping) else {name: getattr(source, name) for name in names}
