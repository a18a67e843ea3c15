"""The end of an account, and of logins that have ended long ago."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string
from django.views.decorators.debug import sensitive_variables

from accounts.actors import Actor, NotLoggedIn
from accounts.models import ApiToken, Login, User
from accounts.services.passwords import confirm_password
from accounts.tokens import REFRESH_LIFETIME
from voice2task.kernel.journal import journal
from voice2task.kernel.retention import delete_some

logger = structlog.get_logger(__name__)


@sensitive_variables("password")
def delete_account(*, actor: Actor, password: str, now: datetime) -> None:
    """Delete the actor with everything that is theirs, in every room, activities included.

    One transaction: all is gone or nothing. Their sockets close within 5 s, workers let go of their turns.

    Raises:
        PasswordWrong, TooManyAttempts.
    """
    with transaction.atomic():
        user = _locked(actor.user_id)
        confirm_password(password, user=user, field="password")
        _erase(user, now)


def erase_user(*, actor: Actor, now: datetime) -> None:
    """`delete_account` by an operator, without a password; the actor is the system.

    Raises:
        NotLoggedIn: they are gone already.
    """
    with transaction.atomic():
        _erase(_locked(actor.user_id), now)


def sweep_logins(*, kept: timedelta, now: datetime) -> int:
    """Forget logins and tokens that ended longer ago than `kept`, and sessions that are over.

    Returns how many logins.
    """
    ended = now - kept
    old = Login.objects.filter(Q(revoked_at__lt=ended) | Q(last_used_at__lt=ended - REFRESH_LIFETIME))
    ended_tokens = ApiToken.objects.filter(Q(revoked_at__lt=ended) | Q(expires_at__lt=ended))
    delete_some(ended_tokens.order_by("id"))
    delete_some(Session.objects.filter(expire_date__lt=now).order_by("expire_date"))
    return delete_some(old.order_by("last_used_at"))


def _locked(user_id: UUID) -> User:
    journal().lock(user_id)
    user = User.objects.filter(id=user_id).first()
    if user is None:
        raise NotLoggedIn
    return user


def _erase(user: User, now: datetime) -> None:
    user_id = user.id
    session_keys = Login.objects.of(user_id).exclude(session_key=None).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(session_keys)).delete()
    for eraser in settings.USER_ERASERS:
        import_string(eraser)(user_id=user_id, now=now)
    user.delete()
    logger.info("user_erased", erased_user_id=str(user_id))
