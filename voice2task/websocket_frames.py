"""What daphne and Autobahn, by which it speaks WebSocket, do with frames, and is needed otherwise here."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

from autobahn.exception import Disconnected
from autobahn.websocket import protocol
from daphne.server import Server
from daphne.ws_protocol import WebSocketProtocol

from voice2task.kernel import many_texts

# RFC 6455, section 7.4.1, as registered since: the service restarts; try again later.
REGISTERED = frozenset({1012, 1013})

# The first byte of a frame that is a whole message.
_TEXT, _BINARY = 0x81, 0x82
# Up to which a length is written into the second byte, or into the two that follow it.
_SHORT, _MEDIUM = 125, 0xFFFF


def put_right() -> None:
    """Before the first socket is opened."""
    _leave_colours_out()
    WebSocketProtocol.serverClose = _close
    WebSocketProtocol.serverSend = _send
    Server.create_application = _offer_many_texts(Server.create_application)


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


def _send(socket: Any, content: str | bytes | list[bytes], binary: bool = False) -> None:
    """`WebSocketProtocol.serverSend` without what this server does not do: pieces, masks, compression.

    With what it lacks: many texts at once.
    """
    if socket.state != socket.STATE_OPEN:
        raise Disconnected("Attempt to send on a closed protocol")
    opcode = _BINARY if binary else _TEXT
    payloads = (
        content if isinstance(content, list) else [content.encode() if isinstance(content, str) else content]
    )
    socket.transport.write(b"".join(part for one in payloads for part in (_head(opcode, len(one)), one)))


def _offer_many_texts(create: Callable[..., Any]) -> Callable[..., Any]:
    def create_application(server: Server, protocol: Any, scope: dict[str, Any]) -> Any:
        if scope["type"] == "websocket":
            scope.setdefault("extensions", {})[many_texts.EXTENSION] = {}
        return create(server, protocol, scope)

    return create_application


def _head(opcode: int, length: int) -> bytes:
    """The head of a whole frame that is not masked; RFC 6455, section 5.2."""
    if length <= _SHORT:
        return struct.pack("!BB", opcode, length)
    if length <= _MEDIUM:
        return struct.pack("!BBH", opcode, _SHORT + 1, length)
    return struct.pack("!BBQ", opcode, _SHORT + 2, length)
