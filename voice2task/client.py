"""A client of Voice2Task's two doors: REST to log in, the WebSocket to talk.

It keeps what a good client keeps: its own id for each message and the last position of each turn, so that a
socket that dies at any moment loses and doubles nothing.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.sync.client import ClientConnection, connect

from voice2task.client_speech import Recording, Sender

Frame = dict[str, Any]

SUBPROTOCOL = "v2t.v1"
ENDS = frozenset({"turn.completed", "turn.failed", "turn.stopped"})
# No turn comes of a recording that ends so.
CAPTURE_ENDS = frozenset({"capture.silent", "capture.failed", "capture.cancelled"})
ATTEMPTS = 40
RETRY_SECONDS = 0.5
FRAME_TIMEOUT_SECONDS = 60.0
NOT_LOGGED_IN = 4401
# What another socket cures: this recording's last one was still appending, or the database was away.
PASSING = frozenset({"audio_out_of_place", "unavailable"})


class ClientError(Exception):
    """The server refused, or cannot be reached. The text is for people."""


class _BeginAgain(Exception):
    """This socket is of no more use, another will be."""


@dataclass
class _Saying:
    """One message on its way: what is known of it so far."""

    text: str
    conversation_id: str | None
    recording: Recording | None = None
    message_id: str = field(default_factory=lambda: str(uuid4()))
    seq: int | None = None
    turn_id: str | None = None
    position: str = "0-0"
    sent: int = 0
    early: list[Frame] = field(default_factory=list)

    def opening(self) -> Frame:
        """What to send first on a new socket."""
        if self.turn_id:
            return {"type": "resume", "after": self.seq, "turns": {self.turn_id: self.position}}
        if self.recording:
            return self.recording.opening(self.conversation_id)
        named = {"conversation_id": self.conversation_id} if self.conversation_id else {}
        return {"type": "message.send", "id": self.message_id, "text": self.text, **named}


class Client:
    """One user's client of one server."""

    def __init__(self, url: str, *, email: str, password: str) -> None:
        self.url = url.rstrip("/")
        self._credentials = {"email": email, "password": password}
        self._access = ""
        self.conversation_id: str | None = None

    def log_in(self) -> None:
        """Get an access token.

        Raises:
            ClientError: wrong password, or no server at the address.
        """
        try:
            answer = httpx.post(
                f"{self.url}/api/v1/auth/token/", json=self._credentials, timeout=FRAME_TIMEOUT_SECONDS
            )
            answer.raise_for_status()
        except httpx.HTTPStatusError as error:
            raise ClientError(f"{self.url} refused the login: {error.response.text}") from error
        except httpx.HTTPError as error:
            raise ClientError(f"{self.url} cannot be reached: {error}") from error
        self._access = answer.json()["access"]

    def get(self, path: str) -> Any:
        """The JSON at `path` of the REST API, `path` beginning with a slash."""
        headers = {"Authorization": f"Bearer {self._access}"}
        answer = httpx.get(f"{self.url}/api/v1{path}", headers=headers, timeout=FRAME_TIMEOUT_SECONDS)
        answer.raise_for_status()
        return answer.json()

    def post(self, path: str, body: Frame) -> Any:
        """POST JSON to `path` of the REST API and return the JSON it answers."""
        headers = {"Authorization": f"Bearer {self._access}"}
        url = f"{self.url}/api/v1{path}"
        answer = httpx.post(url, json=body, headers=headers, timeout=FRAME_TIMEOUT_SECONDS)
        answer.raise_for_status()
        return answer.json()

    def say(self, text: str) -> Iterator[Frame]:
        """Say `text` in this client's conversation and yield the turn's frames to its end.

        A lost socket is opened again and the turn resumed; after `turn.reset` the text begins anew.

        Raises:
            ClientError: the message was refused, or the server stayed away.
        """
        yield from self._deliver(_Saying(text, self.conversation_id))

    def speak(self, recording: Recording) -> Iterator[Frame]:
        """Speak in this client's conversation: yields what is heard (`transcript.*`), then the turn's frames.

        A lost socket is opened again, and the recording gone on with from where the server has it. Ends with
        the event `capture.silent` or `capture.failed` if no turn comes of it.

        Raises:
            ClientError: the recording was refused, or the server stayed away.
        """
        saying = _Saying("", self.conversation_id, recording, recording.client_id)
        yield from self._deliver(saying)

    def _deliver(self, saying: _Saying) -> Iterator[Frame]:
        for attempt in range(ATTEMPTS):
            try:
                with self.open() as socket:
                    for frame in self._converse(socket, saying):
                        yield frame
                        if frame["type"] in ENDS or frame.get("kind") in CAPTURE_ENDS:
                            return
            except (ConnectionClosed, InvalidHandshake, OSError, TimeoutError, _BeginAgain) as error:
                if attempt + 1 == ATTEMPTS:
                    raise ClientError(f"The connection was lost for good: {error}") from error
                if isinstance(error, ConnectionClosed) and error.rcvd and error.rcvd.code == NOT_LOGGED_IN:
                    self.log_in()
                time.sleep(RETRY_SECONDS)

    def open(self) -> ClientConnection:
        """A new socket, as a context manager; the first frame on it is `ready`."""
        if not self._access:
            self.log_in()
        return connect(
            self.url.replace("http", "ws", 1) + "/ws/v1/",
            additional_headers={"Authorization": f"Bearer {self._access}"},
            subprotocols=[SUBPROTOCOL],  # type: ignore[list-item]
            proxy=None,
            max_size=None,
        )

    def _converse(self, socket: ClientConnection, saying: _Saying) -> Iterator[Frame]:
        ready = _receive(socket)
        saying.seq = ready["seq"] if saying.seq is None else saying.seq
        socket.send(json.dumps(saying.opening()))
        saying.sent += 1
        with ExitStack() as sending:
            yield from self._follow(socket, saying, sending)

    def _follow(self, socket: ClientConnection, saying: _Saying, sending: ExitStack) -> Iterator[Frame]:
        started = False
        while True:
            frame = _receive(socket)
            if frame["type"] == "ack" and frame["id"] == saying.message_id:
                yield from self._acknowledge(socket, saying, frame)
            elif frame["type"] == "audio.ack" and saying.recording and not started:
                started = True
                sending.enter_context(Sender(socket, saying.recording, frame["received"]))
            elif _is_heard(saying, frame):
                yield frame
            elif frame["type"] == "error" and frame["code"] == "capture_ended":
                # Everything had arrived, only the answer to that was lost.
                socket.send(json.dumps({"type": "audio.stop", "id": saying.message_id}))
            elif frame["type"] == "error" and frame.get("id") in {None, saying.message_id, saying.turn_id}:
                refused = _BeginAgain if frame["code"] in PASSING else ClientError
                raise refused(f"{frame['code']}: {frame['message']}")
            elif frame["type"].startswith("turn."):
                yield from _take(saying, frame)

    def _acknowledge(self, socket: ClientConnection, saying: _Saying, ack: Frame) -> Iterator[Frame]:
        saying.turn_id = ack["turn_id"]
        self.conversation_id = ack["conversation_id"]
        early, saying.early = saying.early, []
        for frame in early:
            yield from _take(saying, frame)
        if saying.sent > 1:
            # Sent again on a new socket: the turn may have spoken, or ended, in between.
            socket.send(json.dumps(saying.opening()))


def _is_heard(saying: _Saying, frame: Frame) -> bool:
    """Whether a frame tells what has become of this recording."""
    if frame["type"] == "event" and frame["kind"] in CAPTURE_ENDS:
        return bool(frame["data"]["after"].get("client_id") == saying.message_id)
    return bool(frame["type"].startswith("transcript.") and frame["id"] == saying.message_id)


def _take(saying: _Saying, frame: Frame) -> Iterator[Frame]:
    if saying.turn_id is None:
        saying.early.append(frame)
    elif frame["turn_id"] == saying.turn_id and _place(frame["position"]) > _place(saying.position):
        # One that is not behind was sent on a new socket before the server had read `resume`.
        saying.position = frame["position"]
        yield frame


def _place(position: str) -> tuple[int, int]:
    epoch, n = position.split("-")
    return int(epoch), int(n)


def _receive(socket: ClientConnection) -> Frame:
    frame: Frame = json.loads(socket.recv(timeout=FRAME_TIMEOUT_SECONDS))
    return frame
