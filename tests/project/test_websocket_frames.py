"""What daphne and Autobahn do with frames by their own methods, once they are put right."""

from __future__ import annotations

import asyncio
import struct
from types import SimpleNamespace
from typing import Any

import pytest
from autobahn.exception import Disconnected
from autobahn.websocket import protocol
from daphne.server import Server
from daphne.ws_protocol import WebSocketProtocol
from websockets.frames import Opcode
from websockets.protocol import CLIENT
from websockets.protocol import Protocol as Reader

from voice2task.kernel import many_texts
from voice2task.websocket_frames import put_right


@pytest.fixture(autouse=True)
def _put_right(monkeypatch: pytest.MonkeyPatch) -> None:
    for owner, name in (
        (protocol, "hltype"),
        (protocol, "hlval"),
        (WebSocketProtocol, "serverClose"),
        (WebSocketProtocol, "serverSend"),
        (Server, "create_application"),
    ):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    put_right()


@pytest.fixture
def socket() -> WebSocketProtocol:
    """An open one that keeps what is written to it and said of it."""
    socket: Any = WebSocketProtocol()
    socket.state = protocol.WebSocketProtocol.STATE_OPEN
    socket.written, socket.said = [], {}
    socket.transport = SimpleNamespace(write=socket.written.append)
    socket.log = SimpleNamespace(debug=lambda _text, **values: socket.said.update(values))
    socket.factory = SimpleNamespace(isServer=True)
    socket.send_queue, socket.logOctets, socket.logFrames = [], False, False
    socket.maskServerFrames, socket.closeHandshakeTimeout = False, 0
    socket.trafficStats = SimpleNamespace(outgoingOctetsWireLevel=0, outgoingWebSocketFrames=0)
    socket._peer = "somebody"
    return socket


def test_autobahn_says_of_a_frame_what_it_is_without_colours(socket: Any) -> None:
    socket.sendData(b"12345")
    assert (socket.said["peer"], socket.said["data_len"]) == (socket.peer, 5)
    assert socket.trafficStats.outgoingOctetsWireLevel == 5


@pytest.mark.parametrize(("code", "sent"), [(1012, 1012), (1013, 1013), (4401, 4401), (None, 1000)])
def test_a_client_is_told_why_it_is_closed(socket: Any, code: int | None, sent: int) -> None:
    socket.serverClose(code)
    assert socket.written == [b"\x88\x02" + struct.pack("!H", sent)]


def frames_in(written: list[bytes]) -> list[tuple[Opcode, bytes]]:
    """What another implementation reads."""
    reader = Reader(CLIENT, max_size=None)
    reader.receive_data(b"".join(written))
    return [(frame.opcode, bytes(frame.data)) for frame in reader.events_received()]  # type: ignore[union-attr]


@pytest.mark.parametrize("length", [1, 125, 126, 0xFFFF, 0x10000])
def test_a_frame_says_how_long_it_is(socket: Any, length: int) -> None:
    socket.serverSend("x" * length)
    socket.serverSend(b"y" * length, True)
    assert frames_in(socket.written) == [(Opcode.TEXT, b"x" * length), (Opcode.BINARY, b"y" * length)]


def test_many_texts_are_written_at_once_and_read_one_by_one(socket: Any) -> None:
    texts = ["à bientôt".encode(), b"b" * 200, b"c"]
    socket.handle_reply({"type": "websocket.send", "text": texts})
    assert len(socket.written) == 1
    assert frames_in(socket.written) == [(Opcode.TEXT, text) for text in texts]


def test_nothing_is_sent_on_a_socket_that_is_closed(socket: Any) -> None:
    socket.state = protocol.WebSocketProtocol.STATE_CLOSED
    with pytest.raises(Disconnected):
        socket.serverSend("late")
    assert socket.written == []


@pytest.mark.parametrize("kind", ["websocket", "http"])
def test_sockets_are_offered_many_texts(kind: str) -> None:
    seen: list[dict[str, Any]] = []

    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        seen.append(scope)

    async def open_one() -> None:
        server = Server(application, endpoints=["nowhere"])
        server.connections = {"somebody": {}}
        server.create_application("somebody", {"type": kind})
        await server.connections["somebody"]["application_instance"]

    asyncio.run(open_one())
    assert many_texts.are_taken(seen[0]) == (kind == "websocket")
