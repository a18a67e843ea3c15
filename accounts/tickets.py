"""Single-use tickets that open a WebSocket where no header can be sent.

Redis keeps their hashes for 30 seconds.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from uuid import UUID

from redis.exceptions import RedisError

from accounts.actors import NotLoggedIn, SocketLogin
from voice2task.kernel.errors import ApplicationError
from voice2task.kernel.redis import push_client

TICKET_SECONDS = 30


class TicketInvalid(NotLoggedIn):
    """Never issued, used before, or older than 30 seconds."""

    code = "ticket_invalid"
    message = "The ticket is not valid any more."


class TicketsUnavailable(ApplicationError):
    """Redis, which keeps the tickets, does not answer."""

    code = "unavailable"
    status = 503
    message = "Tickets cannot be issued at the moment."


def issue_ticket(login: SocketLogin) -> str:
    """A ticket that opens one socket for `login`.

    Raises:
        TicketsUnavailable: Redis does not answer.
    """
    ticket = secrets.token_urlsafe(32)
    value = json.dumps(
        {
            "user_id": str(login.user_id),
            "login_id": str(login.login_id) if login.login_id else None,
            "session_key": login.session_key,
            "token_id": str(login.token_id) if login.token_id else None,
            "scopes": None if login.scopes is None else sorted(login.scopes),
        }
    )
    try:
        push_client().set(_key(ticket), value, nx=True, ex=TICKET_SECONDS)
    except (RedisError, OSError) as error:
        raise TicketsUnavailable from error
    return ticket


def redeem_ticket(ticket: str) -> SocketLogin:
    """The login that `ticket` was issued for. Nobody can redeem it again.

    Raises:
        TicketInvalid: no such ticket any more.
        TicketsUnavailable: Redis does not answer.
    """
    try:
        value = push_client().getdel(_key(ticket))
    except (RedisError, OSError) as error:
        raise TicketsUnavailable from error
    if value is None:
        raise TicketInvalid
    stored = json.loads(value)
    return SocketLogin(
        user_id=UUID(stored["user_id"]),
        login_id=UUID(stored["login_id"]) if stored["login_id"] else None,
        session_key=stored["session_key"],
        token_id=UUID(stored["token_id"]) if stored["token_id"] else None,
        scopes=None if stored["scopes"] is None else frozenset(stored["scopes"]),
    )


def _key(ticket: str) -> str:
    return f"ticket:{hashlib.sha256(ticket.encode()).hexdigest()}"
