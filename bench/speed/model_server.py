"""A model that answers at a set pace, by Chat Completions' streaming protocol.

    python -m bench.speed.model_server

Prints its port. `PUT /pace` sets the pace of answers that begin later. Each token is the moment it was
written, in microseconds of the machine's monotonic clock, in hexadecimal and followed by a space: whoever
gets it on the same machine knows how long it was on its way.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import httpx
import psutil
import uvloop
from aiohttp import web

from bench.stack import PROJECT


@dataclass(frozen=True)
class Pace:
    """Seconds to the first token and between tokens, and how many there are."""

    first: float = 0.2
    between: float = 0.05
    tokens: int = 50

    @property
    def seconds(self) -> float:
        """How long an answer takes by itself."""
        return self.first + self.between * (self.tokens - 1)


def token_now() -> str:
    return f"{time.monotonic_ns() // 1000:x} "


def moments_in(text: str) -> list[float]:
    """When each token of a text was written, in seconds of the monotonic clock."""
    return [int(token, 16) / 1e6 for token in text.split()]


@dataclass(frozen=True)
class RunningModel:
    """Its address, as OpenAI's clients take it, and its process."""

    url: str
    process: psutil.Process

    def set_pace(self, pace: Pace) -> None:
        """Let answers that begin from now on come at this pace."""
        httpx.put(f"{self.url}/pace", json=asdict(pace)).raise_for_status()


@contextmanager
def running_model() -> Iterator[RunningModel]:
    """Start one in a process of its own."""
    command = [sys.executable, "-m", "bench.speed.model_server"]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:
        try:
            port = process.stdout.readline().strip() if process.stdout else ""
            yield RunningModel(f"http://127.0.0.1:{port}/v1", psutil.Process(process.pid))
        finally:
            process.terminate()


class Model:
    """Answers every request alike."""

    def __init__(self) -> None:
        self._pace = Pace()

    async def change(self, request: web.Request) -> web.Response:
        self._pace = Pace(**await request.json())
        return web.Response()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        pace, asked = self._pace, asyncio.get_running_loop().time()
        await request.read()
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for number in range(pace.tokens):
            # By the clock of the whole answer, lest each delay be added to the next.
            due = asked + pace.first + number * pace.between
            await asyncio.sleep(due - asyncio.get_running_loop().time())
            await response.write(TOKEN % token_now().encode())
        await response.write(_event({}, finish_reason="stop") + _usage(pace.tokens) + b"data: [DONE]\n\n")
        await response.write_eof()
        return response


def _event(delta: dict[str, str], finish_reason: str | None = None) -> bytes:
    return _data([{"index": 0, "delta": delta, "finish_reason": finish_reason}])


def _usage(tokens: int) -> bytes:
    usage = {"prompt_tokens": 100, "completion_tokens": tokens, "total_tokens": 100 + tokens}
    return _data([], usage=usage)


def _data(choices: list[dict[str, object]], **members: object) -> bytes:
    head = {"id": "bench", "object": "chat.completion.chunk", "created": 0, "model": "paced"}
    return b"data: " + json.dumps(head | {"choices": choices} | members).encode() + b"\n\n"


# The model's own work is to be little: it has the same processors.
TOKEN = _event({"content": "%s"})


async def _serve() -> None:
    model = Model()
    app = web.Application(client_max_size=64 * 2**20)
    app.router.add_post("/v1/chat/completions", model.answer)
    app.router.add_put("/v1/pace", model.change)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(_serve())
