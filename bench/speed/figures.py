"""Figures: what was measured, what it was to be, and both as a table and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.speed.machine import Load
from bench.speed.processes import OUTSIDE

OURS = "voice2task"
WIDTH = 170
NAMES = {"median": "p50", "p95": "p95", "p99": "p99", "ratio": "ratio", "cpu": "CPU"}


@dataclass(frozen=True)
class Figure:
    """One row: `median`, `p95` and `p99` are in `unit`.

    `ratio` is to what `over` names. `cpu` is milliseconds of processor time a unit of work, of all processes
    by the part they play; `counted` are those parts whose sum is held against a goal. `goals` are the most
    that may be, or with `at_least` the least, of the fields they name.
    """

    what: str
    unit: str = "ms"
    target: str = OURS
    median: float | None = None
    p95: float | None = None
    p99: float | None = None
    ratio: float | None = None
    over: str = ""
    cpu: Mapping[str, float] = field(default_factory=dict)
    counted: Sequence[str] = ()
    goals: Mapping[str, float] = field(default_factory=dict)
    at_least: bool = False
    note: str = ""

    @classmethod
    def of(cls, what: str, values: Sequence[float], **more: Any) -> Figure:
        """The figure of many measurements."""
        cuts = {name: percentile(values, percent) for name, percent in (("p95", 95), ("p99", 99))}
        return cls(what, **{"median": median(values), **cuts, **more})

    @property
    def counted_cpu(self) -> float | None:
        """What the counted parts took; if none are named, all that serve."""
        parts = self.counted or [part for part in self.cpu if part not in OUTSIDE]
        return sum(self.cpu.get(part, 0.0) for part in parts) if self.cpu else None

    def value(self, name: str) -> float | None:
        """The figure that a goal of this name is about."""
        found: float | None = self.counted_cpu if name == "cpu" else getattr(self, name)
        return found

    def missed(self) -> dict[str, float]:
        """What was measured where a goal was not met. What was not measured meets none."""
        measured = {name: self.value(name) for name in self.goals}
        return {name: value for name, value in measured.items() if value is not None and not self._met(name)}

    def _met(self, name: str) -> bool:
        value = self.value(name)
        if value is None:
            return False
        # As it is shown: what rounds to the goal has met it.
        value, goal = round(value, 3), self.goals[name]
        return value >= goal if self.at_least else value <= goal


@dataclass(frozen=True)
class Measured:
    """What a section found, and how busy others kept the machine meanwhile."""

    section: str
    figures: Sequence[Figure]
    load: Load

    def as_json(self) -> dict[str, Any]:
        """All of it, and what was missed; that only if the machine was quiet."""
        rows = []
        for figure in self.figures:
            row = {name: value for name, value in vars(figure).items() if value not in (None, {}, "", ())}
            verdict = {"missed": figure.missed()} if self.load.quiet and figure.goals else {}
            rows.append(row | verdict)
        load = {"average": self.load.average, "others": self.load.others, "quiet": self.load.quiet}
        return {"section": self.section, "load": load, "figures": rows}


def percentile(values: Sequence[float], percent: float) -> float:
    """The least value that so many percent of all do not exceed, by nearest rank."""
    return sorted(values)[max(0, ceil(len(values) * percent / 100) - 1)]


def print_table(sections: Sequence[Measured]) -> None:
    """One table of all sections, and below it what is to be said of single rows."""
    table = Table("", "target", "p50", "p95", "p99", "ratio", "CPU ms a unit", "goal", "")
    for column in table.columns[2:6]:
        column.justify = "right"
    for one in sections:
        how = "quiet" if one.load.quiet else "not quiet: nothing is compared"
        table.add_section()
        table.add_row(
            f"[bold]{one.section}[/] · load {one.load.average:.2f}, others {one.load.others:.0%}, {how}"
        )
        for figure in one.figures:
            table.add_row(*_cells(figure, quiet=one.load.quiet))
    console = Console(width=WIDTH, highlight=False)
    console.print(table)
    for figure in (figure for one in sections for figure in one.figures if figure.note):
        console.print(f"{figure.what}: {figure.note}")


def _cells(figure: Figure, *, quiet: bool) -> list[str]:
    values = [_shown(getattr(figure, name)) for name in ("median", "p95", "p99")]
    ratio = f"{figure.ratio:.3f} of {figure.over}" if figure.ratio is not None and quiet else ""
    cpu = ""
    if figure.counted_cpu is not None:
        parts = [f"{part} {taken:.2f}" for part, taken in figure.cpu.items() if taken >= 0.005]
        cpu = f"{_shown(figure.counted_cpu)} ({' '.join(parts)})"
    sign = "≥" if figure.at_least else "≤"
    goals = " · ".join(f"{NAMES[name]} {sign} {goal:g}" for name, goal in figure.goals.items())
    return [
        f"{figure.what}, {figure.unit}",
        figure.target,
        *values,
        ratio,
        cpu,
        goals,
        _verdict(figure, quiet),
    ]


def _verdict(figure: Figure, quiet: bool) -> str:
    if not figure.goals or not quiet:
        return ""
    missed = figure.missed()
    return "missed: " + ", ".join(NAMES[name] for name in missed) if missed else "met"


def _shown(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
