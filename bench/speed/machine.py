"""Whether the machine is quiet: how much of its processors others took while something was measured."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType

import psutil

# Above it, what was measured says as much of the others.
QUIET_SHARE = 0.05


@dataclass(frozen=True)
class Load:
    """The load average at the end, and which share of all processor time went to others."""

    average: float
    others: float

    @property
    def quiet(self) -> bool:
        return self.others <= QUIET_SHARE


class Watch:
    """Between entering and leaving, counts what this process and all below it do not account for.

    What the hypervisor gives to others counts as theirs.
    """

    load = Load(0.0, 0.0)

    def __enter__(self) -> Watch:
        self._started, self._busy, self._own = time.monotonic(), _busy(), _own()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        available = (time.monotonic() - self._started) * (os.cpu_count() or 1)
        others = (_busy() - self._busy) - (_own() - self._own)
        self.load = Load(os.getloadavg()[0], max(0.0, others / available))


def _busy() -> float:
    times = psutil.cpu_times()
    idle = times.idle + getattr(times, "iowait", 0.0)
    # The time of guests is in that of users already.
    guests = getattr(times, "guest", 0.0) + getattr(times, "guest_nice", 0.0)
    return float(sum(times) - idle - guests)


def _own() -> float:
    return sum(_taken())


def _taken() -> Iterator[float]:
    """Seconds of each process that lives, with those of its children that it has seen end."""
    root = psutil.Process()
    for process in [root, *root.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            yield float(sum(process.cpu_times()[:4]))


def described() -> str:
    """What it ran on."""
    memory = psutil.virtual_memory().total / 2**30
    python = platform.python_version()
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, Python {python}"
