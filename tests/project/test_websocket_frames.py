"""What Autobahn does with frames by its own methods, once they are put right."""

from __future__ import annotations

import struct
from types import SimpleNamespace
from typing import Any

import pytest
from autobahn.websocket import protocol
from daphne.ws_protocol import WebSocketProtocol

from voice2task.websocket_frames import put_right


@pytest.fixture(autouse=True)
def _put_right(monkeypatch: pytest.MonkeyPatch) -> None:
    for owner, name in ((protocol, "hltype"), (protocol, "hlval"), (WebSocketProtocol, "serverClose")):
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
