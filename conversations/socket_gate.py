"""Who may open a socket, what they may send over it and how often, and by which codes it is closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any
from uuid import uuid4

import structlog
from django.conf import settings

from accounts.actors import NotLoggedIn, SocketLogin
from accounts.scopes import Scope, ScopeMissing
from accounts.sockets import authenticate_socket
from conversations.client_frames import ClientFrame, FrameRefused, Ping, Resume, SendMessage, StartAudio
from conversations.socket_login import OriginRefused, credentials_of
from voice2task.kernel import throttling
from voice2task.kernel.callers import address_of_scope
from voice2task.kernel.database import DATABASE_AWAY, in_database
from voice2task.kernel.errors import ApplicationError
from voice2task.kernel.throttling import RateLimited, Seat

logger = structlog.get_logger(__name__)

# How long a socket that was cut without a word still counts.
SEAT_SECONDS = 30

# What only asks for frames that an open socket gets anyway, or for nothing at all.
LISTENING = (Ping, Resume, FrameRefused)

REFUSALS = (OriginRefused, ApplicationError, *DATABASE_AWAY)


class Close(IntEnum):
    """Why the server ends a socket; those from 4000 are this application's own."""

    TRY_AGAIN = 1013
    NOT_LOGGED_IN = 4401
    FORBIDDEN = 4403
    TOO_SLOW = 4408
    TOO_MANY = 4429


class TooManySockets(ApplicationError):
    """The user has as many sockets open as anybody may."""

    code = "too_many_sockets"
    status = 429
    message = "Too many sockets are open."


def close_code(refusal: Exception) -> Close:
    """By which code a socket is closed that one of `REFUSALS` keeps out."""
    match refusal:
        case NotLoggedIn():
            return Close.NOT_LOGGED_IN
        case OriginRefused() | ScopeMissing():
            return Close.FORBIDDEN
        case RateLimited() | TooManySockets():
            return Close.TOO_MANY
    logger.warning("socket_refused", error=str(refusal))
    return Close.TRY_AGAIN


async def without_seat(seats: Sequence[Seat]) -> list[Seat]:
    """Keep sockets counted for half a minute more. Returns those that are too many for their user."""
    return await throttling.keep_seats(seats, seats=settings.SOCKETS_PER_USER, kept=SEAT_SECONDS)


class SocketGate:
    """One socket's way in, and judge of what its client sends before anything is done with it."""

    login: SocketLogin
    seat: Seat

    async def enter(self, scope: Mapping[str, Any]) -> SocketLogin:
        """The login by which the socket was opened.

        Raises:
            OriginRefused, NotLoggedIn, ScopeMissing, RateLimited, TooManySockets, TicketsUnavailable.
        """
        throttling.require(await throttling.hit_async(throttling.limits(address=address_of_scope(scope))))
        credentials = credentials_of(scope)
        self.login = await in_database(
            authenticate_socket,
            bearer=credentials.bearer,
            ticket=credentials.ticket,
            session_key=credentials.session_key,
        )
        self.seat = Seat(str(self.login.user_id), uuid4().hex)
        if await without_seat([self.seat]):
            raise TooManySockets
        return self.login

    async def leave(self) -> None:
        await throttling.leave_seat(self.seat)

    async def admit(self, given: ClientFrame | FrameRefused | bytes) -> None:
        """Raises: ScopeMissing, RateLimited."""
        if not isinstance(given, LISTENING):
            self.login.require(Scope.AGENT)
        keys = {"frames": self.login.user_id}
        if isinstance(given, SendMessage | StartAudio):
            keys["messages"] = self.login.user_id
        throttling.require(await throttling.hit_async(throttling.limits(**keys)))
