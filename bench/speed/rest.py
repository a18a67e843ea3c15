"""Reading and making tasks by REST, served by WSGI, beside another server with equal fields and rows."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import aiohttp
import httpx
import psutil
import uvloop

from bench.speed.figures import OURS, Figure
from bench.speed.people import tokens_of
from bench.speed.processes import cpu_seconds, since
from bench.speed.surroundings import Bench
from bench.stack import PROJECT, START_SECONDS, STOP_SECONDS, Stack, free_port
from voice2task.stack import commands

PAGE = 50
TASKS = 600
READS, WRITES = 150, 60
WARM_UP = 30
# The columns that the other server has; its `description` are our notes.
FIELDS = "id,title,notes,status,priority,due_at,created_at,updated_at"
GOALS = {"get": 1.0, "post": 1.5}
SAYS = {"get": f"GET tasks, a page of {PAGE}", "post": "POST a task"}
# What works for a request. A stack that rests takes some time as well, which is no request's.
SERVING: dict[str, tuple[str, ...]] = {"get": ("rest", "postgres", "redis", "reference")}
SERVING["post"] = (*SERVING["get"], "sockets")

Draft = dict[str, Any]


@dataclass
class Server:
    """One of the two: where it lists and makes tasks, how it calls the fields, what belongs to it."""

    name: str
    url: str
    token: str
    query: dict[str, str]
    notes: str
    processes: Sequence[psutil.Process]
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    cpu: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(float)))

    def draft(self, number: int) -> Draft:
        """A task as people write them."""
        return {
            "title": f"Task {number}: call the plumber about the kitchen sink",
            self.notes: "A description of ordinary length, about one line and a half of text. " * 2,
            "status": ("open", "in_progress", "done")[number % 3],
            "priority": "high" if number % 5 == 0 else "medium",
            "due_at": "2030-01-02T09:00:00Z",
        }


def measure_rest(bench: Bench) -> list[Figure]:
    """Both servers with one client, request after request, in turn."""
    with _wsgi_server(bench.stack) as (url, process):
        servers = [_ours(bench, url, process)]
        if bench.reference:
            servers.append(_theirs(bench))
        uvloop.run(_all_rounds(bench, servers))
    return [figure for kind in SAYS for figure in _figures(kind, servers)]


@contextmanager
def _wsgi_server(stack: Stack) -> Iterator[tuple[str, psutil.Process]]:
    """gunicorn as `docker-compose.yml` starts it, on the stack's own database; its address and process."""
    address = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", *commands.gunicorn(address)]
    process = subprocess.Popen(command, cwd=PROJECT, env=stack.env)
    try:
        _wait_for(f"http://{address}", process)
        yield f"http://{address}", psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(f"{url}/health/live", timeout=5).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.05)
            continue
        return
    raise SystemExit("the WSGI server did not start")


def _ours(bench: Bench, url: str, process: psutil.Process) -> Server:
    (token,) = tokens_of(bench.stack, "rest", 1)
    query = {"page_size": str(PAGE), "fields": FIELDS}
    processes = [bench.stack.process, process]
    return Server(OURS, f"{url}/api/v1/tasks/", token, query, "notes", processes)


def _theirs(bench: Bench) -> Server:
    if bench.reference is None:
        raise RuntimeError("no other server was named")
    processes = [bench.reference.process, bench.stack.process]
    url, token = f"{bench.reference.url}/tasks", bench.reference.token
    return Server("reference", url, token, {"limit": str(PAGE)}, "description", processes)


async def _all_rounds(bench: Bench, servers: Sequence[Server]) -> None:
    async with AsyncExitStack() as open_clients:
        clients = {server.name: await open_clients.enter_async_context(_client(server)) for server in servers}
        # Somebody is told of every task that is made.
        await open_clients.enter_async_context(_listening(bench.stack.url, servers[0].token))
        for server in servers:
            for number in range(TASKS):
                await _post(clients[server.name], server, number)
            for _ in range(WARM_UP):
                await _get(clients[server.name], server, 0)
        kinds: list[tuple[str, int, Any]] = [("get", READS, _get), ("post", WRITES, _post)]
        for number in range(bench.options.rounds):
            for kind, count, ask in kinds:
                for offset in range(len(servers)):
                    server = servers[(number + offset) % len(servers)]
                    await _block(server, clients[server.name], kind, count, ask)


@asynccontextmanager
async def _client(server: Server) -> AsyncIterator[aiohttp.ClientSession]:
    headers = {"Authorization": f"Bearer {server.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        yield session


@asynccontextmanager
async def _listening(url: str, token: str) -> AsyncIterator[None]:
    """A client of that user whose socket takes, and throws away, what it is told."""
    headers = {"Authorization": f"Bearer {token}"}
    address = f"{url.replace('http', 'ws', 1)}/ws/v1/"
    async with aiohttp.ClientSession(headers=headers) as session, session.ws_connect(address) as socket:

        async def read() -> None:
            async for _ in socket:
                pass

        reading = asyncio.create_task(read())
        yield
        reading.cancel()


async def _block(
    server: Server, client: aiohttp.ClientSession, kind: str, count: int, ask: Callable[..., Any]
) -> None:
    before = cpu_seconds(*server.processes)
    for number in range(count):
        began = time.monotonic()
        await ask(client, server, number)
        server.times[kind].append((time.monotonic() - began) * 1000)
    for part, seconds in since(before, cpu_seconds(*server.processes)).items():
        server.cpu[kind][part] += seconds * 1000


async def _get(client: aiohttp.ClientSession, server: Server, _: int) -> None:
    async with client.get(server.url, params=server.query) as answer:
        answer.raise_for_status()
        await answer.read()


async def _post(client: aiohttp.ClientSession, server: Server, number: int) -> None:
    async with client.post(server.url, json=server.draft(number)) as answer:
        answer.raise_for_status()
        await answer.read()


def _figures(kind: str, servers: Sequence[Server]) -> list[Figure]:
    """Ours, by the clock and by processor time, over the other's if there is one."""
    ours, *others = [_plain(kind, server) for server in servers]
    if not others:
        return [ours]
    other = others[0]
    goals = {"ratio": GOALS[kind]}
    over = {"over": "reference", "goals": goals, "cpu": ours.cpu, "counted": SERVING[kind]}
    times = servers[0].times[kind]
    by_clock = Figure.of(SAYS[kind], times, ratio=median(times) / median(servers[1].times[kind]), **over)
    ours_cpu, their_cpu = ours.counted_cpu or 0.0, other.counted_cpu or 1.0
    by_cpu = Figure(
        f"{SAYS[kind]}, processor time",
        median=ours_cpu,
        ratio=ours_cpu / their_cpu,
        over="reference",
        goals=goals,
    )
    return [by_clock, by_cpu, other]


def _plain(kind: str, server: Server) -> Figure:
    times = server.times[kind]
    cpu = {part: taken / len(times) for part, taken in server.cpu[kind].items()}
    return Figure.of(SAYS[kind], times, target=server.name, cpu=cpu, counted=SERVING[kind])
