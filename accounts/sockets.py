"""Who is behind a WebSocket, when it opens and as long as it lives.

Plain functions that ask the database and Redis: an event loop calls them on a database thread.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import Subquery
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.actors import NotLoggedIn, SocketLogin
from accounts.models import Login, User
from accounts.services import login_of_access_token
from accounts.sessions import SESSION_LOGIN_KEY
from accounts.tickets import redeem_ticket

__all__ = ["NotLoggedIn", "SocketLogin", "authenticate_socket", "ended", "still_valid"]


def authenticate_socket(
    *, bearer: str | None = None, ticket: str | None = None, session_key: str | None = None
) -> SocketLogin:
    """The login that the first given credential proves. A wrong one does not fall back to the next.

    Args:
        bearer: the access token of an `Authorization` header.
        ticket: what `POST /auth/ws-ticket/` answered; it is used up.
        session_key: the value of the session cookie. The caller has checked the origin.

    Raises:
        NotLoggedIn: or one of its kinds, whose `code` says why.
        TicketsUnavailable: Redis, which keeps the tickets, does not answer.
    """
    if bearer is not None:
        login = login_of_access_token(bearer)
        return SocketLogin(login.user_id, login_id=login.id)
    if ticket is not None:
        return _checked(redeem_ticket(ticket))
    if session_key is not None:
        return _login_of_session(session_key)
    raise NotLoggedIn


def still_valid(login: SocketLogin) -> bool:
    """Whether the login has not ended meanwhile. One query."""
    if login.login_id is not None:
        lives: bool = Login.objects.of(login.user_id).unrevoked().filter(id=login.login_id).exists()
        return lives
    return login.session_key is not None and _session_lives(login.user_id, login.session_key)


def ended(logins: Collection[SocketLogin]) -> set[SocketLogin]:
    """Those of the logins that have ended meanwhile. One query for all that are rows of `Login`."""
    by_id = {login.login_id: login for login in logins if login.login_id is not None}
    lives = set(Login.objects.unrevoked().filter(id__in=by_id).values_list("id", flat=True))
    over = {login for login_id, login in by_id.items() if login_id not in lives}
    return over | {login for login in logins if login.login_id is None and not still_valid(login)}


def _checked(login: SocketLogin) -> SocketLogin:
    if not still_valid(login):
        raise NotLoggedIn
    return login


def _login_of_session(session_key: str) -> SocketLogin:
    data = SessionStore(session_key).load()
    if SESSION_KEY not in data:
        raise NotLoggedIn
    user_id, login_id = UUID(data[SESSION_KEY]), data.get(SESSION_LOGIN_KEY)
    if not _session_lives(user_id, session_key):
        raise NotLoggedIn
    return _checked(SocketLogin(user_id, UUID(login_id) if login_id else None, session_key))


def _session_lives(user_id: UUID, session_key: str) -> bool:
    """Whether the session is there, and made with the password that the user has now."""
    session = Session.objects.filter(session_key=session_key, expire_date__gt=timezone.now())
    user = (
        User.objects.filter(id=user_id, is_active=True)
        .annotate(session_data=Subquery(session.values("session_data")))
        .first()
    )
    if user is None or user.session_data is None:
        return False
    data = SessionStore().decode(user.session_data)
    hashes = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    same_user = data.get(SESSION_KEY) == str(user_id)
    return same_user and any(constant_time_compare(data.get(HASH_SESSION_KEY, ""), known) for known in hashes)
