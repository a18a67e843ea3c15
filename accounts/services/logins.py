"""Logging in, and staying logged in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import authenticate
from django.db import DEFAULT_DB_ALIAS, transaction
from django.views.decorators.debug import sensitive_variables

from accounts.actors import Device, NotLoggedIn
from accounts.models import Login, User, normalized_email
from accounts.services.journaling import login_fields, record_login
from accounts.services.revocation import end_logins
from accounts.tokens import read_access, read_refresh, sign_access, sign_refresh
from voice2task.kernel.attempts import Lock, begin_attempt, forgive
from voice2task.kernel.composed import Composed
from voice2task.kernel.journal import journal

# Two tabs, or a client that lost the answer, may refresh with the same token at about the same time.
REUSE_GRACE = timedelta(seconds=10)

_LOGIN_FIELDS = [field.attname for field in Login._meta.concrete_fields]
_USER_FIELDS = [field.attname for field in User._meta.concrete_fields]
# Asked by every request.
_OPENED = Composed(
    lambda user_id, login_id: (
        Login.objects.of(user_id)
        .filter(id=login_id)
        .values(*_LOGIN_FIELDS, *(f"user__{name}" for name in _USER_FIELDS))
    ),
    planned_once=True,
)


class InvalidCredentials(NotLoggedIn):
    """No active user has this address and this password. Which of the two is wrong is not told."""

    code = "invalid_credentials"
    message = "The e-mail address or the password is wrong."


class LoginRevoked(NotLoggedIn):
    """The token's login was ended, or its user may not log in any more."""

    code = "login_revoked"
    message = "This login has been ended."


class TokenReused(NotLoggedIn):
    """A refresh token was used again after its successor: somebody has a copy, so the login is ended."""

    code = "token_reused"
    message = "The token was used before. The login has been ended."


@dataclass(frozen=True, slots=True)
class TokenPair:
    access: str
    refresh: str


@sensitive_variables("password")
def start_login(*, email: str, password: str, device: Device, now: datetime) -> TokenPair:
    """Log in with tokens.

    Raises:
        InvalidCredentials: after the same time, whatever is wrong.
        TooManyAttempts.
    """
    user = verify_password(email, password, device.ip)
    with transaction.atomic():
        return _pair(_open(user, device, now), now)


@sensitive_variables("password")
def start_session(
    *, email: str, password: str, device: Device, open_session: Callable[[User, UUID], str], now: datetime
) -> User:
    """Log a browser in by a session cookie.

    `open_session` makes the session, tied to the login's id, and returns the session's key.

    Raises:
        InvalidCredentials: after the same time, whatever is wrong.
        TooManyAttempts.
    """
    user = verify_password(email, password, device.ip)
    with transaction.atomic():
        login = _open(user, device, now)
        login.session_key = open_session(user, login.id)
        login.save(update_fields=["session_key"])
    return user


def rotate_login(*, refresh: str, now: datetime) -> TokenPair:
    """Exchange a refresh token for its successor, and an access token.

    The current token moves its login on by one generation. The one before it yields the same successor for
    10 s more. Any other use of a token that has a successor ends the login.

    Raises:
        TokenInvalid, TokenExpired, LoginRevoked, TokenReused.
    """
    claims = read_refresh(refresh)
    with transaction.atomic():
        journal().lock(claims.user_id)
        own = Login.objects.of(claims.user_id).select_related("user").select_for_update(of=("self",))
        login = _usable(own.filter(id=claims.login_id).first())
        if pair := _advance(login, claims.generation, now):
            return pair
        # Committed before it is told: an error inside would undo the revocation.
        end_logins([login], actor="system", now=now)
    raise TokenReused


def login_of_access_token(access: str) -> Login:
    """The login, with its user, that an access token opens. One query.

    Raises:
        TokenInvalid, TokenExpired, LoginRevoked.
    """
    claims = read_access(access)
    rows = _OPENED.rows(user_id=claims.user_id, login_id=claims.login_id)
    return _usable(_login_with_user(rows[0]) if rows else None)


def _usable(login: Login | None) -> Login:
    if login is None or login.revoked_at is not None or not login.user.is_active:
        raise LoginRevoked
    return login


def _login_with_user(row: dict[str, Any]) -> Login:
    values = list(row.values())
    login = Login.from_db(DEFAULT_DB_ALIAS, _LOGIN_FIELDS, values[: len(_LOGIN_FIELDS)])
    login.user = User.from_db(DEFAULT_DB_ALIAS, _USER_FIELDS, values[len(_LOGIN_FIELDS) :])
    return login


def _advance(login: Login, generation: int, now: datetime) -> TokenPair | None:
    if generation == login.generation:
        login.generation += 1
        login.last_used_at = now
        login.save(update_fields=["generation", "last_used_at"])
        return _pair(login, now)
    if generation == login.generation - 1 and now - login.last_used_at <= REUSE_GRACE:
        return _pair(login, now)
    return None


def _pair(login: Login, now: datetime) -> TokenPair:
    return TokenPair(
        access=sign_access(user_id=login.user_id, login_id=login.id, now=now),
        refresh=sign_refresh(
            user_id=login.user_id,
            login_id=login.id,
            generation=login.generation,
            issued_at=login.last_used_at,
        ),
    )


@sensitive_variables("password")
def verify_password(email: str, password: str, address: str | None) -> User:
    """The user of that address and password. After wrong guesses it is locked for a while, to everybody.

    Raises:
        InvalidCredentials: after the same time, whatever is wrong.
        TooManyAttempts: at this account, whether there is one or not, or from `address`.
    """
    account = Lock(f"account {normalized_email(email)}", settings.LOGIN_FAILURES)
    origin = Lock(f"address {address}", settings.LOGIN_FAILURES_ADDRESS)
    locks = [account, origin] if address else [account]
    begin_attempt(*locks)
    # Django's backend hashes the password of an unknown or inactive user too.
    user = authenticate(username=email, password=password)
    if not isinstance(user, User):
        raise InvalidCredentials
    forgive(*locks)
    return user


def _open(user: User, device: Device, now: datetime) -> Login:
    journal().lock(user.id)
    # Verifying takes its time, and was done without the lock: the password may be another one by now.
    if not User.objects.filter(id=user.id, password=user.password, is_active=True).exists():
        raise InvalidCredentials
    login = Login.objects.create(
        user=user,
        created_at=now,
        last_used_at=now,
        user_agent=device.user_agent[: Login._meta.get_field("user_agent").max_length],
        ip=device.ip,
    )
    record_login(login, "login.created", after=login_fields(login), at=now)
    return login
