"""The process that opens recordings: `python -m integrations.speech.decoder LIMIT_SECONDS`.

Standard input is a Unix socket; each connection that is passed through it gets a child of its own, which
has ffmpeg loaded already. The child reads one recording, writes a line of JSON and then its sound as samples
of 16 bits, mono, 16 kHz, and ends. It imports nothing of the project and limits its own memory and time: a
hostile file can end this child, and nothing else.

The line holds `"container"`, `"too_long"`, and `"error"`, empty if the recording was read to its end.
"""

from __future__ import annotations

import gc
import io
import json
import os
import resource
import signal
import socket
import sys

SAMPLE_RATE = 16_000
BYTES_PER_SAMPLE = 2
MEMORY_BYTES = 1024**3
CPU_SECONDS = 30
WALL_SECONDS = 60
# What ends before this is no faulty recording but a whole one that holds nothing.
MAX_DECODE_ERRORS = 50


def limit_resources() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Nothing it could be tricked into is to be written anywhere.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def decode(data: bytes, max_seconds: float) -> tuple[dict[str, object], bytes]:
    """All the sound that can be had of `data`, up to `max_seconds`, and what there is to say about it."""
    import av

    limit = int(max_seconds * SAMPLE_RATE) * BYTES_PER_SAMPLE
    sound = bytearray()
    report: dict[str, object] = {"container": "", "too_long": False, "error": ""}
    try:
        # Only this input is read: a playlist inside it must not name files or addresses.
        with av.open(
            io.BytesIO(data), metadata_errors="ignore", options={"protocol_whitelist": ""}
        ) as container:
            report["container"] = container.format.name
            if not container.streams.audio:
                report["error"] = "no sound in it"
                return report, b""
            _read(container, sound, limit, report)
    except (av.FFmpegError, ValueError, MemoryError, EOFError) as error:
        report["error"] = f"{type(error).__name__}: {error}"[:200]
    return report, bytes(sound)


def _read(container: object, sound: bytearray, limit: int, report: dict[str, object]) -> None:
    import av

    stream = container.streams.audio[0]  # type: ignore[attr-defined]
    resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
    errors = 0
    for packet in container.demux(stream):  # type: ignore[attr-defined]
        try:
            frames = packet.decode()
        except av.InvalidDataError as error:
            # A damaged piece: what follows may be well.
            errors += 1
            report["error"] = f"{type(error).__name__}: {error}"[:200]
            if errors > MAX_DECODE_ERRORS:
                return
            continue
        for frame in frames:
            frame.pts = None
            for resampled in resampler.resample(frame):
                sound += bytes(resampled.planes[0])[: resampled.samples * BYTES_PER_SAMPLE]
        if len(sound) > limit:
            report["too_long"] = True
            del sound[limit:]
            return
    for resampled in resampler.resample(None):
        sound += bytes(resampled.planes[0])[: resampled.samples * BYTES_PER_SAMPLE]


def answer(connection: socket.socket, max_seconds: float) -> None:
    """Read one recording up to its end, and write what is to be said of it and its sound."""
    limit_resources()
    signal.alarm(WALL_SECONDS)
    with connection.makefile("rb") as incoming:
        data = incoming.read()
    report, sound = decode(data, max_seconds)
    connection.sendall(json.dumps(report).encode() + b"\n" + sound)


def main() -> None:
    """Fork a child for each connection that comes through the socket at standard input, until that closes."""
    import av.logging

    max_seconds = float(sys.argv[1])
    control = socket.socket(fileno=0)
    av.logging.set_level(None)
    # Nobody waits for a child: its connection tells how it ended.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.freeze()
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            return
        if os.fork() == 0:
            control.close()
            try:
                answer(socket.socket(fileno=descriptors[0]), max_seconds)
            finally:
                os._exit(0)
        os.close(descriptors[0])


if __name__ == "__main__":
    main()
