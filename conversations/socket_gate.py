"""What a socket is let in with and for, and by which codes it is closed."""

from __future__ import annotations

from enum import IntEnum

from accounts.actors import SocketLogin
from accounts.scopes import Scope
from conversations.client_frames import ClientFrame, Ping, Resume


class Close(IntEnum):
    """Why the server ends a socket; those from 4000 are this application's own."""

    TRY_AGAIN = 1013
    NOT_LOGGED_IN = 4401
    FORBIDDEN = 4403
    TOO_SLOW = 4408


# What only asks for frames that an open socket gets anyway.
LISTENING = (Ping, Resume)


class SocketGate:
    """Judges what a client sends before anything is done with it."""

    def __init__(self, login: SocketLogin) -> None:
        self._login = login

    async def admit(self, given: ClientFrame | bytes) -> None:
        """Raises: ScopeMissing."""
        if not isinstance(given, LISTENING):
            self._login.require(Scope.AGENT)
