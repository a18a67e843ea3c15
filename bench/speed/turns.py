"""How many turns one worker process keeps live, what each token costs, and how soon one more begins."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import uvloop

from bench.speed.figures import Figure, percentile
from bench.speed.model_server import Pace, moments_in
from bench.speed.people import tokens_of
from bench.speed.processes import cpu_seconds, since
from bench.speed.surroundings import Bench
from bench.speed.targets import OurStream, Voice2Task

TURNS = (50, 100, 150, 200)
BETWEEN_SECONDS = 0.02
WINDOW_SECONDS = 8.0
# Between two beginnings, so that beginning them all is not what is measured.
STAGGER_SECONDS = 0.04
# How long after the last beginning its first token may be late.
LATE_SECONDS = 4.0
MOST_LAG_MS = 60.0
LEAST_TURNS = 150

MEANWHILE = 150
PROBING = 10
PROBES_EACH = 20
PROBE_SECONDS = 1.0
PROBE_PACE = Pace(first=0.1, tokens=2)
DISPATCH_GOAL_MS = 50.0


@dataclass
class Seen:
    """What a client has got of its turn; `lags` in milliseconds and `frames` only while it is `counting`."""

    counting: bool = False
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    lags: list[float] = field(default_factory=list)
    frames: int = 0

    def take(self, text: str) -> None:
        """Note a piece of the reply that has just come."""
        now = time.monotonic()
        self.begun.set()
        if self.counting:
            self.frames += 1
            self.lags += [(now - written) * 1000 for written in moments_in(text)]


def measure_turns(bench: Bench) -> list[Figure]:
    """So many turns at once, more and more, as long as one worker keeps up."""
    rounds = max(1, bench.options.rounds // 3)
    tokens = tokens_of(bench.stack, "turns", max(TURNS))
    return uvloop.run(_all_counts(bench, tokens, rounds))


def measure_dispatch(bench: Bench) -> list[Figure]:
    """From a sentence to the beginning of its turn, while others are live."""
    tokens = tokens_of(bench.stack, "dispatch", MEANWHILE + PROBING)
    return uvloop.run(_dispatch(bench, tokens))


async def _all_counts(bench: Bench, tokens: Sequence[str], rounds: int) -> list[Figure]:
    target = Voice2Task(bench.stack.url, tokens, bench.stack.process)
    figures, held = [], 0
    try:
        for count in TURNS:
            windows = [await _window(bench, await target.open(count)) for _ in range(rounds)]
            figures.append(_figure(count, windows))
            if (
                percentile([lag for seen, _ in windows for one in seen for lag in one.lags], 99)
                <= MOST_LAG_MS
            ):
                held = count
    finally:
        await target.close()
    what = f"turns of 50 tokens a second in one worker with p99 at most {MOST_LAG_MS:g} ms"
    goals = {"median": float(LEAST_TURNS)}
    return [*figures, Figure(what, unit="turns", median=float(held), goals=goals, at_least=True)]


Window = tuple[Sequence[Seen], dict[str, float]]


async def _window(bench: Bench, streams: Sequence[OurStream]) -> Window:
    """What came of them, and the processor time it took, in seconds by part."""
    async with _live(bench, streams, WINDOW_SECONDS) as all_seen:
        for seen in all_seen:
            seen.counting = True
        before = cpu_seconds(bench.stack.process, bench.paced.process)
        await asyncio.sleep(WINDOW_SECONDS)
        taken = since(before, cpu_seconds(bench.stack.process, bench.paced.process))
        for seen in all_seen:
            seen.counting = False
    return all_seen, taken


@asynccontextmanager
async def _live(bench: Bench, streams: Sequence[OurStream], seconds: float) -> AsyncIterator[Sequence[Seen]]:
    """All of them have begun, and none ends for so many seconds."""
    stagger = len(streams) * STAGGER_SECONDS
    tokens = int((stagger + LATE_SECONDS + seconds) / BETWEEN_SECONDS)
    bench.paced.set_pace(Pace(between=BETWEEN_SECONDS, tokens=tokens))
    all_seen = [Seen() for _ in streams]

    async def follow(number: int) -> None:
        await asyncio.sleep(number * STAGGER_SECONDS)
        async for text in streams[number].ask():
            all_seen[number].take(text)

    async with asyncio.TaskGroup() as turns:
        for number in range(len(streams)):
            turns.create_task(follow(number))
        for seen in all_seen:
            await seen.begun.wait()
        yield all_seen


def _figure(count: int, windows: Sequence[Window]) -> Figure:
    clients = [seen for all_seen, _ in windows for seen in all_seen]
    lags = [lag for seen in clients for lag in seen.lags]
    frames = sum(seen.frames for seen in clients)
    units = {"sockets": frames}
    cpu = {
        part: sum(taken.get(part, 0.0) for _, taken in windows) * 1000 / units.get(part, len(lags))
        for part in windows[0][1]
    }
    worst = max(percentile(seen.lags, 99) for seen in clients)
    worker, sockets = cpu.get("worker", 0.0) * 1000, cpu.get("sockets", 0.0) * 1000
    note = (
        f"{worker:.0f} µs a token in the worker (goal 80), {sockets:.0f} µs a frame in the socket server"
        f" (goal 60); {len(lags) / frames:.1f} tokens a frame; p99 of the worst turn {worst:.0f} ms"
    )
    return Figure.of(f"a token's way, {count} turns of 50 a second", lags, cpu=cpu, note=note)


async def _dispatch(bench: Bench, tokens: Sequence[str]) -> list[Figure]:
    target = Voice2Task(bench.stack.url, tokens, bench.stack.process)
    try:
        streams = await target.open(MEANWHILE + PROBING)
        alone = await _probe_all(bench, streams[MEANWHILE:])
        async with _live(bench, streams[:MEANWHILE], PROBES_EACH * PROBE_SECONDS) as _:
            beside = await _probe_all(bench, streams[MEANWHILE:])
    finally:
        await target.close()
    over = Figure.of(f"sentence to begun turn, {MEANWHILE} live", beside, goals={"p99": DISPATCH_GOAL_MS})
    return [Figure.of("sentence to begun turn, none else live", alone), over]


async def _probe_all(bench: Bench, streams: Sequence[OurStream]) -> list[float]:
    bench.paced.set_pace(PROBE_PACE)

    async def probe(number: int) -> list[float]:
        await asyncio.sleep(PROBE_SECONDS * number / len(streams))
        times = []
        for _ in range(PROBES_EACH):
            began = time.monotonic()
            times.append(await streams[number].begin() * 1000)
            await asyncio.sleep(began + PROBE_SECONDS - time.monotonic())
        return times

    return [each for times in await asyncio.gather(*map(probe, range(len(streams)))) for each in times]
