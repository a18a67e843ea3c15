"""TCP connections of Twisted that write what they are given at once.

Twisted waits until a socket can be written to, which it nearly always can: for each frame it registers with
the event loop, is called back in another turn of it, and takes its name back. That is half of what a frame
costs.
"""

from __future__ import annotations

import asyncio
from typing import Any

from twisted.internet import tcp
from typing_extensions import override

_Server: Any = tcp.Server


class EagerServer(_Server):
    """The server's end of a connection.

    What is written first in a turn of the event loop is sent at once; what follows in the same turn goes
    together, as it always did.
    """

    _waits = False
    _has_sent = False

    @override
    def write(self, data: bytes) -> None:
        if self._waits or self._has_sent or self.TLS or not self.connected or not data:
            super().write(data)
            return
        sent = self.writeSomeData(data)
        if not isinstance(sent, int):
            # It is lost: whoever waits to write is told so.
            super().write(data)
            return
        self._has_sent = True
        asyncio.get_running_loop().call_soon(self._turn_over)
        if sent < len(data):
            super().write(data[sent:])

    @override
    def startWriting(self) -> None:
        self._waits = True
        super().startWriting()

    @override
    def stopWriting(self) -> None:
        self._waits = False
        super().stopWriting()

    def _turn_over(self) -> None:
        self._has_sent = False


def write_eagerly() -> None:
    """For every port that is opened from now on."""
    port: Any = tcp.Port
    port.transport = EagerServer
