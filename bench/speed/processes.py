"""What the processes that are measured take, by the part they play."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

import psutil

# What is in the name of a process or in its command line; the first that fits names the part. A program of
# the stack is a fork of its supervisor, so that only its name tells what it is.
PARTS = {
    "model": ("bench.speed.model_server",),
    "worker": ("worker-turns", "-Q turns"),
    "speech": ("worker-speech",),
    "sockets": ("socket_server",),
    "rest": ("gunicorn",),
    "postgres": ("postgres",),
    "redis": ("valkey", "redis-server"),
    "reference": ("uvicorn",),
}
ELSE = "others"
CLIENT = "client"
# What asks and what stands for the model: shown, lest it be what is slow, and not counted.
OUTSIDE = (CLIENT, "model")


def part_of(process: psutil.Process) -> str:
    """The part that a process plays."""
    if process.name() == "web":
        return "sockets"
    line = " ".join([process.name(), *process.cmdline()])
    return next((part for part, marks in PARTS.items() if any(mark in line for mark in marks)), ELSE)


def cpu_seconds(*roots: psutil.Process | None) -> dict[str, float]:
    """Processor time of this process, the client, and of some others and all below them, so far, by part."""
    taken: dict[str, float] = defaultdict(float, {CLIENT: time.process_time()})
    for process in _below(*roots):
        try:
            times, part = process.cpu_times(), part_of(process)
        except psutil.NoSuchProcess:
            continue
        taken[part] += times.user + times.system
    return dict(taken)


def pss_bytes(*roots: psutil.Process) -> dict[str, int]:
    """Proportional set size of some processes and all below them, by part."""
    weights: Counter[str] = Counter()
    for process in _below(*roots):
        weights[part_of(process)] += process.memory_full_info().pss
    return dict(weights)


def since(before: Mapping[str, float], after: Mapping[str, float], *, units: float = 1.0) -> dict[str, float]:
    """What was taken between two readings, for each of so many units."""
    return {part: (after[part] - before.get(part, 0.0)) / units for part in after}


def _below(*roots: psutil.Process | None) -> Iterator[psutil.Process]:
    for root in roots:
        if root is not None:
            yield root
            yield from root.children(recursive=True)
