"""A device of a user: one socket, opened again whenever it is lost, and what it shows."""

from __future__ import annotations

import errno
import json
import socket as sockets
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.sync.client import ClientConnection

from voice2task.client import ENDS, NOT_LOGGED_IN, Client, ClientError

Frame = dict[str, Any]

RETRY_SECONDS = 0.1
POLL_SECONDS = 0.2
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


@dataclass
class ShownTurn:
    """A turn as this device shows it."""

    position: tuple[int, int] = (0, 0)
    text: str = ""
    deltas: int = 0
    end: Frame | None = None

    def take(self, frame: Frame) -> str | None:
        """Show a frame, unless it is shown already; says what is wrong with it."""
        epoch, n = map(int, frame["position"].split("-"))
        last_epoch, last_n = self.position
        if (epoch, n) <= self.position:
            return None
        begins = n == 1 or frame["type"] == "turn.reset"
        if not begins and (epoch, n) != (last_epoch, last_n + 1):
            return f"{frame['position']} does not follow {last_epoch}-{last_n}"
        self.position = (epoch, n)
        if frame["type"] == "turn.reset":
            self.text = ""
        elif frame["type"] == "turn.delta":
            self.text += frame["text"]
            self.deltas += 1
        elif frame["type"] in ENDS:
            self.end = frame
        return None


@dataclass
class Sent:
    """A message of this device on its way."""

    frame: Frame
    times: int = 0
    ack: Frame | None = None

    @property
    def turn_id(self) -> str:
        assert self.ack is not None
        return str(self.ack["turn_id"])


@dataclass
class Listener:
    """Use it as a context manager. `frames_until_cut` tells how many frames a socket may bring."""

    client: Client
    frames_until_cut: Callable[[], int | None] = lambda: None
    seq: int = 0
    events: list[Frame] = field(default_factory=list)
    turns: dict[str, ShownTurn] = field(default_factory=dict)
    sent: dict[str, Sent] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        self._ending = threading.Event()
        self._connected = threading.Event()
        self._socket: ClientConnection | None = None
        self._thread = threading.Thread(target=self._run, name="listener")

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._connected.wait(30)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.set()
        self._thread.join()

    def say(self, text: str, *, times: int = 1) -> Sent:
        """Send a message, in a conversation of its own; it is sent again until it is acknowledged."""
        frame = {"type": "message.send", "id": str(uuid4()), "text": text}
        message = self.sent[frame["id"]] = Sent(frame)
        socket = self._socket
        if socket is not None:
            with suppress(ConnectionClosed):
                for _ in range(times):
                    message.times += 1
                    socket.send(json.dumps(frame))
        return message

    def turn(self, turn_id: str) -> ShownTurn:
        return self.turns.setdefault(turn_id, ShownTurn())

    def _run(self) -> None:
        logged_in = True
        while not self._ending.is_set():
            try:
                if not logged_in:
                    self.client.log_in()
                    logged_in = True
                with self.client.open() as socket:
                    self._converse(socket)
            except (ConnectionClosed, InvalidHandshake, OSError, ClientError) as error:
                closed = error.rcvd if isinstance(error, ConnectionClosed) else None
                logged_in = logged_in and not (closed and closed.code == NOT_LOGGED_IN)
                self._ending.wait(RETRY_SECONDS)
            finally:
                self._socket = None

    def _converse(self, socket: ClientConnection) -> None:
        socket.recv(timeout=30)
        self.connections += 1
        unfinished = {id_: turn for id_, turn in list(self.turns.items()) if turn.end is None}
        positions = {id_: "{}-{}".format(*turn.position) for id_, turn in unfinished.items()}
        socket.send(json.dumps({"type": "resume", "after": self.seq, "turns": positions}))
        self._socket = socket
        self._connected.set()
        self._send_unacknowledged(socket)
        left = self.frames_until_cut()
        while not self._ending.is_set():
            try:
                frame = json.loads(socket.recv(timeout=POLL_SECONDS))
            except TimeoutError:
                continue
            self._take(socket, frame)
            if left is not None and (left := left - 1) <= 0:
                _cut(socket)
                return

    def _send_unacknowledged(self, socket: ClientConnection) -> None:
        for message in list(self.sent.values()):
            if message.ack is None:
                message.times += 1
                socket.send(json.dumps(message.frame))

    def _take(self, socket: ClientConnection, frame: Frame) -> None:
        kind = frame["type"]
        if kind == "event":
            self._take_event(frame)
        elif kind == "ack":
            self._take_ack(socket, frame)
        elif kind == "error" and frame["code"] == "unavailable":
            # Whatever was refused: sent again with the next socket, or right now.
            self._ending.wait(RETRY_SECONDS)
            self._send_unacknowledged(socket)
        elif kind.startswith("turn."):
            fault = self.turn(frame["turn_id"]).take(frame)
            if fault:
                self.wrong.append(fault)
        else:
            self.wrong.append(json.dumps(frame))

    def _take_event(self, frame: Frame) -> None:
        if frame["seq"] == self.seq + 1:
            # In this order: whoever sees the number finds the event.
            self.events.append(frame)
            self.seq += 1
        # One that is ahead was sent before the server read our `resume`, which brings it again in order.

    def _take_ack(self, socket: ClientConnection, frame: Frame) -> None:
        message = self.sent[frame["id"]]
        turn_id = frame["turn_id"]
        if message.ack is not None and message.turn_id != turn_id:
            self.wrong.append(f"one message became the turns {message.turn_id} and {turn_id}")
        message.ack = frame
        turn = self.turn(turn_id)
        if message.times > 1:
            # Sent again: the turn may have spoken, or ended, in between.
            position = "{}-{}".format(*turn.position)
            socket.send(json.dumps({"type": "resume", "after": self.seq, "turns": {turn_id: position}}))


def _cut(socket: ClientConnection) -> None:
    """End the TCP connection by a reset, with whatever is still under way on it lost, unless it has ended."""
    try:
        socket.socket.setsockopt(sockets.SOL_SOCKET, sockets.SO_LINGER, RESET_ON_CLOSE)
        socket.socket.shutdown(sockets.SHUT_RDWR)
        socket.socket.close()
    except OSError as error:
        if error.errno not in {errno.EBADF, errno.ENOTCONN}:
            raise
