"""Recordings to samples, in processes of their own (`integrations.speech.decoder`)."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import structlog

from integrations.speech.base import SAMPLE_RATE

if TYPE_CHECKING:
    from integrations.speech.base import Samples

logger = structlog.get_logger(__name__)

PROJECT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "integrations.speech.decoder")
# A little longer than the child gives itself.
WALL_SECONDS = 65.0
FULL_SCALE = 32768.0
# Unlike longer ones, a rest of this many samples is no sound but the padding of a codec.
SHORTEST_SAMPLES = SAMPLE_RATE // 20


class Undecodable(Exception):
    """There is no sound to be had from a recording. The text says why, for logs."""


class TooLong(Exception):
    """The recording is longer than it may be."""


@dataclass(frozen=True, slots=True)
class Sound:
    """`container` is what the recording really is, by ffmpeg's name, whatever it was called."""

    samples: Samples
    container: str

    @property
    def seconds(self) -> float:
        return len(self.samples) / SAMPLE_RATE


class Decoder:
    """Decodes by children of a process that has ffmpeg loaded (`integrations.speech.decoder`).

    That process is started with the first recording, and ends with this one.
    """

    def __init__(self, max_seconds: float) -> None:
        self._max_seconds = max_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._lock = threading.Lock()

    def decode(self, audio: bytes) -> Sound:
        """All the sound that can be had of a recording, also of one that is cut or damaged.

        Raises:
            Undecodable, TooLong
        """
        output = self._output_for(audio)
        if not output and not self._lives():
            # Not the recording's fault, as far as one knows.
            output = self._output_for(audio)
        return _sound_in(output)

    def close(self) -> None:
        """End the process."""
        with self._lock:
            process, control = self._process, self._control
            self._process = self._control = None
        if process is not None and control is not None:
            control.close()
            process.wait()

    def _output_for(self, audio: bytes) -> bytes:
        mine, theirs = socket.socketpair()
        with mine:
            with theirs:
                self._pass_on(theirs)
            mine.settimeout(WALL_SECONDS)
            try:
                mine.sendall(audio)
                mine.shutdown(socket.SHUT_WR)
                return _read_all(mine)
            except TimeoutError as error:
                raise Undecodable("took too long") from error
            except OSError:
                return b""

    def _pass_on(self, connection: socket.socket) -> None:
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._start()
            try:
                socket.send_fds(cast(socket.socket, self._control), [b"."], [connection.fileno()])
            except OSError:
                # It has died this moment: nobody has the other end, which says so to the reader.
                return

    def _lives(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _start(self) -> None:
        if self._control is not None:
            self._control.close()
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - the command is ours
                [*COMMAND, str(self._max_seconds)],
                cwd=PROJECT,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )


def _read_all(connection: socket.socket) -> bytes:
    with connection.makefile("rb") as incoming:
        return incoming.read()


def _sound_in(output: bytes) -> Sound:
    head, _, sound = output.partition(b"\n")
    try:
        report: dict[str, Any] = json.loads(head)
    except ValueError:
        raise Undecodable("its process has ended without a word") from None
    if report["too_long"]:
        raise TooLong
    import numpy as np

    samples = np.frombuffer(sound[: len(sound) // 2 * 2], np.int16).astype(np.float32) / FULL_SCALE
    if len(samples) < SHORTEST_SAMPLES:
        raise Undecodable(report["error"] or "no sound in it")
    if report["error"]:
        logger.info("recording_damaged", error=report["error"], seconds=len(samples) / SAMPLE_RATE)
    return Sound(samples, report["container"])
