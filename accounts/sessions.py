"""Browser sessions: Django's, each tied to the `Login` that opened it."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth import login as log_in
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest

from accounts.models import User

SESSION_LOGIN_KEY = "login_id"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def open_session(request: HttpRequest, user: User, login_id: UUID) -> str:
    """Give the browser a new session of `user`, whatever it had before. Returns the session's key."""
    request.session.flush()
    log_in(request, user, backend=BACKEND)
    request.session[SESSION_LOGIN_KEY] = str(login_id)
    return saved_key(request)


def renew_session(request: HttpRequest, user: User) -> str:
    """Bind the browser's session to the user's new password. Returns the session's new key."""
    update_session_auth_hash(request, user)
    return saved_key(request)


def saved_key(request: HttpRequest) -> str:
    request.session.save()
    return str(request.session.session_key)


def login_id_of(request: HttpRequest) -> UUID | None:
    """The login behind the browser's session; None when the session was opened by the admin's own form."""
    value = request.session.get(SESSION_LOGIN_KEY)
    return UUID(value) if value else None
