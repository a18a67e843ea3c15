"""Recordings to samples, in a process of their own (`integrations.speech.decoder`)."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog

from integrations.speech.base import SAMPLE_RATE

if TYPE_CHECKING:
    from integrations.speech.base import Samples

logger = structlog.get_logger(__name__)

PROJECT = Path(__file__).resolve().parents[2]
WALL_SECONDS = 60.0
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
    """Decodes with a process that has been started ahead, so that nobody waits for its start."""

    def __init__(self, max_seconds: float) -> None:
        self._max_seconds = max_seconds
        self._spare: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def decode(self, audio: bytes) -> Sound:
        """All the sound that can be had of a recording, also of one that is cut or damaged.

        Raises:
            Undecodable, TooLong
        """
        with self._lock:
            process, self._spare = self._spare or self._start(), self._start()
        try:
            output, _ = process.communicate(audio, timeout=WALL_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise Undecodable("took too long") from error
        finally:
            process.kill()
            process.wait()
        return _sound_in(output, process.returncode)

    def close(self) -> None:
        """End the process that waits."""
        with self._lock:
            spare, self._spare = self._spare, None
        if spare is not None:
            spare.communicate(b"")

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - the command is ours
            [sys.executable, "-m", "integrations.speech.decoder", str(self._max_seconds)],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )


def _sound_in(output: bytes, status: int) -> Sound:
    head, _, sound = output.partition(b"\n")
    try:
        report: dict[str, Any] = json.loads(head)
    except ValueError:
        raise Undecodable(f"its process ended with {status}") from None
    if report["too_long"]:
        raise TooLong
    import numpy as np

    samples = np.frombuffer(sound[: len(sound) // 2 * 2], np.int16).astype(np.float32) / FULL_SCALE
    if len(samples) < SHORTEST_SAMPLES:
        raise Undecodable(report["error"] or "no sound in it")
    if report["error"]:
        logger.info("recording_damaged", error=report["error"], seconds=len(samples) / SAMPLE_RATE)
    return Sound(samples, report["container"])
