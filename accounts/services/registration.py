"""Becoming a user, and the e-mail address that goes with it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string
from django.views.decorators.debug import sensitive_variables

from accounts import mail
from accounts.actors import Actor
from accounts.links import LinkInvalid, client_link, email_verification_tokens
from accounts.locales import canonical_language
from accounts.models import User, normalized_email
from accounts.services.journaling import record_user, user_fields
from accounts.services.passwords import check_password_policy
from voice2task.kernel.errors import Conflict, PermissionRefused
from voice2task.kernel.journal import journal

VERIFY_PAGE = "/verify-email"


class EmailTaken(Conflict):
    """Another user has this address."""

    code = "email_taken"
    message = "This address is taken."


class RegistrationClosed(PermissionRefused):
    """Only the operator makes users here."""

    code = "registration_closed"
    message = "Registration is closed."


@sensitive_variables("password")
def register_user(
    *,
    email: str,
    password: str,
    timezone: str = "",
    language: str = "en",
    site: str | None = None,
    by_operator: bool = False,
    now: datetime,
) -> User:
    """Make a user with everything that belongs to one, and send a link to verify the address.

    Args:
        timezone: of the IANA database; empty for the installation's.
        language: an IETF tag.
        site: where the web client is, as in `https://example.org`; None sends no link.
        by_operator: an operator makes the user, whether registration is open or not.

    Raises:
        RegistrationClosed, EmailTaken, PasswordWeak.
    """
    if not (by_operator or settings.REGISTRATION_OPEN):
        raise RegistrationClosed
    user = User(
        email=normalized_email(email),
        timezone=timezone or settings.DEFAULT_TIME_ZONE,
        language=canonical_language(language),
        created_at=now,
    )
    check_password_policy(password, user=user, field="password")
    user.set_password(password)
    with transaction.atomic():
        try:
            user.save(force_insert=True)
        except IntegrityError as error:
            raise EmailTaken(field="email") from error
        journal().lock(user.id)
        record_user(
            user,
            "user.registered",
            actor="system" if by_operator else "user",
            after=user_fields(user),
            at=now,
        )
        for provisioner in settings.USER_PROVISIONERS:
            import_string(provisioner)(actor=Actor(user.id, "system"), now=now)
        if site is not None:
            _send_verification_on_commit(user, site)
    return user


def request_email_verification(*, actor: Actor, site: str) -> None:
    """Send the link again, unless the address is verified."""
    user = User.objects.get(id=actor.user_id)
    if not user.email_verified:
        _send_verification_on_commit(user, site)


def verify_email(*, user_id: UUID, token: str, now: datetime) -> None:
    """Note that the user reads mail at the address.

    Raises:
        LinkInvalid: the token is not, or no more, this user's.
    """
    with transaction.atomic():
        if not User.objects.filter(id=user_id).exists():
            raise LinkInvalid(field="token")
        journal().lock(user_id)
        user = User.objects.filter(id=user_id, is_active=True).first()
        if user is None or not email_verification_tokens.check_token(user, token):
            raise LinkInvalid(field="token")
        user.email_verified_at = now
        user.save(update_fields=["email_verified_at"])
        record_user(
            user,
            "user.email_verified",
            before={"email_verified": False},
            after={"id": str(user.id), "email_verified": True},
            at=now,
        )


def _send_verification_on_commit(user: User, site: str) -> None:
    compose = partial(_verification_mail, user, site)
    transaction.on_commit(partial(mail.send_later, compose), robust=True)


def _verification_mail(user: User, site: str) -> EmailMessage:
    token = email_verification_tokens.make_token(user)
    link = client_link(site, VERIFY_PAGE, uid=str(user.id), token=token)
    return mail.compose("verify_email", to=user.email, email=user.email, link=link, token=token)
