"""A user's preferences, and whether they may log in."""

from __future__ import annotations

from datetime import datetime, time
from typing import TypedDict

from django.db import transaction

from accounts.actors import Actor
from accounts.locales import canonical_language
from accounts.models import User
from accounts.services.api_tokens import revoke_all_api_tokens
from accounts.services.journaling import record_user, user_fields
from accounts.services.revocation import revoke_all_logins
from voice2task.kernel.errors import Invalid
from voice2task.kernel.journal import journal


class Preferences(TypedDict, total=False):
    """What users may set for themselves. `quiet_from` and `quiet_until` come together, or are both null."""

    timezone: str
    language: str
    week_start: str
    subtasks_on_complete: str
    quiet_from: time | None
    quiet_until: time | None
    email_notifications: bool


class QuietHoursIncomplete(Invalid):
    code = "quiet_hours_incomplete"
    message = "Quiet hours have a beginning and an end, and these differ."


def update_user(*, actor: Actor, changes: Preferences, now: datetime) -> User:
    """Change the actor's preferences. Nothing is recorded when nothing changes.

    Raises:
        QuietHoursIncomplete: only one end of the quiet hours would be set, or both are the same.
    """
    with transaction.atomic():
        journal().lock(actor.user_id)
        user = User.objects.get(id=actor.user_id)
        before = user_fields(user)
        for name, value in changes.items():
            setattr(user, name, value)
        user.language = canonical_language(user.language)
        if (user.quiet_from is None) is not (user.quiet_until is None) or (
            user.quiet_from is not None and user.quiet_from == user.quiet_until
        ):
            raise QuietHoursIncomplete(field="quiet_until")
        after = user_fields(user)
        changed = [name for name in after if after[name] != before[name]]
        if changed:
            user.save(update_fields=changed)
            record_user(
                user,
                "user.updated",
                actor=actor.kind,
                before={name: before[name] for name in changed},
                after={"id": str(user.id), **{name: after[name] for name in changed}},
                at=now,
            )
    return user


def suspend_user(*, actor: Actor, now: datetime) -> None:
    """Keep the user out: logins and tokens end, and none begins. For operators; the actor is the system."""
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
            revoke_all_api_tokens(actor=actor, now=now)
