"""Compares the ways to a model's answer, all in one run, round by round.

    python -m bench.live [--reference FOLDER] [--rounds 7] [--streams 1 50 200] [--json FILE]

What is added to the direct way is taken within each round, since the machine is never the same twice. Figures
of two runs are not to be compared.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import uvloop

from bench.live.model_server import Pace
from bench.live.people import tokens_of
from bench.live.processes import cpu_seconds, since
from bench.live.reference import running_reference
from bench.live.table import print_table, rows_of
from bench.live.targets import Direct, Reference, Reply, Target, Voice2Task, measure
from bench.stack import PROJECT, running_stack

# How often each client asks in a round, by how many there are: few are to be asked more often.
REPLIES = {1: 6, 50: 2}
AT_LEAST_REPLIES = 2
SETTLE_SECONDS = 1.0


@dataclass
class Round:
    """What a target did in one round with so many clients."""

    target: str
    streams: int
    number: int
    replies: list[Reply]
    cpu: dict[str, float] = field(default_factory=dict)


def main() -> int:
    options = _options()
    pace = Pace(options.first, options.between, options.tokens)
    with ExitStack() as running:
        model_url = running.enter_context(_model_server(pace))
        stack = running.enter_context(
            running_stack(
                extra={
                    "OPENAI_BASE_URL": model_url,
                    "OPENAI_API_KEY": "bench",
                    "LLM_PROVIDERS": "openai",
                    "TURN_CONCURRENCY": str(max(64, max(options.streams) + 8)),
                }
            )
        )
        print(f"stack ready after {stack.start_seconds:.1f} s, load {os.getloadavg()[0]:.2f}", flush=True)
        tokens = tokens_of(stack, max(options.streams))
        targets = [Direct(model_url), Voice2Task(stack.url, tokens, stack.process)]
        if options.reference:
            other = running.enter_context(running_reference(options.reference, stack, model_url))
            targets.append(Reference(other.url, other.token, other.process))
        rounds = uvloop.run(_all_rounds(targets, options.streams, options.rounds, pace))
    rows = rows_of(rounds)
    print_table(rows, load=os.getloadavg()[0])
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.live", description=__doc__)
    parser.add_argument("--reference", type=Path, help="a folder with another server")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--streams", type=int, nargs="+", default=[1, 50, 200], help="clients at once")
    parser.add_argument("--json", type=Path)
    for name in ("first", "between", "tokens"):
        default = getattr(Pace, name)
        parser.add_argument(f"--{name}", type=type(default), default=default)
    return parser.parse_args()


@contextmanager
def _model_server(pace: Pace) -> Iterator[str]:
    command = [sys.executable, "-m", "bench.live.model_server", "--first", str(pace.first)]
    command += ["--between", str(pace.between), "--tokens", str(pace.tokens)]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:
        try:
            port = process.stdout.readline().strip() if process.stdout else ""
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.terminate()


async def _all_rounds(
    targets: Sequence[Target], streams: Sequence[int], rounds: int, pace: Pace
) -> list[Round]:
    """Every target with every number of clients, in another order each round. The first is to warm up."""
    done = []
    try:
        for number in range(rounds + 1):
            for count in streams:
                for offset in range(len(targets)):
                    target = targets[(number + offset) % len(targets)]
                    one = await _round(target, count, number, pace)
                    if number:
                        done.append(one)
            print(f"round {number} of {rounds}, load {os.getloadavg()[0]:.2f}", flush=True)
    finally:
        for target in targets:
            await target.close()
    return done


async def _round(target: Target, count: int, number: int, pace: Pace) -> Round:
    """Clients that begin evenly spread over the length of an answer, so that as many are always under way."""
    streams = await target.open(count)
    await asyncio.sleep(SETTLE_SECONDS)
    before = _cpu(target.process)
    repeat = REPLIES.get(count, AT_LEAST_REPLIES)
    order = random.Random(number).sample(range(count), count)

    async def client(position: int) -> list[Reply]:
        await asyncio.sleep(pace.seconds * position / count)
        return [await measure(streams[order[position]]) for _ in range(repeat)]

    answered = await asyncio.gather(*(client(position) for position in range(count)))
    cpu = since(before, _cpu(target.process))
    return Round(target.name, count, number, [reply for replies in answered for reply in replies], cpu)


def _cpu(process: psutil.Process | None) -> dict[str, float]:
    return dict(cpu_seconds(process)) if process else {}


if __name__ == "__main__":
    sys.exit(main())
