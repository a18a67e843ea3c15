"""Who is asking: a login's access token, or a browser's session."""

from __future__ import annotations

from typing import cast

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts import services
from accounts.actors import Actor, Device, NotLoggedIn, SocketLogin
from accounts.models import Login, User
from accounts.sessions import login_id_of

CHALLENGE = "Bearer"


class LoginAuthentication(BaseAuthentication):
    """`Authorization: Bearer <access token>`, as long as its login lives. `request.auth` is the login."""

    def authenticate(self, request: Request) -> tuple[User, Login] | None:
        scheme, _, token = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != CHALLENGE.lower():
            return None
        try:
            login = services.login_of_access_token(token.strip())
        except NotLoggedIn as error:
            raise AuthenticationFailed(error.message, code=error.code) from error
        return login.user, login

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE


class CrossSiteCheck(SessionAuthentication):
    """Nobody is logged in yet, but the request must carry the CSRF token as if somebody were."""

    def authenticate(self, request: Request) -> None:
        self.enforce_csrf(request)


class LoginScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = LoginAuthentication
    name = "bearerAuth"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}


def user_of(request: Request) -> User:
    """The user who asks, in a view that only answers users."""
    return cast("User", request.user)


def actor_of(request: Request) -> Actor:
    return Actor(user_of(request).id)


def login_of(request: Request) -> SocketLogin:
    """The login by which the request was made."""
    if isinstance(request.auth, Login):
        return SocketLogin(user_of(request).id, login_id=request.auth.id)
    return SocketLogin(user_of(request).id, login_id_of(request._request), request.session.session_key)


def device_of(request: Request) -> Device:
    return Device(
        user_agent=request.META.get("HTTP_USER_AGENT", ""), ip=request.META.get("REMOTE_ADDR") or None
    )
