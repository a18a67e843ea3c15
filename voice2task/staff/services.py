"""Who is staff, and as what."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from accounts.actors import Actor
from accounts.models import User
from activities.services import Entry, lock_stream, record
from voice2task.kernel.errors import Conflict, Invalid
from voice2task.staff.roles import ROLES

OWN_APPS = ("accounts", "activities", "tasks", "integrations", "conversations", "kernel", "transfer", "staff")


class RoleUnknown(Invalid):
    code = "role_unknown"
    message = f"Roles are {', '.join(ROLES)}."


class SuperuserStays(Conflict):
    code = "superuser_stays"
    message = "A superuser has every right already, and keeps it."


@transaction.atomic
def ensure_roles() -> None:
    """Make the group of each role, with exactly the permissions that it is to have."""
    owned = Permission.objects.filter(content_type__app_label__in=OWN_APPS).select_related("content_type")
    named = {f"{one.content_type.app_label}.{one.codename}": one.pk for one in owned}
    for role, has in ROLES.items():
        group, _ = Group.objects.get_or_create(name=role)
        wanted = {key for name, key in named.items() if has(name)}
        if wanted != set(group.permissions.values_list("pk", flat=True)):
            group.permissions.set(wanted)


@transaction.atomic
def appoint(*, actor: Actor, role: str | None, now: datetime) -> User:
    """Give the actor's user one role, or with None take away what they have. Nothing happens twice.

    Raises:
        RoleUnknown, SuperuserStays
    """
    if role is not None and role not in ROLES:
        raise RoleUnknown(field="role")
    lock_stream(actor.user_id)
    user = User.objects.select_for_update().get(id=actor.user_id)
    if user.is_superuser:
        raise SuperuserStays
    former = role_of(user)
    if (former, user.is_staff) == (role, role is not None):
        return user
    user.groups.remove(*Group.objects.filter(name__in=ROLES))
    if role is not None:
        user.groups.add(Group.objects.get(name=role))
    user.is_staff = role is not None
    user.save(update_fields=["is_staff"])
    after = {"id": str(user.id), "role": role}
    record(actor=actor, entry=Entry("user.updated", "user", user.id, after, {"role": former}), at=now)
    return user


def role_of(user: User) -> str | None:
    return user.groups.filter(name__in=ROLES).values_list("name", flat=True).first()
