"""Who does a thing, and for whom. Every service takes an `Actor`; no argument can name another user."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from accounts.scopes import Scope, ScopeMissing
from voice2task.kernel.errors import ApplicationError

ActorKind = Literal["user", "agent", "system", "workflow"]


class NotLoggedIn(ApplicationError):
    """Nobody, or nobody any more: the caller has to log in."""

    code = "not_authenticated"
    status = 401
    message = "You are not logged in."


@dataclass(frozen=True, slots=True)
class Actor:
    """The user whose data is touched, and who acts: the user, the agent in a turn, or the system."""

    user_id: UUID
    kind: ActorKind = "user"
    turn_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Device:
    """Where a login comes from, as the request tells it."""

    user_agent: str = ""
    ip: str | None = None


@dataclass(frozen=True, slots=True)
class SocketLogin:
    """What a socket lives on: a `Login`, a Django session that has none (the admin's), or an API token.

    `scopes` are those of the token; None for a login, which may do everything.
    """

    user_id: UUID
    login_id: UUID | None = None
    session_key: str | None = None
    token_id: UUID | None = None
    scopes: Collection[str] | None = None

    def require(self, scope: Scope) -> None:
        """Raises: ScopeMissing, if the token was not made for that."""
        if self.scopes is not None and scope not in self.scopes:
            raise ScopeMissing(f"The token does not have the scope {scope}.")
