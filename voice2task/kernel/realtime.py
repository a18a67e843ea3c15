"""Live delivery: one Redis subscription per process and a table of who listens to which channel.

Messages may be lost with Redis. A listener therefore numbers what it gets and, when `resynchronise` is
called or a number is missing, reads the rest from where it is kept.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import Protocol
from weakref import WeakKeyDictionary

import structlog
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from voice2task.kernel.redis import subscriber_client

logger = structlog.get_logger(__name__)

ANCHOR_CHANNEL = "hub"
SUBSCRIBE_PATIENCE_SECONDS = 1.0
FIRST_RETRY_SECONDS = 0.05
LAST_RETRY_SECONDS = 1.0


class Listener(Protocol):
    """One client's end. Both methods are called on the loop and must return at once."""

    def deliver(self, payload: bytes) -> None:
        """Take one message of a channel listened to."""
        ...

    def resynchronise(self) -> None:
        """Messages may have been lost: read what was missed."""
        ...


class Hub:
    """The subscription of one event loop."""

    def __init__(self) -> None:
        self._listeners: dict[bytes, set[Listener]] = {}
        self._confirmed: dict[bytes, asyncio.Event] = defaultdict(asyncio.Event)
        self._pubsub: PubSub | None = None
        self._reader: asyncio.Task[None] | None = None

    async def join(self, channel: str, listener: Listener) -> None:
        """Deliver `channel` to `listener`; returns once the subscription is confirmed.

        With Redis away it returns after a second all the same: the listener is told to resynchronise when
        Redis is back.
        """
        name = channel.encode()
        listeners = self._listeners.setdefault(name, set())
        listeners.add(listener)
        if self._reader is None:
            self._reader = asyncio.create_task(self._read_forever(), name="realtime-hub")
        elif len(listeners) == 1 and self._pubsub is not None:
            await self._send(self._pubsub.subscribe(name))
        try:
            await asyncio.wait_for(self._confirmed[name].wait(), SUBSCRIBE_PATIENCE_SECONDS)
        except TimeoutError:
            logger.warning("subscription_unconfirmed", channel=channel)

    async def leave(self, channel: str, listener: Listener) -> None:
        """Stop delivering `channel` to `listener`."""
        name = channel.encode()
        listeners = self._listeners.get(name, set())
        listeners.discard(listener)
        if not listeners:
            self._listeners.pop(name, None)
            self._confirmed.pop(name, None)
            if self._pubsub is not None:
                await self._send(self._pubsub.unsubscribe(name))

    async def close(self) -> None:
        """End the subscription. The hub may be joined again afterwards."""
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.cancel()
            await asyncio.gather(reader, return_exceptions=True)

    async def _send(self, command: object) -> None:
        """Await a pubsub command; a broken connection is the reader's to mend."""
        try:
            await command  # type: ignore[misc]
        except (RedisError, OSError) as error:
            logger.info("subscription_command_failed", error=str(error))

    async def _read_forever(self) -> None:
        delay = FIRST_RETRY_SECONDS
        while True:
            try:
                async with subscriber_client() as client, client.pubsub() as pubsub:
                    # Connects, and keeps the connection reading while nobody listens to anything else.
                    await pubsub.subscribe(ANCHOR_CHANNEL)
                    self._pubsub = pubsub
                    rejoined = set(self._listeners)
                    if rejoined:
                        await pubsub.subscribe(*rejoined)
                    delay = FIRST_RETRY_SECONDS
                    await self._read(pubsub, rejoined)
            except (RedisError, OSError) as error:
                logger.warning("subscription_lost", error=str(error), retry_in=delay)
            except Exception:
                # Every socket of this process hangs on this loop: it must not end.
                logger.exception("subscription_broke")
            finally:
                self._pubsub = None
                for event in self._confirmed.values():
                    event.clear()
            await asyncio.sleep(delay)
            delay = min(delay * 2, LAST_RETRY_SECONDS)

    async def _read(self, pubsub: PubSub, rejoined: set[bytes]) -> None:
        """Hand messages to listeners. Those of a channel joined again are told once it is heard again."""
        while True:
            message = await pubsub.get_message(timeout=None)
            if message is None:
                continue
            channel = message["channel"]
            if message["type"] == "message":
                for listener in tuple(self._listeners.get(channel, ())):
                    listener.deliver(message["data"])
            elif message["type"] == "subscribe" and channel in self._listeners:
                self._confirmed[channel].set()
                if channel in rejoined:
                    rejoined.discard(channel)
                    for listener in tuple(self._listeners[channel]):
                        listener.resynchronise()


def hub() -> Hub:
    """The hub of the running event loop."""
    loop = asyncio.get_running_loop()
    found = _hubs.get(loop)
    if found is None:
        found = _hubs[loop] = Hub()
    return found


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()
