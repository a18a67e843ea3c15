"""Speaks recordings to a stack of its own and says how well and how soon they are understood.

    python -m bench.speech FOLDER [--quick]

FOLDER holds recordings and `transcripts.tsv` with `file`, `language` and `text`. Each is sent over one
WebSocket as fast as it was spoken (with `--quick` at once, and nothing is heard before its end). Word error
rates are edits over words, in lower case and without punctuation; nothing else is made equal.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import statistics
import subprocess
import sys
import time
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from bench.stack import PROJECT, Stack, running_stack
from voice2task.client import Client
from voice2task.client_speech import MIMES, recording_of

COMMAND_SECONDS = 6.0
REPLIES = 60
RECORDINGS = 12
LIMITS = {"en": 0.10, "de": 0.18, "es": 0.12, "fr": 0.32}


@dataclass(frozen=True)
class Row:
    """One recording and what is said in it."""

    path: Path
    language: str
    text: str

    @property
    def group(self) -> str:
        """FLEURS clips count by language; whatever else there is, by where it comes from."""
        kind = self.path.name.split("-")[0].removesuffix(self.path.suffix)
        return self.language if kind == "fleurs" else kind


@dataclass(frozen=True)
class Result:
    """Times in seconds; `engine` is the engine's alone, on the same sound."""

    row: Row
    heard: str
    detected: str
    partials: int
    stop_to_final: float
    audio: float
    engine: float
    edits: int
    words: int


def main() -> int:
    options = _options()
    rows = _rows(options.folder)
    models = speech_models()
    alone = _engine_alone([row.path for row in rows])
    with running_stack(models=models) as stack:
        print(f"stack ready after {stack.start_seconds:.1f} s, load {os.getloadavg()[0]:.2f}")
        print(f"memory at rest {_megabytes(stack)}")
        client = Client(stack.url, email=stack.email, password=stack.password)
        client.log_in()
        _speak(client, rows[0], quick=True)
        print(f"memory once it has listened {_megabytes(stack)}")
        results = []
        for row in rows:
            results.append(_result(client, row, alone[str(row.path)], quick=options.quick))
            _print(results[-1])
        _summarise(results)
        _print_replies_meanwhile(stack, client, max(rows, key=lambda row: row.path.stat().st_size))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.speech", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quick", action="store_true", help="send each recording at once")
    return parser.parse_args()


def _rows(folder: Path) -> list[Row]:
    with (folder / "transcripts.tsv").open(encoding="utf-8") as file:
        rows = [
            Row(folder / row["file"], row["language"], row["text"])
            for row in csv.DictReader(file, delimiter="\t")
        ]
    return [row for row in rows if row.path.exists()]


