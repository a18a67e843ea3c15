"""Who is behind a WebSocket, when it opens and as long as it lives.

Plain functions that ask the database and Redis: an event loop calls them on a database thread.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet, Subquery
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.actors import NotLoggedIn, SocketLogin
from accounts.models import ApiToken, Login, User
from accounts.scopes import Scope
from accounts.services import api_token_of, login_of_access_token, looks_like_api_token, note_use
from accounts.sessions import SESSION_LOGIN_KEY
from accounts.tickets import redeem_ticket

__all__ = ["NotLoggedIn", "SocketLogin", "authenticate_socket", "ended"]


def authenticate_socket(
    *, bearer: str | None = None, ticket: str | None = None, session_key: str | None = None
) -> SocketLogin:
    """The login that the first given credential proves. A wrong one does not fall back to the next.

    Args:
        bearer: the access token or API token of an `Authorization` header.
        ticket: what `POST /auth/ws-ticket/` answered; it is used up.
        session_key: the value of the session cookie. The caller has checked the origin.

    Raises:
        NotLoggedIn: or one of its kinds, whose `code` says why.
        ScopeMissing: the API token may not read.
        TicketsUnavailable: Redis, which keeps the tickets, does not answer.
    """
    if bearer is not None:
        return _used(_login_of_bearer(bearer))
    if ticket is not None:
        return _used(_checked(redeem_ticket(ticket)))
    if session_key is not None:
        return _used(_login_of_session(session_key))
    raise NotLoggedIn


def ended(logins: Collection[SocketLogin]) -> set[SocketLogin]:
    """Those of the logins that have ended meanwhile; of the others it is kept that they are in use.

    A query for all API tokens, one for all logins, and one for each session that has no login.
    """
    lives: set[SocketLogin] = set()
    tokens = _among(ApiToken.objects.live(timezone.now()), {login.token_id for login in logins})
    rows = _among(Login.objects.unrevoked(), {login.login_id for login in logins})
    for login in logins:
        if login.token_id is not None:
            well = (login.token_id, login.user_id) in tokens
        elif login.login_id is not None:
            well = (login.login_id, login.user_id) in rows
        else:
            well = _lives(login)
        if well:
            lives.add(_used(login))
    return set(logins) - lives


def _among(rows: QuerySet[Any], ids: set[UUID | None]) -> set[tuple[UUID, UUID]]:
    """Which of these rows there are, each with its user."""
    wanted = ids - {None}
    return set(rows.filter(id__in=wanted).values_list("id", "user_id")) if wanted else set()


def _lives(login: SocketLogin) -> bool:
    if login.token_id is not None:
        tokens = ApiToken.objects.of(login.user_id).live(timezone.now())
        found: bool = tokens.filter(id=login.token_id).exists()
        return found
    if login.login_id is not None:
        lives: bool = Login.objects.of(login.user_id).unrevoked().filter(id=login.login_id).exists()
        return lives
    return login.session_key is not None and _session_lives(login.user_id, login.session_key)


def _login_of_bearer(bearer: str) -> SocketLogin:
    if not looks_like_api_token(bearer):
        login = login_of_access_token(bearer)
        return SocketLogin(login.user_id, login_id=login.id)
    token = api_token_of(bearer, now=timezone.now())
    found = SocketLogin(token.user_id, token_id=token.id, scopes=frozenset(token.scopes))
    found.require(Scope.READ)
    return found


def _used(login: SocketLogin) -> SocketLogin:
    if login.token_id is not None:
        note_use(ApiToken, login.token_id, now=timezone.now())
    elif login.login_id is not None:
        note_use(Login, login.login_id, now=timezone.now())
    return login


def _checked(login: SocketLogin) -> SocketLogin:
    if not _lives(login):
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
