"""What the rounds say, as rows of figures and as a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from bench.live.__main__ import Round

Row = dict[str, Any]

# What serves replies; the rest (database, Redis, other workers) is given apart.
SERVING = ("worker", "sockets", "reference")
# The reference adds 71 ms at 200 clients when the machine is quiet. Far above, it says more of the machine.
NOISY_MS = 150.0


def rows_of(rounds: Sequence[Round]) -> list[Row]:
    """One row for each target and number of clients. Times in ms, processor time in ms a reply."""
    limits = {(one.streams, one.number): one for one in rounds if one.target == "direct"}
    grouped = defaultdict(list)
    for one in rounds:
        grouped[one.streams, one.target].append(one)
    return [
        _row(streams, target, ones, [limits[streams, one.number] for one in ones])
        for (streams, target), ones in grouped.items()
    ]


def _row(streams: int, target: str, rounds: Sequence[Round], limits: Sequence[Round]) -> Row:
    added, wholes, lags = [], [], []
    for one, limit in zip(rounds, limits, strict=True):
        first = median(reply.first for reply in limit.replies)
        added += [(reply.first - first) * 1000 for reply in one.replies]
        whole = median(reply.whole for reply in limit.replies)
        wholes.append(median(reply.whole for reply in one.replies) / whole)
        lags += [lag * 1000 for reply in one.replies for lag in reply.lags]
    replies = sum(len(one.replies) for one in rounds)
    cpu: dict[str, float] = defaultdict(float)
    for one in rounds:
        for part, seconds in one.cpu.items():
            cpu[part] += seconds * 1000 / replies
    return {
        "streams": streams,
        "target": target,
        "replies": replies,
        "added_p50": median(added),
        "added_p95": _percentile(added, 95),
        "whole_ratio": median(wholes),
        "lag_p50": median(lags),
        "lag_p99": _percentile(lags, 99),
        "cpu_serving": sum(cpu[part] for part in SERVING),
        "cpu": dict(cpu),
    }


def _percentile(values: Sequence[float], percent: int) -> float:
    return quantiles(values, n=100)[percent - 1]


def print_table(rows: Sequence[Row], *, load: float) -> None:
    table = Table(title=f"added to the direct way, ms · load {load:.2f}")
    for heading in (
        "streams",
        "target",
        "first delta p50",
        "p95",
        "whole ÷ direct",
        "a token's way p50",
        "p99",
        "CPU ms a reply",
        "of which",
    ):
        table.add_column(heading, justify="left" if heading in {"target", "of which"} else "right")
    for row in rows:
        parts = " ".join(f"{part} {taken:.1f}" for part, taken in row["cpu"].items() if taken >= 0.05)
        figures = ("added_p50", "added_p95")
        table.add_row(
            str(row["streams"]),
            row["target"],
            *(f"{row[name]:+.1f}" for name in figures),
            f"{row['whole_ratio']:.3f}",
            f"{row['lag_p50']:.1f}",
            f"{row['lag_p99']:.1f}",
            f"{row['cpu_serving']:.1f}" if row["cpu"] else "",
            parts,
        )
    Console(width=160).print(table)
    for line in _verdicts(rows):
        print(line)


def _verdicts(rows: Sequence[Row]) -> list[str]:
    by = {(row["streams"], row["target"]): row for row in rows}
    lines = []
    for streams in sorted({row["streams"] for row in rows}):
        ours, theirs = by.get((streams, "voice2task")), by.get((streams, "reference"))
        if ours is None or theirs is None:
            continue
        ratio = ours["added_p50"] / theirs["added_p50"]
        lines.append(f"{streams} streams: first delta added, over the reference: {ratio:.2f}")
        if theirs["added_p50"] > NOISY_MS:
            lines.append(
                "  The reference did much worse than on a quiet machine: this says nothing of either."
            )
    return lines