def speech_models() -> Path:
    """The weights, fetched once for this project and not for each stack of a benchmark."""
    command = [sys.executable, "manage.py", "fetch_speech_models"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    return Path(done.stdout.strip())


def _engine_alone(paths: Sequence[Path]) -> dict[str, tuple[float, float]]:
    """Seconds of the engine and of the sound for each recording, in a process of its own that is warm."""
    command = [sys.executable, "-m", "bench.speech_engine", str(paths[0]), *map(str, paths)]
    env = {**os.environ, "LOG_LEVEL": "ERROR"}
    done = subprocess.run(command, cwd=PROJECT, env=env, capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in done.stdout.splitlines()][1:]
    return {line["file"]: (line["seconds"], line["audio_seconds"]) for line in lines}


def _speak(client: Client, row: Row, *, quick: bool) -> tuple[str, str, int, float]:
    """What was heard, in which language, after how many partial texts, and how long after the end."""
    recording = recording_of(row.path)
    if quick:
        recording.bytes_a_second = 10**9
    client.conversation_id = None
    partials, stopped = 0, 0.0
    for frame in client.speak(recording):
        if frame["type"] == "transcript.partial":
            partials += 1
        elif frame["type"] == "transcript.final":
            stopped = time.monotonic() - recording.stopped_at
            return frame["text"], frame["language"], partials, stopped
    return "", "", partials, time.monotonic() - recording.stopped_at


def _result(client: Client, row: Row, alone: tuple[float, float], *, quick: bool) -> Result:
    heard, detected, partials, seconds = _speak(client, row, quick=quick)
    expected = words_of(row.text)
    edits = edits_between(expected, words_of(heard))
    return Result(row, heard, detected, partials, seconds, alone[1], alone[0], edits, len(expected))


def words_of(text: str) -> list[str]:
    text = unicodedata.normalize("NFKC", text).lower().replace("\u2019", "'")
    return re.sub(r"[^\w\s']", " ", text).split()


def edits_between(expected: Sequence[str], heard: Sequence[str]) -> int:
    """How many words must be changed, left out or put in: the Levenshtein distance."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(expected, start=1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(heard, start=1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (word != other))
    return row[-1]


def _print(result: Result) -> None:
    print(
        f"{result.row.path.name:<20} {result.row.language}→{result.detected or '?':<3}"
        f" wer {result.edits / result.words:5.1%}  stop to final {result.stop_to_final:5.2f} s"
        f"  engine {result.engine:5.2f} s  rtf {result.stop_to_final / result.audio:4.2f}"
        f"  partials {result.partials:2d}  {result.heard}"
    )


def _summarise(results: Sequence[Result]) -> None:
    groups = defaultdict(list)
    for result in results:
        groups[result.row.group].append(result)
    for name, group in groups.items():
        rate = sum(result.edits for result in group) / sum(result.words for result in group)
        limit = f" (limit {LIMITS[name]:.0%})" if name in LIMITS else ""
        print(f"word error rate {name:<8} {rate:5.1%}{limit}")
    short = [result.stop_to_final for result in results if result.audio < COMMAND_SECONDS]
    above = [result.stop_to_final - result.engine for result in results]
    speed = [result.stop_to_final / result.audio for result in results]
    print(
        f"stop to final, commands under 6 s: median {statistics.median(short):.2f} s, most {max(short):.2f} s"
    )
    print(f"pipeline above the engine alone: median {statistics.median(above) * 1000:.0f} ms")
    print(f"real-time factor: median {statistics.median(speed):.2f}")


def _print_replies_meanwhile(stack: Stack, client: Client, row: Row) -> None:
    idle, listening = (
        statistics.median(times) for times in replies_meanwhile(stack, client, row.path, REPLIES)
    )
    print(f"reply, median: idle {idle * 1000:.0f} ms, while it listens {listening * 1000:.0f} ms")
    print(f"replies slower while it listens: {listening / idle - 1:+.0%}")


def replies_meanwhile(
    stack: Stack, client: Client, recording: Path, count: int
) -> tuple[list[float], list[float]]:
    """Seconds until each of so many typed sentences is answered: at rest, then while it hears without pause.

    Raises:
        RuntimeError: it had heard everything before the replies were counted.
    """
    idle = _reply_seconds(client, count)
    left = _give_much_to_hear(stack, recording)
    listening = _reply_seconds(client, count)
    if not left():
        raise RuntimeError("it had heard everything before the replies were counted")
    while left():
        time.sleep(0.5)
    return idle, listening


def _reply_seconds(client: Client, count: int) -> list[float]:
    seconds = []
    for number in range(count):
        client.conversation_id = None
        started = time.monotonic()
        for _ in client.say(f"water plant number {number} tomorrow"):
            pass
        seconds.append(time.monotonic() - started)
    return seconds


def _give_much_to_hear(stack: Stack, recording: Path) -> Callable[[], int]:
    """Upload recordings for many seconds of work. Returns what says how many are still to be heard."""
    import httpx

    login = {"email": stack.email, "password": stack.password}
    token = httpx.post(f"{stack.url}/api/v1/auth/token/", json=login, timeout=30).json()["access"]
    api = httpx.Client(
        base_url=f"{stack.url}/api/v1", headers={"Authorization": f"Bearer {token}"}, timeout=60
    )
    for _ in range(RECORDINGS):
        file = {"audio": (recording.name, recording.read_bytes(), MIMES[recording.suffix])}
        api.post("/captures/", data={"id": str(uuid4())}, files=file)
    return lambda: len(api.get("/captures/", params={"status": "kept"}).json()["results"])


def _megabytes(stack: Stack) -> str:
    memory = stack.memory()
    return f"{sum(memory.values()) / 2**20:.0f} MB, largest process {max(memory.values()) / 2**20:.0f} MB"


if __name__ == "__main__":
    sys.exit(main())
