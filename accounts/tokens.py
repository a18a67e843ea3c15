"""JSON Web Tokens (RFC 7519), signed with HS256 by simplejwt.

Every token names its user (`sub`) and its login (`sid`). A refresh token's text follows from its login, its
generation and the moment it was issued: whoever knows those can sign the very same text again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.exceptions import ExpiredTokenError, TokenError
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.tokens import Token

from accounts.actors import NotLoggedIn

ACCESS_LIFETIME: timedelta = api_settings.ACCESS_TOKEN_LIFETIME
REFRESH_LIFETIME: timedelta = api_settings.REFRESH_TOKEN_LIFETIME


class TokenInvalid(NotLoggedIn):
    """Not a token of ours, or not of the kind that is asked for."""

    code = "token_invalid"
    message = "The token is not valid."


class TokenExpired(NotLoggedIn):
    """A token of ours whose time is over."""

    code = "token_expired"
    message = "The token has expired."


class AccessToken(Token):
    token_type = "access"  # noqa: S105 - a name
    lifetime = ACCESS_LIFETIME


class RefreshToken(Token):
    token_type = "refresh"  # noqa: S105 - a name
    lifetime = REFRESH_LIFETIME


@dataclass(frozen=True, slots=True)
class Claims:
    """What a verified token says. `generation` counts a login's refresh tokens from 1; 0 in access tokens."""

    user_id: UUID
    login_id: UUID
    generation: int = 0


def sign_access(*, user_id: UUID, login_id: UUID, now: datetime) -> str:
    """A token that opens the API until `now` + 15 minutes."""
    return _sign(AccessToken(), user_id, login_id, now)


def sign_refresh(*, user_id: UUID, login_id: UUID, generation: int, issued_at: datetime) -> str:
    """The refresh token of that generation; the same arguments give the same text."""
    token = RefreshToken()
    token["gen"] = generation
    token[api_settings.JTI_CLAIM] = f"{login_id}.{generation}"
    return _sign(token, user_id, login_id, issued_at)


def read_access(encoded: str) -> Claims:
    """Raises: TokenInvalid, TokenExpired."""
    return _read(AccessToken, encoded)


def read_refresh(encoded: str) -> Claims:
    """Raises: TokenInvalid, TokenExpired."""
    return _read(RefreshToken, encoded)


def _sign(token: Token, user_id: UUID, login_id: UUID, at: datetime) -> str:
    token.set_iat(at_time=at)
    token.set_exp(from_time=at)
    token[api_settings.USER_ID_CLAIM] = str(user_id)
    token["sid"] = str(login_id)
    return str(token)


def _read(kind: type[Token], encoded: str) -> Claims:
    text: Any = encoded  # simplejwt annotates the encoded text as a Token
    try:
        token = _signed_token(kind, text)
        return Claims(
            user_id=UUID(token[api_settings.USER_ID_CLAIM]),
            login_id=UUID(token["sid"]),
            generation=int(token.get("gen", 0)),
        )
    except ExpiredTokenError as error:
        raise TokenExpired from error
    except (TokenError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise TokenInvalid from error


def _signed_token(kind: type[Token], text: Any) -> Token:
    """The token, if it is signed with the key of now or with one before it.

    Raises: as `kind(text)`.
    """
    failure: TokenError | None = None
    for candidate in (kind, *(_of_key(kind, key) for key in settings.SECRET_KEY_FALLBACKS)):
        try:
            return candidate(text)
        except ExpiredTokenError:
            # Only of a token that is signed rightly is it known when it ends.
            raise
        except TokenError as error:
            failure = failure or error
    raise failure or TokenError


def _of_key(kind: type[Token], key: str) -> type[Token]:
    """Such tokens as they are signed with another key than that of now."""
    return type(kind.__name__, (kind,), {"_token_backend": _backend(key)})


@cache
def _backend(key: str) -> TokenBackend:
    return TokenBackend(api_settings.ALGORITHM, key, leeway=api_settings.LEEWAY)
