"""The command line's client, against a server that is in trouble: nothing said is lost, or said twice."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from websockets.sync.server import ServerConnection, serve

from voice2task import client as client_module
from voice2task.client import Client, ClientError
from voice2task.client_speech import Recording

Frame = dict[str, Any]

SOUND = bytes(range(256)) * 8
ENOUGH = 512
RECORDING = "r"
END: Frame = {"type": "turn.completed", "turn_id": "t", "position": "1-1"}


class Server:
    """Keeps what it is sent. On its first socket it refuses, with the code `trouble`, and hears no more."""

    def __init__(self, trouble: str) -> None:
        self.kept = b""
        self.sockets = 0
        self.resumed: Frame = {}
        self._trouble = trouble

    def serve(self, socket: ServerConnection) -> None:
        self.sockets += 1
        first = self.sockets == 1
        socket.send(json.dumps({"type": "ready", "seq": 0}))
        for data in socket:
            frame = self._keep(data) if isinstance(data, bytes) else json.loads(data)
            if first and (frame["type"] == "message.send" or len(self.kept) > ENOUGH):
                refusal = {"type": "error", "id": frame["id"], "code": self._trouble, "message": "No."}
                socket.send(json.dumps(refusal))
                return
            if frame["type"] == "audio.start":
                ack = {"type": "audio.ack", "id": frame["id"], "received": len(self.kept)}
                socket.send(json.dumps(ack))
            elif frame["type"] in {"audio.stop", "message.send"}:
                names = {"conversation_id": "c", "message_id": "m", "turn_id": END["turn_id"]}
                socket.send(json.dumps({"type": "ack", "id": frame["id"], **names}))
                socket.send(json.dumps(END))

    def _keep(self, data: bytes) -> Frame:
        self.kept += data
        return {"type": "audio", "id": RECORDING}


class Hasty(Server):
    """Ends its first socket after some text. On the second what is live comes before `resume` is read."""

    def serve(self, socket: ServerConnection) -> None:
        self.sockets += 1
        socket.send(json.dumps({"type": "ready", "seq": 0}))
        if self.sockets == 1:
            frame = json.loads(socket.recv())
            names = {"conversation_id": "c", "message_id": "m", "turn_id": "t"}
            socket.send(json.dumps({"type": "ack", "id": frame["id"], **names}))
            socket.send(json.dumps(delta(9, "One ")))
            return
        for frame in (delta(9, "One "), delta(10, "two ")):
            socket.send(json.dumps(frame))
        self.resumed = json.loads(socket.recv())
        for frame in (delta(10, "two "), {**END, "position": "1-11"}):
            socket.send(json.dumps(frame))


def delta(n: int, text: str) -> Frame:
    return {"type": "turn.delta", "turn_id": "t", "position": f"1-{n}", "text": text}


@contextmanager
def running(server: Server) -> Iterator[Client]:
    with serve(server.serve, "127.0.0.1", 0, subprotocols=[client_module.SUBPROTOCOL]) as listening:  # type: ignore[list-item]
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        client = Client(f"http://127.0.0.1:{listening.socket.getsockname()[1]}", email="", password="")
        client._access = "token"
        yield client
        listening.shutdown()
        thread.join()


def spoken() -> Recording:
    recording = Recording(
        "audio/wav", client_id=RECORDING, data=bytearray(SOUND), bytes_a_second=len(SOUND) * 4
    )
    recording.ended.set()
    return recording


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "RETRY_SECONDS", 0)


@pytest.mark.parametrize("trouble", ["audio_out_of_place", "unavailable"])
def test_a_recording_goes_on_by_another_socket_from_where_the_server_has_it(trouble: str) -> None:
    server = Server(trouble)
    with running(server) as client:
        assert list(client.speak(spoken())) == [END]
    assert server.sockets == 2
    assert server.kept == SOUND


def test_a_message_is_sent_again_while_the_database_is_away() -> None:
    server = Server("unavailable")
    with running(server) as client:
        assert list(client.say("Buy milk")) == [END]
    assert server.sockets == 2


def test_what_comes_before_the_server_has_read_resume_is_not_taken_twice() -> None:
    server = Hasty("")
    with running(server) as client:
        told = list(client.say("Count"))
    assert [frame.get("text") for frame in told] == ["One ", "two ", None]
    assert server.resumed["turns"] == {"t": "1-9"}


@pytest.mark.parametrize(
    "said", [lambda client: client.say("Buy milk"), lambda client: client.speak(spoken())]
)
def test_what_no_socket_cures_is_told(said: Callable[[Client], Iterator[Frame]]) -> None:
    server = Server("too_many_turns")
    with running(server) as client, pytest.raises(ClientError, match="too_many_turns"):
        list(said(client))
    assert server.sockets == 1
