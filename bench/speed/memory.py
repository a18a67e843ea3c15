"""What the live text of a turn takes in Redis."""

from __future__ import annotations

from collections.abc import Sequence

import uvloop
from redis import Redis

from bench.speed.figures import Figure
from bench.speed.model_server import Pace
from bench.speed.people import tokens_of
from bench.speed.surroundings import Bench
from bench.speed.targets import OurStream, Voice2Task
from voice2task.stack import paths

SHORT, LONG = 1_000, 32_000
# 200 tokens a second: at the pace of a person's model, the long answer would take ten minutes.
BETWEEN_SECONDS = 0.005
BYTES_GOAL = 5.0
RATIO_GOAL = 1.1


def measure_memory(bench: Bench) -> list[Figure]:
    """Bytes in Redis for each byte of the answer, of a short and of a long one."""
    tokens = tokens_of(bench.stack, "memory", 1)
    short, long = uvloop.run(_both(bench, tokens))
    return [
        Figure(
            f"Redis, an answer of {SHORT:,} tokens",
            "bytes a byte",
            median=short,
            goals={"median": BYTES_GOAL},
        ),
        Figure(
            f"Redis, an answer of {LONG:,} tokens",
            "bytes a byte",
            median=long,
            ratio=long / short,
            over="short",
            goals={"median": BYTES_GOAL, "ratio": RATIO_GOAL},
        ),
    ]


async def _both(bench: Bench, tokens: Sequence[str]) -> tuple[float, float]:
    target = Voice2Task(bench.stack.url, tokens, bench.stack.process)
    redis = Redis.from_url(paths.redis_url(bench.stack.var_dir))
    try:
        (stream,) = await target.open(1)
        return await _one(bench, stream, redis, SHORT), await _one(bench, stream, redis, LONG)
    finally:
        redis.close()
        await target.close()


async def _one(bench: Bench, stream: OurStream, redis: Redis, tokens: int) -> float:
    bench.paced.set_pace(Pace(between=BETWEEN_SECONDS, tokens=tokens))
    await stream.say("tell me all about the sea")
    turn = (await stream.until("turn.started"))["turn_id"]
    said = (await stream.until("turn.completed"))["message"]["text"]
    taken = redis.memory_usage(f"turn:{turn}", samples=0)
    if taken is None:
        raise RuntimeError("Redis has nothing of the turn")
    return taken / len(said.encode())
