"""Ending logins. Callers hold the user's stream."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import transaction

from accounts.actors import Actor, ActorKind, NotLoggedIn
from accounts.models import Login
from accounts.services.journaling import login_fields, record_login
from accounts.tokens import read_refresh
from voice2task.kernel.errors import NotFound
from voice2task.kernel.journal import journal


class LoginNotFound(NotFound):
    """The actor has no such login."""

    message = "There is no such login."


def revoke_login(*, actor: Actor, login_id: UUID, now: datetime) -> None:
    """End one login of the actor: its tokens, its session, its sockets. Again changes nothing.

    Raises:
        LoginNotFound: it is not one of the actor's.
    """
    with transaction.atomic():
        journal().lock(actor.user_id)
        login = Login.objects.of(actor.user_id).filter(id=login_id).first()
        if login is None:
            raise LoginNotFound
        end_logins([login], actor=actor.kind, now=now)


def revoke_login_of_token(*, refresh: str, now: datetime) -> None:
    """End the login that a refresh token belongs to.

    A token that is of no use any more is no error (RFC 7009, section 2.2): what was asked for is so already.
    """
    try:
        claims = read_refresh(refresh)
        revoke_login(actor=Actor(claims.user_id), login_id=claims.login_id, now=now)
    except (NotLoggedIn, LoginNotFound):
        return


def revoke_all_logins(*, actor: Actor, keep: UUID | None = None, now: datetime) -> int:
    """End every login of the actor but `keep`. Returns how many."""
    with transaction.atomic():
        journal().lock(actor.user_id)
        logins = Login.objects.of(actor.user_id).live(now).order_by("id")
        return end_logins([login for login in logins if login.id != keep], actor=actor.kind, now=now)


def end_logins(logins: Iterable[Login], *, actor: ActorKind, now: datetime) -> int:
    """Revoke those of `logins` that are not, with their sessions. Returns how many."""
    ended = [login for login in logins if login.revoked_at is None]
    session_keys = [login.session_key for login in ended if login.session_key]
    for login in ended:
        before = {"revoked_at": None}
        login.revoked_at = now
        after = {"id": str(login.id), "revoked_at": login_fields(login)["revoked_at"]}
        record_login(login, "login.revoked", actor=actor, before=before, after=after, at=now)
    Login.objects.filter(id__in=[login.id for login in ended]).update(revoked_at=now, session_key=None)
    Session.objects.filter(session_key__in=session_keys).delete()
    return len(ended)
