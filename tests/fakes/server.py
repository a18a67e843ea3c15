"""The server that both fakes are: one thread, one loop, one port of the loopback interface."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.fakes.script import Answer, Script, in_order

JSON = dict[str, Any]

# A gate is looked at so often, lest a thread that waits for one outlive the test.
GATE_SECONDS = 0.05


@dataclass
class Seen:
    """A request as it came; `closed` is set when the client went away before the end."""

    path: str
    headers: dict[str, str]
    body: JSON
    closed: threading.Event = field(default_factory=threading.Event)
    answered: threading.Event = field(default_factory=threading.Event)


async def read_json(request: web.Request) -> JSON:
    body: JSON = await request.json()
    return body


def events(body: JSON) -> str:
    return "text/event-stream"


@dataclass(frozen=True)
class Vendor:
    """How one vendor's streaming looks: where requests go, what frames and errors are."""

    name: str
    path: str
    prefix: str
    frames: Callable[[JSON, Answer], Iterator[bytes]]
    failure: Callable[[Answer], JSON]
    read: Callable[[web.Request], Awaitable[JSON]] = read_json
    media_type: Callable[[JSON], str] = events


class Fake:
    """A vendor that answers by `script`, which may be changed at any time."""

    def __init__(self, vendor: Vendor, script: Script | Answer, *, port: int = 0) -> None:
        self.script: Script = in_order(script) if isinstance(script, Answer) else script
        self.requests: list[Seen] = []
        self._vendor = vendor
        self._port = port
        self._loop = asyncio.new_event_loop()
        self._started = threading.Event()
        self._stop: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._run, name=f"fake-{vendor.name}", daemon=True)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._port}{self._vendor.prefix}"

    def start(self) -> None:
        self._thread.start()
        if not self._started.wait(10):
            raise RuntimeError("the fake did not start")

    def stop(self) -> None:
        if self._stop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def wait(self) -> None:
        """Serve until interrupted."""
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_post(self._vendor.path, self._answer)
        runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self._port)
        await site.start()
        self._port = runner.addresses[0][1]
        self._started.set()
        await self._stop.wait()
        await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        seen = Seen(request.path, dict(request.headers), await self._vendor.read(request))
        self.requests.append(seen)
        try:
            return await self._stream(request, self.script(seen.body), seen)
        except (asyncio.CancelledError, ConnectionResetError):
            seen.closed.set()
            raise

    async def _stream(self, request: web.Request, answer: Answer, seen: Seen) -> web.StreamResponse:
        if answer.status != 200:
            return web.json_response(
                self._vendor.failure(answer), status=answer.status, headers=dict(answer.headers)
            )
        response = web.StreamResponse(headers={"Content-Type": self._vendor.media_type(seen.body)})
        await response.prepare(request)
        if answer.silent and answer.pieces is None:
            await asyncio.Event().wait()
        for number, frame in enumerate(self._vendor.frames(seen.body, answer)):
            if number == answer.pieces:
                if answer.gate is None:
                    await self._go_wrong(request, response, answer)
                    break
                while not await asyncio.to_thread(answer.gate.wait, GATE_SECONDS):
                    continue
            await response.write(frame)
            if answer.pause:
                await asyncio.sleep(answer.pause)
        if not answer.cut:
            await response.write_eof()
        seen.answered.set()
        return response

    async def _go_wrong(self, request: web.Request, response: web.StreamResponse, answer: Answer) -> None:
        if answer.garbage:
            await response.write(b"data: {this is no JSON\n\n")
        elif answer.silent:
            await asyncio.Event().wait()
        elif answer.cut and request.transport is not None:
            request.transport.abort()


@contextmanager
def running(vendor: Vendor, script: Script | Answer) -> Iterator[Fake]:
    """A fake that serves until the end of the block."""
    fake = Fake(vendor, script)
    fake.start()
    try:
        yield fake
    finally:
        fake.stop()
