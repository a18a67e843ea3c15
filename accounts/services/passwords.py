"""Passwords: what is accepted, and how they change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from accounts import mail
from accounts.actors import Actor
from accounts.links import LinkInvalid, client_link, password_reset_tokens
from accounts.models import Login, User, normalized_email
from accounts.services.api_tokens import revoke_all_api_tokens
from accounts.services.journaling import record_user
from accounts.services.revocation import revoke_all_logins
from voice2task.kernel.attempts import Lock, begin_attempt, forgive
from voice2task.kernel.errors import Invalid
from voice2task.kernel.journal import journal

RESET_PAGE = "/reset-password"


class PasswordWeak(Invalid):
    """The password is refused by a rule. `extra["reasons"]` lists the codes of the rules."""

    code = "password_weak"
    message = "The password is too easy to guess."


class PasswordWrong(Invalid):
    """The current password is another one."""

    code = "password_wrong"
    message = "The current password is wrong."


@sensitive_variables("password")
def check_password_policy(password: str, *, user: User, field: str) -> None:
    """Hold a new password of `user` against Django's validators.

    Raises:
        PasswordWeak: with the reasons.
    """
    try:
        validate_password(password, user)
    except ValidationError as error:
        reasons = [fault.code for fault in error.error_list]
        raise PasswordWeak(" ".join(error.messages), field=field, extra={"reasons": reasons}) from error


@sensitive_variables("password")
def confirm_password(password: str, *, user: User, field: str) -> None:
    """Whether somebody who is logged in as `user` knows the password: a login may be stolen.

    Guesses are counted apart from those at the login, or a thief could lock the user out.

    Raises:
        PasswordWrong, TooManyAttempts.
    """
    lock = Lock(f"password of {user.id}", settings.LOGIN_FAILURES)
    begin_attempt(lock)
    if not user.check_password(password):
        raise PasswordWrong(field=field)
    forgive(lock)


@sensitive_variables("current_password", "new_password")
def change_password(
    *,
    actor: Actor,
    current_password: str,
    new_password: str,
    login_id: UUID | None,
    renew_session: Callable[[User], str] | None = None,
    now: datetime,
) -> None:
    """Change the password and end every login but the one it is changed from.

    Args:
        login_id: the login that stays.
        renew_session: for a browser, binds its session to the new password and returns the session's new key.

    Raises:
        PasswordWrong, TooManyAttempts, PasswordWeak.
    """
    with transaction.atomic():
        journal().lock(actor.user_id)
        user = User.objects.get(id=actor.user_id)
        confirm_password(current_password, user=user, field="current_password")
        _set_password(user, new_password, keep=login_id, now=now)
        if renew_session is not None:
            session_key = renew_session(user)
            if login_id is not None:
                Login.objects.of(user.id).filter(id=login_id).update(session_key=session_key)


def request_password_reset(*, email: str, site: str) -> None:
    """Send a link to choose a new password, if there is such a user.

    Even the look-up happens after the answer: neither it nor its time tells who is registered.
    """
    mail.send_later(partial(_reset_mail, email, site))


@sensitive_variables("new_password")
def reset_password(*, user_id: UUID, token: str, new_password: str, now: datetime) -> None:
    """Set a new password with a token that was sent by e-mail, and end every login and API token.

    Whoever resets a password may have lost it to somebody who made tokens with it.

    Raises:
        LinkInvalid: the token is not, or no more, this user's.
        PasswordWeak.
    """
    with transaction.atomic():
        if not User.objects.filter(id=user_id).exists():
            raise LinkInvalid(field="token")
        journal().lock(user_id)
        user = User.objects.filter(id=user_id, is_active=True).first()
        if user is None or not password_reset_tokens.check_token(user, token):
            raise LinkInvalid(field="token")
        _set_password(user, new_password, keep=None, now=now)
        revoke_all_api_tokens(actor=Actor(user.id), now=now)


@sensitive_variables("new_password")
def _set_password(user: User, new_password: str, *, keep: UUID | None, now: datetime) -> None:
    check_password_policy(new_password, user=user, field="new_password")
    user.set_password(new_password)
    user.save(update_fields=["password"])
    record_user(user, "user.password_changed", after={"id": str(user.id)}, at=now)
    revoke_all_logins(actor=Actor(user.id), keep=keep, now=now)


def _reset_mail(email: str, site: str) -> EmailMessage | None:
    user = User.objects.filter(email=normalized_email(email), is_active=True).first()
    if user is None:
        return None
    token = password_reset_tokens.make_token(user)
    link = client_link(site, RESET_PAGE, uid=str(user.id), token=token)
    return mail.compose("reset_password", to=user.email, email=user.email, link=link, token=token)
