"""Speaking to the server: a recording on its way, piece by piece, as fast as it was spoken."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
import time
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

Frame = dict[str, Any]

PIECE_SECONDS = 0.25
# About what compressed speech takes; only how fast it is sent hangs on it.
COMPRESSED_BYTES_A_SECOND = 6_000
MIMES = {
    ".wav": "audio/wav",
    ".webm": "audio/webm",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".mp4": "audio/mp4",
    ".aac": "audio/aac",
    ".flac": "audio/flac",
}
# Programs that write what a microphone hears to standard output as WAV, the first that is there.
RECORDERS = (
    ("arecord", "-q", "-t", "wav", "-f", "S16_LE", "-r", "16000", "-c", "1"),
    ("pw-record", "--format=s16", "--rate=16000", "--channels=1", "-"),
    ("parecord", "--file-format=wav", "--format=s16le", "--rate=16000", "--channels=1"),
    ("rec", "-q", "-t", "wav", "-b", "16", "-r", "16000", "-c", "1", "-"),
)


class NoMicrophone(Exception):
    """Nothing on this machine records. The text is for people."""


@dataclass
class Recording:
    """Bytes that are spoken, or will be: complete once `ended` is set."""

    mime: str
    client_id: str = field(default_factory=lambda: str(uuid4()))
    recorded_at: str = field(default_factory=lambda: datetime.now(UTC).isoformat())
    data: bytearray = field(default_factory=bytearray)
    ended: threading.Event = field(default_factory=threading.Event)
    bytes_a_second: int = COMPRESSED_BYTES_A_SECOND
    # When the server was told that this was all, on the monotonic clock.
    stopped_at: float = 0.0

    def opening(self, conversation_id: str | None) -> Frame:
        named = {"conversation_id": conversation_id} if conversation_id else {}
        return {
            "type": "audio.start",
            "id": self.client_id,
            "mime": self.mime,
            "recorded_at": self.recorded_at,
            **named,
        }


def recording_of(path: Path) -> Recording:
    """A file, to be sent as fast as it was spoken.

    Raises:
        OSError
    """
    recording = Recording(MIMES.get(path.suffix.lower(), "application/octet-stream"))
    recording.data += path.read_bytes()
    if path.suffix.lower() == ".wav":
        recording.bytes_a_second = _wave_bytes_a_second(path)
    recording.ended.set()
    return recording


def _wave_bytes_a_second(path: Path) -> int:
    try:
        with wave.open(str(path)) as file:
            return int(file.getframerate() * file.getnchannels() * file.getsampwidth())
    except (wave.Error, EOFError):
        return COMPRESSED_BYTES_A_SECOND


@contextmanager
def microphone() -> Iterator[Recording]:
    """What the microphone hears, until the recording is ended.

    Raises:
        NoMicrophone
    """
    command = next((command for command in RECORDERS if shutil.which(command[0])), None)
    if command is None:
        names = ", ".join(command[0] for command in RECORDERS)
        raise NoMicrophone(f"There is nothing here to record with; install one of {names}.")
    recording = Recording("audio/wav", bytes_a_second=32_000)
    process = subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603 - one of ours
    reader = threading.Thread(target=_read, args=(process, recording), name="microphone", daemon=True)
    reader.start()
    try:
        yield recording
    finally:
        process.terminate()
        process.wait()
        reader.join()


def _read(process: subprocess.Popen[bytes], recording: Recording) -> None:
    assert process.stdout is not None  # noqa: S101 - opened as a pipe
    while not recording.ended.is_set() and (data := process.stdout.read1(8192)):  # type: ignore[attr-defined]
        recording.data += data
    recording.ended.set()


class Sender:
    """Sends a recording on one socket, from where the server stands, in a thread of its own."""

    def __init__(self, socket: ClientConnection, recording: Recording, start: int) -> None:
        self._socket = socket
        self._recording = recording
        self._sent = start
        self._gone = threading.Event()
        self._thread = threading.Thread(target=self._run, name="speaking", daemon=True)

    def __enter__(self) -> Sender:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._gone.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            self._send_all(lambda data: self._socket.send(bytes(data)))
            if not self._gone.is_set():
                self._recording.stopped_at = time.monotonic()
                self._socket.send(json.dumps({"type": "audio.stop", "id": self._recording.client_id}))
        except ConnectionClosed:
            # Whoever reads from this socket notices, and opens another.
            return

    def _send_all(self, send: Callable[[bytearray], None]) -> None:
        piece = max(1, int(self._recording.bytes_a_second * PIECE_SECONDS))
        behind = time.monotonic()
        while not self._gone.is_set():
            ended = self._recording.ended.is_set()
            data = self._recording.data[self._sent : self._sent + piece]
            if data:
                send(data)
                self._sent += len(data)
            elif ended:
                return
            behind += PIECE_SECONDS
            self._gone.wait(max(0.0, behind - time.monotonic()))
