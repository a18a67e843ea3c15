"""What pushes cannot promise: that each socket's login stands, that it is counted, that nothing was missed.

One look at PostgreSQL and one at Redis for all sockets of a process, every few seconds: a look for each would
cost an idle socket more than anything else does.
"""

from __future__ import annotations

import asyncio
from typing import Protocol
from uuid import UUID

import structlog

from accounts.actors import SocketLogin
from accounts.sockets import ended
from activities.models import UserStream
from conversations.socket_gate import SocketGate, without_seat
from voice2task.kernel.database import DATABASE_AWAY, in_database
from voice2task.kernel.loops import PerLoop

logger = structlog.get_logger(__name__)

CHECK_SECONDS = 5.0


class Checked(Protocol):
    """A socket. What it is told it does on its own time."""

    gate: SocketGate

    def log_out(self) -> None:
        """The login has ended."""
        ...

    def turn_out(self) -> None:
        """Its user has too many sockets."""
        ...

    def compare(self, seq: int) -> None:
        """The user's last activity is `seq`."""
        ...


class SocketChecks:
    """The sockets of one event loop."""

    def __init__(self) -> None:
        self._sockets: set[Checked] = set()
        self._task: asyncio.Task[None] | None = None

    def add(self, socket: Checked) -> None:
        self._sockets.add(socket)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._check_forever(), name="socket-checks")

    def remove(self, socket: Checked) -> None:
        self._sockets.discard(socket)
        if not self._sockets and self._task is not None:
            self._task.cancel()
            self._task = None

    async def _check_forever(self) -> None:
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            try:
                await self._check(tuple(self._sockets))
            except DATABASE_AWAY as error:
                logger.warning("sockets_unchecked", error=str(error), sockets=len(self._sockets))
            except Exception:
                # All sockets of this process depend on it.
                logger.exception("socket_check_broke")

    async def _check(self, sockets: tuple[Checked, ...]) -> None:
        over, seqs = await in_database(_look, {socket.gate.login for socket in sockets})
        # One that has left meanwhile is not to be counted again.
        open_still = [socket for socket in sockets if socket in self._sockets]
        too_many = set(await without_seat([socket.gate.seat for socket in open_still]))
        for socket in open_still:
            if socket.gate.login in over:
                socket.log_out()
            elif socket.gate.seat in too_many:
                socket.turn_out()
            else:
                socket.compare(seqs.get(socket.gate.login.user_id, 0))


def _look(logins: set[SocketLogin]) -> tuple[set[SocketLogin], dict[UUID, int]]:
    return ended(logins), UserStream.objects.seqs_of({login.user_id for login in logins})


of_loop = PerLoop(SocketChecks)
