"""A TCP proxy that hurts: it delays, stalls, resets and cuts what passes between two processes.

One thread and one event loop serve all links of a suite. Every choice (how long, after how many bytes) is
made by the seeded generator that the proxy is given.
"""

from __future__ import annotations

import asyncio
import random
import socket
import struct
import threading
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

Weather = Literal["clear", "delay", "stall", "reset", "cut"]
FAULTS: tuple[Weather, ...] = ("delay", "stall", "reset", "cut")
# A host and a port, or the path of a Unix socket.
Target = tuple[str, int] | Path

CHUNK = 65536
DELAY_SECONDS = (0.02, 0.2)
# A connection of bad times lasts for this many bytes: from within the first frame to some frames later.
BYTES_BEFORE_THE_END = (1, 3000)
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class FaultProxy:
    """Links by name, each a port of the loopback interface. Use it as a context manager."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fault-proxy", daemon=True)
        self._links: dict[str, _Link] = {}

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for link in self._links.values():
            self._do(link.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def link(self, name: str, target: Target | None = None) -> int:
        """Open a port that leads to `target`, or to what `lead` will name; answers the port."""
        link = self._links[name] = _Link(self._chance, target)
        return self._do(link.open())

    def lead(self, name: str, target: Target) -> None:
        self._links[name].target = target

    def set_weather(self, name: str, weather: Weather) -> None:
        """From now on, for connections that stand and for new ones; "clear" ends every fault."""
        self._do(self._links[name].change(weather))

    def hurt(self, name: str) -> int:
        """How often a connection of this link has met a fault so far."""
        return self._links[name].hurt

    def connections(self, name: str) -> int:
        """How many there are now."""
        return len(self._links[name].pairs)

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)


class _Link:
    def __init__(self, chance: random.Random, target: Target | None) -> None:
        self.target = target
        self.hurt = 0
        self._chance = chance
        self._weather: Weather = "clear"
        self._calm = asyncio.Event()
        self._calm.set()
        self.pairs: set[_Pair] = set()
        self._server: asyncio.Server | None = None

    async def open(self) -> int:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        self._calm.set()
        serving = [pair.task for pair in self.pairs]
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)

    async def change(self, weather: Weather) -> None:
        self._weather = weather
        if weather == "stall":
            self._calm.clear()
        else:
            self._calm.set()
        for pair in self.pairs:
            self._expose(pair)

    def _expose(self, pair: _Pair) -> None:
        """Let the weather of now have its way with a connection."""
        if self._weather == "clear":
            pair.bytes_left = None
            pair.hurt = False
            return
        if not pair.hurt:
            pair.hurt = True
            self.hurt += 1
        if self._weather == "reset":
            pair.reset()
        elif self._weather == "cut":
            pair.bytes_left = self._chance.randint(*BYTES_BEFORE_THE_END)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        pair = _Pair(task, writer)
        self.pairs.add(pair)
        try:
            self._expose(pair)
            # Who comes during a stall is kept waiting in front of the door.
            await self._calm.wait()
            back_reader, back_writer = await _connect(self.target)
            pair.writers.append(back_writer)
            await asyncio.gather(self._pump(pair, reader, back_writer), self._pump(pair, back_reader, writer))
        except OSError:
            # One end is gone, by itself or by a fault: so is the other.
            pair.reset()
        finally:
            self.pairs.discard(pair)
            pair.close()

    async def _pump(self, pair: _Pair, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while chunk := await reader.read(CHUNK):
            await self._calm.wait()
            if self._weather == "delay":
                await asyncio.sleep(self._chance.uniform(*DELAY_SECONDS))
            if pair.bytes_left is not None:
                chunk, left = chunk[: pair.bytes_left], pair.bytes_left - len(chunk)
                pair.bytes_left = max(left, 0)
                if left <= 0:
                    writer.write(chunk)
                    pair.close()
                    return
            writer.write(chunk)
            await writer.drain()
        if writer.can_write_eof():
            with suppress(OSError):
                writer.write_eof()


class _Pair:
    """One connection: its two ends, and how many bytes may still pass (None: all)."""

    def __init__(self, task: asyncio.Task[Any], writer: asyncio.StreamWriter) -> None:
        self.task = task
        self.writers = [writer]
        self.bytes_left: int | None = None
        self.hurt = False

    def close(self) -> None:
        """End both ends properly, after what has been written."""
        for writer in self.writers:
            writer.close()

    def reset(self) -> None:
        """End both ends by a reset, with whatever is under way lost."""
        for writer in self.writers:
            ours = writer.get_extra_info("socket")
            # What has ended by itself is closed already.
            if ours is not None and ours.fileno() >= 0 and ours.family == socket.AF_INET:
                ours.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
            writer.transport.abort()


async def _connect(target: Target | None) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if target is None:
        raise ConnectionRefusedError("this link leads nowhere yet")
    if isinstance(target, Path):
        return await asyncio.open_unix_connection(target)
    return await asyncio.open_connection(*target)
