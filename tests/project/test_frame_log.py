"""What Autobahn says of each frame it sends, by its own method and our values."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from autobahn.websocket import protocol

from voice2task.frame_log import leave_colours_out


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What is said of a frame of five bytes."""
    for name in ("hltype", "hlval"):
        monkeypatch.setattr(protocol, name, getattr(protocol, name))
    leave_colours_out()
    said: dict[str, Any] = {}
    socket = SimpleNamespace(
        send_queue=[],
        transport=SimpleNamespace(write=lambda data: None),
        log=SimpleNamespace(debug=lambda _text, **values: said.update(values)),
        peer="somebody",
        sendData=protocol.WebSocketProtocol.sendData,
        state=protocol.WebSocketProtocol.STATE_OPEN,
        trafficStats=SimpleNamespace(outgoingOctetsWireLevel=0),
        logOctets=False,
    )
    protocol.WebSocketProtocol.sendData(socket, b"12345")
    assert socket.trafficStats.outgoingOctetsWireLevel == 5
    return said


def test_autobahn_says_of_a_frame_what_it_is_without_colours(said: dict[str, Any]) -> None:
    assert (said["peer"], said["data_len"]) == ("somebody", 5)
