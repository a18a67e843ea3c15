"""How long a client that was away takes to be up to date."""

from __future__ import annotations

import time

import aiohttp
import httpx
import orjson
import uvloop

from bench.speed.figures import Figure
from bench.speed.people import tokens_of
from bench.speed.processes import cpu_seconds, since
from bench.speed.surroundings import Bench

EVENTS = 2000
TIMES = 25
WARM_UP = 5
BATCH = 500
GOAL_MS = 50.0


def measure_resume(bench: Bench) -> list[Figure]:
    """`resume` of a gap, to its last event, over and over on new sockets."""
    (token,) = tokens_of(bench.stack, "resume", 1)
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=f"{bench.stack.url}/api/v1", headers=headers, timeout=60) as api:
        for _ in range(EVENTS // BATCH):
            made = [{"name": "create", "task": {"title": f"Water plant {number}"}} for number in range(BATCH)]
            api.post("/tasks/bulk/", json={"operations": made}).raise_for_status()
    times = TIMES * bench.options.rounds
    taken, cpu = uvloop.run(_resume(bench, headers, times))
    return [Figure.of(f"resume of {EVENTS:,} events", taken, cpu=cpu, goals={"p99": GOAL_MS})]


async def _resume(bench: Bench, headers: dict[str, str], times: int) -> tuple[list[float], dict[str, float]]:
    url = f"{bench.stack.url.replace('http', 'ws', 1)}/ws/v1/"
    taken, before = [], {}
    async with aiohttp.ClientSession(headers=headers) as session:
        for number in range(WARM_UP + times):
            if number == WARM_UP:
                before = cpu_seconds(bench.stack.process)
            async with session.ws_connect(url) as socket:
                taken.append(await _once(socket) * 1000)
    cpu = since(before, cpu_seconds(bench.stack.process), units=times)
    return taken[WARM_UP:], {part: seconds * 1000 for part, seconds in cpu.items()}


async def _once(socket: aiohttp.ClientWebSocketResponse) -> float:
    """Seconds from asking to the last event. The others are only counted: parsing is the client's own."""
    ready = orjson.loads(await socket.receive_str())
    began = time.monotonic()
    await socket.send_json({"type": "resume", "after": ready["seq"] - EVENTS})
    for _ in range(EVENTS):
        text = await socket.receive_str()
    seconds = time.monotonic() - began
    if orjson.loads(text)["seq"] != ready["seq"]:
        raise RuntimeError(f"not the last event: {text}")
    return seconds
