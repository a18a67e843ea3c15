"""What the processes of a target take, by the part they play."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import psutil

# What is in the name of a process or in its command line; the first that fits names the part. A program of
# the stack is a fork of its supervisor, so that only its name tells what it is.
PARTS = {
    "worker": ("worker-turns", "-Q turns"),
    "sockets": ("daphne",),
    "postgres": ("postgres",),
    "redis": ("valkey", "redis-server"),
    "reference": ("uvicorn",),
}
ELSE = "others"


def part_of(process: psutil.Process) -> str:
    if process.name() == "web":
        return "sockets"
    line = " ".join([process.name(), *process.cmdline()])
    return next((part for part, marks in PARTS.items() if any(mark in line for mark in marks)), ELSE)


def cpu_seconds(root: psutil.Process) -> Counter[str]:
    """Processor time of a process and all below it, so far, by part."""
    taken: Counter[str] = Counter()
    for process in [root, *root.children(recursive=True)]:
        try:
            times, part = process.cpu_times(), part_of(process)
        except psutil.NoSuchProcess:
            continue
        taken[part] += times.user + times.system  # type: ignore[assignment]
    return taken


def since(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    """What was taken between two readings."""
    return {part: after[part] - before.get(part, 0.0) for part in after}
