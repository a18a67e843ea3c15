"""From a sentence to its committed task, with the rules as provider."""

from __future__ import annotations

import asyncio
import time

import uvloop

from bench.speed.figures import Figure
from bench.speed.people import tokens_of
from bench.speed.processes import cpu_seconds, since
from bench.speed.surroundings import Bench
from bench.speed.targets import OurStream, Voice2Task

SENTENCE = "water plant number {number} tomorrow at 9"
# How many at once: how often each says one in a round, and what half of them may take.
AT_ONCE = {1: (40, 25.0), 20: (4, 150.0)}


def measure_sentences(bench: Bench) -> list[Figure]:
    """One after another, then many at once, round by round."""
    tokens = tokens_of(bench.stack, "sentences", max(AT_ONCE))
    return uvloop.run(_all(bench, tokens))


async def _all(bench: Bench, tokens: list[str]) -> list[Figure]:
    target = Voice2Task(bench.stack.url, tokens, bench.stack.process)
    times: dict[int, list[float]] = {count: [] for count in AT_ONCE}
    cpu: dict[int, dict[str, float]] = {count: {} for count in AT_ONCE}
    try:
        # The first round is to warm up.
        for number in range(bench.options.rounds + 1):
            for count, (repeat, _) in AT_ONCE.items():
                streams = await target.open(count)
                before = cpu_seconds(bench.stack.process)
                taken = await asyncio.gather(*(_say(stream, repeat) for stream in streams))
                if number:
                    times[count] += [each for one in taken for each in one]
                    for part, seconds in since(before, cpu_seconds(bench.stack.process)).items():
                        cpu[count][part] = cpu[count].get(part, 0.0) + seconds * 1000
    finally:
        await target.close()
    return [
        Figure.of(
            f"sentence to committed task, {count} at once",
            times[count],
            cpu={part: taken / len(times[count]) for part, taken in cpu[count].items()},
            goals={"median": goal},
        )
        for count, (_, goal) in AT_ONCE.items()
    ]


async def _say(stream: OurStream, repeat: int) -> list[float]:
    times = []
    for number in range(repeat):
        began = time.monotonic()
        await stream.say(SENTENCE.format(number=number))
        end = await stream.until("turn.completed")
        times.append((time.monotonic() - began) * 1000)
        if [receipt["kind"] for receipt in end["receipts"]] != ["task.created"]:
            raise RuntimeError(f"no task came of it: {end}")
    return times
