"""A model that answers at a set pace, by Chat Completions' streaming protocol.

    python -m bench.live.model_server [--first 0.2] [--between 0.05] [--tokens 50]

Prints its port. Each token is the moment it was written, in microseconds of the machine's monotonic clock, in
hexadecimal and followed by a space: whoever gets it on the same machine knows how long it was on its way.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from dataclasses import dataclass

import uvloop
from aiohttp import web


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


class Model:
    """Answers every request alike."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    async def answer(self, request: web.Request) -> web.StreamResponse:
        asked = asyncio.get_running_loop().time()
        await request.read()
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for number in range(self._pace.tokens):
            # By the clock of the whole answer, lest each delay be added to the next.
            due = asked + self._pace.first + number * self._pace.between
            await asyncio.sleep(due - asyncio.get_running_loop().time())
            await response.write(_event({"content": token_now()}))
        await response.write(
            _event({}, finish_reason="stop") + _usage(self._pace.tokens) + b"data: [DONE]\n\n"
        )
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


async def _serve(pace: Pace) -> None:
    app = web.Application(client_max_size=64 * 2**20)
    app.router.add_post("/v1/chat/completions", Model(pace).answer)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.live.model_server", description=__doc__)
    parser.add_argument("--first", type=float, default=Pace.first)
    parser.add_argument("--between", type=float, default=Pace.between)
    parser.add_argument("--tokens", type=int, default=Pace.tokens)
    options = parser.parse_args()
    uvloop.run(_serve(Pace(options.first, options.between, options.tokens)))


if __name__ == "__main__":
    main()
