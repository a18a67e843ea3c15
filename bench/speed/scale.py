"""Whether a user notices a million tasks of others: `bench.tasks`, as figures."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.speed.figures import Figure
from bench.speed.surroundings import Options
from bench.stack import PROJECT

GOAL = 1.1


def measure_scale(_: Options) -> list[Figure]:
    """Each kind of request among 1,000 tasks and among 1,000,000; the quickest answers are compared."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "tasks.json"
        command = [sys.executable, "-m", "bench.tasks", "--json", str(file)]
        subprocess.run(command, cwd=PROJECT, check=True)
        alone, among, *_ = json.loads(file.read_text())
    return [
        Figure.of(
            f"{kind}, among 1,000,000",
            [seconds * 1000 for seconds in times],
            ratio=min(times) / min(alone["seconds"][kind]),
            over="among 1,000",
            goals={"ratio": GOAL},
        )
        for kind, times in among["seconds"].items()
    ]
