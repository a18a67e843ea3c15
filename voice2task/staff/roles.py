"""The roles of staff: which permissions the group of each has. Groups are kept so after every migration."""

from __future__ import annotations

from collections.abc import Callable

from voice2task.kernel.permissions import APPOINT, ASSIST, SEE_CONTENT, TAKE_OUT

# What operators leave to admins: who has an account, and what it may cost.
ACCOUNTS = {"accounts.add_user", "accounts.add_budget", "accounts.change_budget"}
POWERS = {SEE_CONTENT, ASSIST, TAKE_OUT, APPOINT}
READING, WRITING = ("view_",), ("view_", "add_", "change_")


def _support(permission: str) -> bool:
    """Looks at everything but content."""
    return permission == ASSIST or _name(permission).startswith(READING)


def _operator(permission: str) -> bool:
    """Sees content, which is recorded, and acts on everything but accounts."""
    acts = _name(permission).startswith(WRITING) and permission not in ACCOUNTS
    return permission in {SEE_CONTENT, ASSIST} or acts


def _admin(permission: str) -> bool:
    """Everything there is a service for. Nothing is deleted but by services, so nobody may delete rows."""
    return permission in POWERS or _name(permission).startswith(WRITING)


def _name(permission: str) -> str:
    return permission.partition(".")[2]


# Role -> whether it has a permission, "app.name" of one of our own apps.
ROLES: dict[str, Callable[[str], bool]] = {"support": _support, "operator": _operator, "admin": _admin}
