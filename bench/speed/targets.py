"""The ways to a model's answer that are compared: this project's, another server's, and none in between."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import uuid4

import aiohttp
import orjson
import psutil

from bench.speed.model_server import moments_in

SENTENCE = "tell me something about the sea"
TIMEOUT_SECONDS = 60.0
MAX_FRAME = 4 * 2**20


@dataclass
class Reply:
    """Seconds from asking to the first text and to the end; `lags` of each token from its writing to here."""

    first: float
    whole: float
    lags: list[float] = field(default_factory=list)


class Stream(Protocol):
    """One client that asks, and asks again when it has been answered."""

    def ask(self) -> AsyncIterator[str]:
        """The text of an answer as it comes."""
        ...


class Target(Protocol):
    """`process` is the root of what it takes to serve; None if nothing is in between."""

    name: str
    process: psutil.Process | None

    async def open(self, count: int) -> Sequence[Stream]:
        """So many clients, connected. They are closed with the target."""
        ...

    async def close(self) -> None: ...


async def measure(stream: Stream) -> Reply:
    """Ask once and take the time.

    Raises:
        TimeoutError: the answer did not end in a minute.
    """
    started = time.monotonic()
    first: float | None = None
    lags = []
    async with asyncio.timeout(TIMEOUT_SECONDS):
        async for text in stream.ask():
            now = time.monotonic()
            first = first if first is not None else now - started
            lags.extend(now - written for written in moments_in(text))
    if first is None:
        raise RuntimeError("an answer without any text")
    return Reply(first, time.monotonic() - started, lags)


class Opened:
    """What targets have in common: connections that are opened once and closed together."""

    process: psutil.Process | None = None

    def __init__(self) -> None:
        self._stack = AsyncExitStack()
        self._streams: list[Any] = []
        self._session: aiohttp.ClientSession | None = None

    async def session(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=0)
            self._session = await self._stack.enter_async_context(aiohttp.ClientSession(connector=connector))
        return self._session

    def _reading(self, socket: aiohttp.ClientWebSocketResponse) -> Socket:
        reading = Socket(socket)
        self._stack.push_async_callback(reading.stop)
        return reading

    async def close(self) -> None:
        await self._stack.aclose()


class Socket:
    """A WebSocket that is read all the time: whoever does not read answers no ping, and is taken for dead."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._frames: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._reader = asyncio.create_task(self._read())

    async def send(self, frame: dict[str, Any]) -> None:
        await self._socket.send_str(orjson.dumps(frame).decode())

    async def next(self) -> dict[str, Any]:
        """The next frame.

        Raises:
            RuntimeError: the server has closed the connection.
        """
        frame = await self._frames.get()
        if frame is None:
            raise RuntimeError(f"closed with {self._socket.close_code}")
        return frame

    async def stop(self) -> None:
        self._reader.cancel()
        await asyncio.gather(self._reader, return_exceptions=True)

    async def _read(self) -> None:
        async for message in self._socket:
            self._frames.put_nowait(orjson.loads(message.data))
        self._frames.put_nowait(None)


class Direct(Opened):
    """The model server itself: the limit."""

    name = "direct"

    def __init__(self, model_url: str) -> None:
        super().__init__()
        self._url = f"{model_url}/chat/completions"

    async def open(self, count: int) -> Sequence[Stream]:
        """See `Target`."""
        session = await self.session()
        return [_DirectStream(session, self._url) for _ in range(count)]


@dataclass
class _DirectStream:
    session: aiohttp.ClientSession
    url: str

    async def ask(self) -> AsyncIterator[str]:
        body = {"model": "paced", "stream": True, "messages": [{"role": "user", "content": SENTENCE}]}
        async with self.session.post(self.url, json=body) as response:
            async for line in response.content:
                if not line.startswith(b"data: {"):
                    continue
                choices = orjson.loads(line[6:])["choices"]
                if choices and (text := choices[0]["delta"].get("content")):
                    yield text


class Voice2Task(Opened):
    """One WebSocket a user."""

    name = "voice2task"

    def __init__(self, url: str, tokens: Sequence[str], process: psutil.Process) -> None:
        super().__init__()
        self._url = f"{url.replace('http', 'ws', 1)}/ws/v1/"
        self._tokens = tokens
        self.process = process

    async def open(self, count: int) -> Sequence[OurStream]:
        """See `Target`."""
        session = await self.session()
        for token in self._tokens[len(self._streams) : count]:
            headers = {"Authorization": f"Bearer {token}"}
            opening = session.ws_connect(
                self._url, headers=headers, protocols=("v2t.v1",), max_msg_size=MAX_FRAME
            )
            socket = await self._stack.enter_async_context(opening)
            self._streams.append(OurStream(self._reading(socket)))
            await self._streams[-1].until("ready")
        return self._streams[:count]


@dataclass
class OurStream:
    """A client of ours, in a conversation of its own each time."""

    socket: Socket

    async def until(self, kind: str) -> dict[str, Any]:
        """Pass over all frames before one of this kind, which is returned.

        Raises:
            RuntimeError: the sentence was not answered.
        """
        while (frame := await self.socket.next())["type"] != kind:
            _check(frame)
        return frame

    async def begin(self) -> float:
        """Ask, and wait for the end. Returns after how many seconds a worker had begun."""
        asked = time.monotonic()
        await self.say(SENTENCE)
        await self.until("turn.started")
        seconds = time.monotonic() - asked
        await self.until("turn.completed")
        return seconds

    async def say(self, text: str) -> None:
        """Send a sentence."""
        await self.socket.send({"type": "message.send", "id": str(uuid4()), "text": text})

    async def ask(self) -> AsyncIterator[str]:
        await self.say(SENTENCE)
        while True:
            frame = await self.socket.next()
            _check(frame)
            if frame["type"] == "turn.delta":
                yield frame["text"]
            elif frame["type"] == "turn.completed":
                return


def _check(frame: dict[str, Any]) -> None:
    if frame["type"] in {"error", "turn.failed", "turn.reset"}:
        raise RuntimeError(f"not answered: {frame}")


class Reference(Opened):
    """The server of bench/speed/reference.py, with its chat over one WebSocket."""

    name = "reference"

    def __init__(self, url: str, token: str, process: psutil.Process) -> None:
        super().__init__()
        self._url = f"{url.replace('http', 'ws', 1)}/ws/chat?token={token}"
        self.process = process

    async def open(self, count: int) -> Sequence[Stream]:
        """See `Target`."""
        session = await self.session()
        while len(self._streams) < count:
            socket = await self._stack.enter_async_context(session.ws_connect(self._url))
            self._streams.append(_ReferenceStream(self._reading(socket)))
        return self._streams[:count]


@dataclass
class _ReferenceStream:
    socket: Socket

    async def ask(self) -> AsyncIterator[str]:
        await self.socket.send({"conversation_id": None, "message": SENTENCE})
        while True:
            frame = await self.socket.next()
            if frame["type"] == "delta":
                yield frame["text"]
            elif frame["type"] == "done":
                return
            elif frame["type"] == "error":
                raise RuntimeError(f"not answered: {frame}")
