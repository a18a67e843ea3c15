"""API tokens: made once, shown once, kept as a hash."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from accounts.actors import Actor, NotLoggedIn
from accounts.models import ApiToken, User
from accounts.scopes import Scope
from accounts.services.journaling import record_token, token_fields
from accounts.tokens import TokenExpired, TokenInvalid
from voice2task.kernel.errors import Conflict, Invalid, NotFound, PermissionRefused
from voice2task.kernel.journal import journal

# By which programs that look for leaked secrets tell ours from others.
MARK = "v2t_"
SECRET_BYTES = 32
SHOWN_CHARACTERS = 12
LIVE_AT_ONCE = 100


class ApiTokenNotFound(NotFound):
    """The actor has no such token."""

    message = "There is no such token."


class ApiTokenRevoked(NotLoggedIn):
    """The token was revoked, or its user may not log in any more."""

    code = "token_revoked"
    message = "The token has been revoked."


class ScopesInvalid(Invalid):
    code = "scopes_invalid"
    message = "A token has at least one scope, and each once."


class ExpiryInvalid(Invalid):
    code = "expires_at_invalid"
    message = "The end of a token lies ahead."


class AdminScopeRefused(PermissionRefused):
    code = "admin_scope_refused"
    message = "Only staff may have the scope admin."


class TooManyTokens(Conflict):
    code = "too_many_tokens"
    message = f"A user has at most {LIVE_AT_ONCE} tokens."


def create_api_token(
    *, actor: Actor, name: str, scopes: Collection[str], expires_at: datetime | None = None, now: datetime
) -> tuple[ApiToken, str]:
    """A new token of the actor, and its text, which nobody can tell again.

    Raises:
        ScopesInvalid, ExpiryInvalid, AdminScopeRefused, TooManyTokens.
    """
    if not scopes or len(set(scopes)) != len(scopes) or not set(scopes) <= set(Scope.values):
        raise ScopesInvalid(field="scopes")
    if expires_at is not None and expires_at <= now:
        raise ExpiryInvalid(field="expires_at")
    text = MARK + secrets.token_urlsafe(SECRET_BYTES)
    with transaction.atomic():
        journal().lock(actor.user_id)
        if Scope.ADMIN in scopes and not User.objects.filter(id=actor.user_id, is_staff=True).exists():
            raise AdminScopeRefused
        if ApiToken.objects.of(actor.user_id).live(now).count() >= LIVE_AT_ONCE:
            raise TooManyTokens
        token = ApiToken.objects.create(
            user_id=actor.user_id,
            name=name,
            prefix=text[:SHOWN_CHARACTERS],
            digest=digest_of(text),
            scopes=[scope for scope in Scope.values if scope in scopes],
            created_at=now,
            expires_at=expires_at,
        )
        record_token(token, "token.created", actor=actor.kind, after=token_fields(token), at=now)
    return token, text


def revoke_api_token(*, actor: Actor, token_id: UUID, now: datetime) -> None:
    """End a token of the actor; its sockets close within 5 s. Again changes nothing.

    Raises:
        ApiTokenNotFound: it is not one of the actor's.
    """
    with transaction.atomic():
        journal().lock(actor.user_id)
        token = ApiToken.objects.of(actor.user_id).filter(id=token_id).first()
        if token is None:
            raise ApiTokenNotFound
        _end([token], actor, now)


def revoke_all_api_tokens(*, actor: Actor, now: datetime) -> int:
    """End every token of the actor. Returns how many."""
    with transaction.atomic():
        journal().lock(actor.user_id)
        return _end(list(ApiToken.objects.of(actor.user_id).live(now).order_by("id")), actor, now)


@sensitive_variables("text")
def api_token_of(text: str, *, now: datetime) -> ApiToken:
    """The token, with its user, that `text` is. One query.

    Raises:
        TokenInvalid, TokenExpired, ApiTokenRevoked.
    """
    token: ApiToken | None = (
        ApiToken.objects.select_related("user").filter(digest=digest_of(text)).first()
        if looks_like_api_token(text)
        else None
    )
    if token is None:
        raise TokenInvalid
    if token.revoked_at is not None or not token.user.is_active:
        raise ApiTokenRevoked
    if token.expires_at is not None and token.expires_at <= now:
        raise TokenExpired
    return token


def looks_like_api_token(text: str) -> bool:
    return text.startswith(MARK)


def digest_of(text: str) -> str:
    """SHA-256: of 256 random bits, which nobody can try out, a slow hash would protect nothing more."""
    return hashlib.sha256(text.encode()).hexdigest()


def _end(tokens: list[ApiToken], actor: Actor, now: datetime) -> int:
    ended = [token for token in tokens if token.revoked_at is None]
    for token in ended:
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
        after = {"id": str(token.id), "revoked_at": token_fields(token)["revoked_at"]}
        record_token(
            token, "token.revoked", actor=actor.kind, before={"revoked_at": None}, after=after, at=now
        )
    return len(ended)
