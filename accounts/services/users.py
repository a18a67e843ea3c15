"""A user's preferences, and whether they may log in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.locales import canonical_language
from accounts.models import User
from accounts.services.journaling import record_user, user_fields
from accounts.services.revocation import revoke_all_logins
from voice2task.kernel.journal import journal


def update_user(
    *, actor: Actor, timezone: str | None = None, language: str | None = None, now: datetime
) -> User:
    """Change the actor's preferences; None leaves one as it is. Nothing is recorded when nothing changes."""
    wanted = {"timezone": timezone, "language": language and canonical_language(language)}
    with transaction.atomic():
        journal().lock(actor.user_id)
        user = User.objects.get(id=actor.user_id)
        known = user_fields(user)
        changes = {
            name: value for name, value in wanted.items() if value is not None and value != known[name]
        }
        if changes:
            for name, value in changes.items():
                setattr(user, name, value)
            user.save(update_fields=list(changes))
            record_user(
                user,
                "user.updated",
                actor=actor.kind,
                before={name: known[name] for name in changes},
                after={"id": str(user.id), **changes},
                at=now,
            )
    return user


def suspend_user(*, actor: Actor, now: datetime) -> None:
    """Keep the user out: every login ends, and none begins. For operators; the actor is the system."""
    _set_active(actor, active=False, now=now)


def readmit_user(*, actor: Actor, now: datetime) -> None:
    """Let a suspended user log in again. For operators; the actor is the system."""
    _set_active(actor, active=True, now=now)


def _set_active(actor: Actor, *, active: bool, now: datetime) -> None:
    with transaction.atomic():
        journal().lock(actor.user_id)
        user = User.objects.get(id=actor.user_id)
        if user.is_active is active:
            return
        user.is_active = active
        user.save(update_fields=["is_active"])
        before, after = {"is_active": not active}, {"id": str(user.id), "is_active": active}
        record_user(user, "user.updated", actor=actor.kind, before=before, after=after, at=now)
        if not active:
            revoke_all_logins(actor=actor, now=now)
