"""What the stack weighs at rest, and how long the project takes to be imported."""

from __future__ import annotations

import resource
import subprocess
import sys
import time

from bench.speed.figures import Figure
from bench.speed.processes import pss_bytes
from bench.speed.surroundings import Bench
from bench.stack import PROJECT

SETTLE_SECONDS = 10.0
MEGABYTE = 10**6
STACK_GOAL_MB = 500.0
CHECK_GOAL_SECONDS = 1.5


def measure_footprint(bench: Bench) -> list[Figure]:
    """The stack before anybody has asked it for anything, then the import."""
    time.sleep(SETTLE_SECONDS)
    parts = {part: size / MEGABYTE for part, size in pss_bytes(bench.stack.process).items()}
    shown = " ".join(f"{part} {size:.0f}" for part, size in sorted(parts.items()))
    rest = Figure(
        "embedded stack at rest (PSS)",
        unit="MB",
        median=sum(parts.values()),
        goals={"median": STACK_GOAL_MB},
        note=f"{shown}; ready after {bench.stack.start_seconds:.1f} s",
    )
    checks = [_check_seconds() for _ in range(bench.options.rounds)]
    wall, cpu = zip(*checks, strict=True)
    check = Figure.of(
        "`manage.py check`, cold",
        wall,
        unit="s",
        cpu={"check": sum(cpu) / len(cpu) * 1000},
        goals={"median": CHECK_GOAL_SECONDS},
    )
    return [rest, check]


def _check_seconds() -> tuple[float, float]:
    """By the clock, and of processor time."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [sys.executable, "manage.py", "check"]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    seconds, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
