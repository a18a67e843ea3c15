"""What Autobahn, by which daphne speaks WebSocket, does with frames, and this application needs otherwise."""

from __future__ import annotations

from typing import Any

from autobahn.websocket import protocol
from daphne.ws_protocol import WebSocketProtocol

# RFC 6455, section 7.4.1, as registered since: the service restarts; try again later.
REGISTERED = frozenset({1012, 1013})


def put_right() -> None:
    """Before the first socket is opened."""
    _leave_colours_out()
    WebSocketProtocol.serverClose = _close


def _leave_colours_out() -> None:
    """Give Autobahn's log the values as they are.

    It words a line for every frame, in colours, before it asks whether anybody wants it: a quarter of what a
    frame costs to send.
    """
    module: Any = protocol
    module.hltype = module.hlval = _as_it_is


def _as_it_is(value: Any, **_: Any) -> Any:
    return value


def _close(socket: Any, code: int | None = None) -> None:
    """`WebSocketProtocol.serverClose`, which refuses every code below 3000 but 1000."""
    if code in REGISTERED:
        socket.sendCloseFrame(code=code)
    else:
        socket.sendClose(code=1000 if code is None else code)
