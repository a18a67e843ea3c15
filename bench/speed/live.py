"""What is added to a model's answer on its way to a client, over asking the model itself."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import uvloop

from bench.speed.figures import OURS, Figure
from bench.speed.model_server import Pace
from bench.speed.people import tokens_of
from bench.speed.processes import cpu_seconds, since
from bench.speed.surroundings import Bench
from bench.speed.targets import Direct, Reference, Reply, Target, Voice2Task, measure

# How often each client asks in a round, by how many there are: few are to be asked more often.
REPLIES = {1: 6, 50: 2}
AT_LEAST_REPLIES = 2
SETTLE_SECONDS = 1.0
# What serves replies; the rest (database, Redis, other workers) is shown beside it.
SERVING = ("worker", "sockets", "reference")
# The reference adds 71 ms at 200 clients when the machine is quiet. Far above, it says more of the machine.
NOISY_MS = 150.0

FIRST_GOALS = {
    1: {"median": 12.0},
    50: {"median": 15.0, "p95": 40.0, "cpu": 22.0},
    200: {"median": 40.0, "p95": 120.0, "cpu": 16.0},
}
OVER_REFERENCE = {200: 0.7}
WHOLE_GOALS = {50: {"ratio": 1.01}, 200: {"ratio": 1.02}}


@dataclass(frozen=True)
class Round:
    """What a target did in one round with so many clients. `cpu` in seconds by part."""

    target: str
    streams: int
    number: int
    replies: Sequence[Reply]
    cpu: Mapping[str, float]


def measure_live(bench: Bench) -> list[Figure]:
    """Every target with every number of clients, round by round."""
    options, model = bench.options, bench.paced
    model.set_pace(options.pace)
    tokens = tokens_of(bench.stack, "live", max(options.streams))
    targets: list[Target] = [Direct(model.url), Voice2Task(bench.stack.url, tokens, bench.stack.process)]
    if bench.reference:
        targets.append(Reference(bench.reference.url, bench.reference.token, bench.reference.process))
    return figures_of(uvloop.run(_all_rounds(bench, targets)))


async def _all_rounds(bench: Bench, targets: Sequence[Target]) -> list[Round]:
    """In another order each round. The first is to warm up."""
    done = []
    try:
        for number in range(bench.options.rounds + 1):
            for count in bench.options.streams:
                for offset in range(len(targets)):
                    target = targets[(number + offset) % len(targets)]
                    one = await _round(bench, target, count, number)
                    if number:
                        done.append(one)
    finally:
        for target in targets:
            await target.close()
    return done


async def _round(bench: Bench, target: Target, count: int, number: int) -> Round:
    """Clients that begin evenly spread over the length of an answer, so that as many are always under way."""
    pace: Pace = bench.options.pace
    streams = await target.open(count)
    await asyncio.sleep(SETTLE_SECONDS)
    before = cpu_seconds(target.process, bench.paced.process)
    repeat = REPLIES.get(count, AT_LEAST_REPLIES)
    order = random.Random(number).sample(range(count), count)

    async def client(position: int) -> list[Reply]:
        await asyncio.sleep(pace.seconds * position / count)
        return [await measure(streams[order[position]]) for _ in range(repeat)]

    answered = await asyncio.gather(*(client(position) for position in range(count)))
    cpu = since(before, cpu_seconds(target.process, bench.paced.process))
    return Round(target.name, count, number, [reply for replies in answered for reply in replies], cpu)


def figures_of(rounds: Sequence[Round]) -> list[Figure]:
    """What is added is taken within each round: the machine is never the same twice."""
    grouped: dict[int, dict[str, list[Round]]] = defaultdict(lambda: defaultdict(list))
    for one in rounds:
        grouped[one.streams][one.target].append(one)
    figures: list[Figure] = []
    for streams, targets in sorted(grouped.items()):
        direct = targets.pop("direct")
        added = {name: _added(ones, direct) for name, ones in targets.items()}
        rival = median(added["reference"]) if "reference" in added else None
        for name, ones in targets.items():
            figures += [_first(streams, name, ones, added[name], rival), _whole(streams, name, ones, direct)]
            figures.append(_lag(streams, name, ones))
    return figures


def _added(rounds: Sequence[Round], direct: Sequence[Round]) -> list[float]:
    """Milliseconds to the first text, above the median of the direct way in the same round."""
    added = []
    for one, limit in zip(rounds, direct, strict=True):
        first = median(reply.first for reply in limit.replies)
        added += [(reply.first - first) * 1000 for reply in one.replies]
    return added


def _first(
    streams: int, target: str, rounds: Sequence[Round], added: Sequence[float], rival: float | None
) -> Figure:
    what = f"first delta added, {streams} {'stream' if streams == 1 else 'streams'}"
    replies = sum(len(one.replies) for one in rounds)
    cpu: dict[str, float] = defaultdict(float)
    for one in rounds:
        for part, seconds in one.cpu.items():
            cpu[part] += seconds * 1000 / replies
    more = _against(streams, median(added), rival) if target == OURS else {}
    return Figure.of(what, added, target=target, cpu=cpu, counted=SERVING, **more)


def _against(streams: int, added: float, rival: float | None) -> dict[str, Any]:
    """Our goals, and how we stand to the other server if one was asked, by the medians of both."""
    goals = dict(FIRST_GOALS.get(streams, {}))
    if rival is None:
        return {"goals": goals}
    if rival > NOISY_MS:
        note = "the reference did much worse than on a quiet machine; this is no win over it"
        return {"goals": goals, "note": note}
    if streams in OVER_REFERENCE:
        goals["ratio"] = OVER_REFERENCE[streams]
    return {"goals": goals, "ratio": added / rival, "over": "reference"}


def _whole(streams: int, target: str, rounds: Sequence[Round], direct: Sequence[Round]) -> Figure:
    ratios = [
        median(reply.whole for reply in one.replies) / median(reply.whole for reply in limit.replies)
        for one, limit in zip(rounds, direct, strict=True)
    ]
    seconds = [reply.whole for one in rounds for reply in one.replies]
    goals = WHOLE_GOALS.get(streams, {}) if target == OURS else {}
    what = f"whole reply, {streams}"
    return Figure.of(what, seconds, unit="s", target=target, ratio=median(ratios), over="direct", goals=goals)


def _lag(streams: int, target: str, rounds: Sequence[Round]) -> Figure:
    lags = [lag * 1000 for one in rounds for reply in one.replies for lag in reply.lags]
    return Figure.of(f"a token's way, {streams}", lags, target=target)
