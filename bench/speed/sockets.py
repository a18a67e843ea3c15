"""What a client that is connected and silent weighs."""

from __future__ import annotations

import asyncio
from collections import Counter

import uvloop

from bench.speed.figures import Figure
from bench.speed.people import tokens_of
from bench.speed.processes import pss_bytes
from bench.speed.surroundings import Bench
from bench.speed.targets import Voice2Task

# What the first ones bring into memory is there once.
WARM = 50
SOCKETS = 1000
# Longer than the regular check, which looks at all of them.
SETTLE_SECONDS = 12.0
GOAL_KIB = 40.0


def measure_sockets(bench: Bench) -> list[Figure]:
    """Memory with many sockets less that with few, of all processes."""
    tokens = tokens_of(bench.stack, "idle", WARM + SOCKETS)
    grown = Counter(uvloop.run(_grown(bench, tokens)))
    server, whole = grown["sockets"] / SOCKETS / 1024, grown.total() / SOCKETS / 1024
    return [
        Figure(
            f"an idle authenticated socket, of {SOCKETS}",
            unit="KiB",
            median=server,
            goals={"median": GOAL_KIB},
            note=f"in the socket server; with what PostgreSQL and all others grew by, {whole:.1f} KiB",
        )
    ]


async def _grown(bench: Bench, tokens: list[str]) -> dict[str, int]:
    target = Voice2Task(bench.stack.url, tokens, bench.stack.process)
    try:
        await target.open(WARM)
        await asyncio.sleep(SETTLE_SECONDS)
        before = pss_bytes(bench.stack.process)
        await target.open(WARM + SOCKETS)
        await asyncio.sleep(SETTLE_SECONDS)
        after = pss_bytes(bench.stack.process)
    finally:
        await target.close()
    return {part: after[part] - before.get(part, 0) for part in after}
