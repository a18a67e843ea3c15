"""Who is asking: a login's access token, an API token, or a browser's session."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts import services
from accounts.actors import Actor, Device, NotLoggedIn, SocketLogin
from accounts.models import ApiToken, Login, User
from accounts.sessions import login_id_of

CHALLENGE = "Bearer"


class LoginAuthentication(BaseAuthentication):
    """`Authorization: Bearer <access token or API token>`. `request.auth` is the login or the `ApiToken`."""

    def authenticate(self, request: Request) -> tuple[User, Login | ApiToken] | None:
        scheme, _, token = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != CHALLENGE.lower():
            return None
        try:
            key = _key_of(token.strip())
        except NotLoggedIn as error:
            raise AuthenticationFailed(error.message, code=error.code) from error
        services.note_use(type(key), key.id, now=timezone.now())
        return key.user, key

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE


def _key_of(bearer: str) -> Login | ApiToken:
    if services.looks_like_api_token(bearer):
        return services.api_token_of(bearer, now=timezone.now())
    return services.login_of_access_token(bearer)


class BrowserAuthentication(SessionAuthentication):
    """The session cookie, and with what changes something the CSRF token."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        found = super().authenticate(request)
        if found is None:
            return None
        if (login_id := login_id_of(request._request)) is not None:
            services.note_use(Login, login_id, now=timezone.now())
        return cast("User", found[0]), None


class CrossSiteCheck(SessionAuthentication):
    """Nobody is logged in yet, but the request must carry the CSRF token as if somebody were."""

    def authenticate(self, request: Request) -> None:
        self.enforce_csrf(request)


class BrowserScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = BrowserAuthentication
    name = "cookieAuth"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


class LoginScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = LoginAuthentication
    name = "bearerAuth"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT or v2t_…"}


def user_of(request: Request) -> User:
    """The user who asks, in a view that only answers users."""
    return cast("User", request.user)


def actor_of(request: Request) -> Actor:
    return Actor(user_of(request).id)


def login_of(request: Request) -> SocketLogin:
    """The login, or the API token, by which the request was made."""
    if isinstance(request.auth, ApiToken):
        token = request.auth
        return SocketLogin(user_of(request).id, token_id=token.id, scopes=frozenset(token.scopes))
    if isinstance(request.auth, Login):
        return SocketLogin(user_of(request).id, login_id=request.auth.id)
    return SocketLogin(user_of(request).id, login_id_of(request._request), request.session.session_key)


def device_of(request: Request) -> Device:
    return Device(
        user_agent=request.META.get("HTTP_USER_AGENT", ""), ip=request.META.get("REMOTE_ADDR") or None
    )
