"""How changes to accounts are recorded: fields as the API shows them, and never a secret."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from accounts.actors import ActorKind
from accounts.models import ApiToken, Login, User
from voice2task.kernel.journal import journal


def user_fields(user: User) -> dict[str, Any]:
    return {
        "id": str(user.id),
        "email": user.email,
        "email_verified": user.email_verified,
        "timezone": user.timezone,
        "language": user.language,
        "week_start": user.week_start,
        "subtasks_on_complete": user.subtasks_on_complete,
        "quiet_from": user.quiet_from and user.quiet_from.isoformat(),
        "quiet_until": user.quiet_until and user.quiet_until.isoformat(),
        "email_notifications": user.email_notifications,
        "created_at": _iso(user.created_at),
    }


def login_fields(login: Login) -> dict[str, Any]:
    return {
        "id": str(login.id),
        "user_agent": login.user_agent,
        "ip": login.ip,
        "created_at": _iso(login.created_at),
        "revoked_at": login.revoked_at and _iso(login.revoked_at),
    }


def token_fields(token: ApiToken) -> dict[str, Any]:
    return {
        "id": str(token.id),
        "name": token.name,
        "prefix": token.prefix,
        "scopes": list(token.scopes),
        "created_at": _iso(token.created_at),
        "expires_at": token.expires_at and _iso(token.expires_at),
        "revoked_at": token.revoked_at and _iso(token.revoked_at),
    }


def record_user(
    user: User,
    kind: str,
    *,
    actor: ActorKind = "user",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    at: datetime,
) -> None:
    journal().record(
        user_id=user.id,
        kind=kind,
        actor=actor,
        subject_type="user",
        subject_id=user.id,
        before=before or {},
        after=after or {},
        at=at,
    )


def record_login(
    login: Login,
    kind: str,
    *,
    actor: ActorKind = "user",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any],
    at: datetime,
) -> None:
    _record_access("login", login, kind, actor=actor, before=before, after=after, at=at)


def record_token(
    token: ApiToken,
    kind: str,
    *,
    actor: ActorKind = "user",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any],
    at: datetime,
) -> None:
    _record_access("token", token, kind, actor=actor, before=before, after=after, at=at)


def _record_access(
    subject_type: str, subject: Login | ApiToken, kind: str, *, before: Mapping[str, Any] | None, **more: Any
) -> None:
    journal().record(
        user_id=subject.user_id,
        kind=kind,
        subject_type=subject_type,
        subject_id=subject.id,
        before=before or {},
        **more,
    )


def _iso(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
