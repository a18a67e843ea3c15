"""Posts labelled sentences over one WebSocket and says how many are understood, and how fast.

    python -m bench.sentences FILE.jsonl … [--limit 300] [--scorer score.py]

Each row has an `id`, a `text` and the `action` that is meant. What was understood is read from outside: which
tool the turn called first. Rows are drawn over all files with a fixed seed; the stack is started for the run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from websockets.sync.client import ClientConnection

from bench.stack import Stack, running_stack
from voice2task.client import Client, Frame

ACTIONS = {
    "create_tasks": "create",
    "find_tasks": "query",
    "update_task": "update",
    "complete_tasks": "complete",
    "reopen_tasks": "update",
    "trash_tasks": "delete",
    "set_reminder": "create",
    "snooze": "snooze",
    "undo": "other",
}
WARM_UP = 10
TIMEOUT_SECONDS = 60


@dataclass
class Run:
    """What came of the sentences. Times in seconds."""

    predictions: list[dict[str, object]] = field(default_factory=list)
    right: int = 0
    failed: int = 0
    to_ack: list[float] = field(default_factory=list)
    to_end: list[float] = field(default_factory=list)
    seconds: float = 0.0


def main() -> int:
    options = _options()
    rows = _draw(options.files, options.limit)
    with running_stack() as stack:
        print(f"stack ready after {stack.start_seconds:.1f} s, load {os.getloadavg()[0]:.2f}")
        _print_memory(stack)
        run = _post_all(stack, rows)
    _print_run(run)
    if options.scorer:
        _score(options.scorer, rows, run)
    return int(run.failed > 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Post labelled sentences over one WebSocket.")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--limit", type=int, default=300, help="how many sentences")
    parser.add_argument("--scorer", type=Path, help="a script called with the files of rows and predictions")
    return parser.parse_args()


def _draw(files: list[Path], limit: int) -> list[dict[str, str]]:
    rows = [json.loads(line) for file in files for line in file.read_text().splitlines()]
    labelled = [row for row in rows if "action" in row]
    return random.Random(0).sample(labelled, min(limit, len(labelled)))


def _post_all(stack: Stack, rows: list[dict[str, str]]) -> Run:
    client = Client(stack.url, email=stack.email, password=stack.password)
    run = Run()
    with client.open() as socket:
        for _ in range(WARM_UP):
            _post(socket, "what is due today?", Run())
        started = time.perf_counter()
        for row in rows:
            end, tool = _post(socket, row["text"], run)
            action = ACTIONS[tool] if tool else "other"
            run.failed += end["type"] != "turn.completed"
            run.right += action == row["action"]
            run.predictions.append({"id": row["id"], "action": action, "created": action == "create"})
        run.seconds = time.perf_counter() - started
    return run


def _post(socket: ClientConnection, text: str, run: Run) -> tuple[Frame, str | None]:
    """Post one sentence; its turn's last frame and the first tool that was called."""
    message_id = str(uuid4())
    started = time.perf_counter()
    socket.send(json.dumps({"type": "message.send", "id": message_id, "text": text}))
    turn_id, tool, end = None, None, None
    while turn_id is None or end is None:
        frame = json.loads(socket.recv(timeout=TIMEOUT_SECONDS))
        if frame["type"] == "ack" and frame["id"] == message_id:
            turn_id = frame["turn_id"]
            run.to_ack.append(time.perf_counter() - started)
        elif frame["type"] == "error":
            raise SystemExit(f"refused: {frame}")
        elif frame["type"] == "turn.tool" and tool is None:
            tool = frame["name"]
        elif frame["type"] in {"turn.completed", "turn.failed"}:
            end = frame
            run.to_end.append(time.perf_counter() - started)
    return end, tool


def _print_memory(stack: Stack) -> None:
    memory = stack.memory()
    print(f"memory at rest (PSS): {sum(memory.values()) / 2**20:.0f} MiB in {len(memory)} processes")


def _print_run(run: Run) -> None:
    count = len(run.predictions)
    print(f"{count} sentences, {run.failed} failed, {count / run.seconds:.1f} a second")
    print(f"action_acc {run.right / count:.3f}")
    for name, times in (("send to ack", run.to_ack), ("send to turn.completed", run.to_end)):
        cuts = statistics.quantiles(times, n=100)
        shown = ", ".join(f"p{percent} {cuts[percent - 1] * 1000:.1f} ms" for percent in (50, 95, 99))
        print(f"{name}: {shown}")


def _score(scorer: Path, rows: list[dict[str, str]], run: Run) -> None:
    with tempfile.TemporaryDirectory() as folder:
        gold, predicted = Path(folder) / "gold.jsonl", Path(folder) / "predicted.jsonl"
        gold.write_text("\n".join(json.dumps(row) for row in rows))
        predicted.write_text("\n".join(json.dumps(row) for row in run.predictions))
        print(f"\n{scorer.name}:", flush=True)
        subprocess.run([sys.executable, str(scorer), str(gold), str(predicted)], check=True)


if __name__ == "__main__":
    sys.exit(main())
