"""The end of a socket server, of daphne, so that none of its clients notices more than a reconnect.

On SIGTERM the health checks say no; for `DRAIN_SECONDS` everything else goes on, until the proxy has noticed.
Then nothing more is accepted, every socket is closed with 1012, requests in flight are finished, and the
process ends.
"""

from __future__ import annotations

import asyncio
import signal
from typing import Any

import structlog
from django.conf import settings

from voice2task.kernel import draining

logger = structlog.get_logger(__name__)

# The supervisor of the embedded stack waits 4 s altogether.
FINISH_SECONDS = 3.0
LOOK_SECONDS = 0.02


class Requests:
    """An ASGI application that counts the requests that `application` has not finished."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self.in_flight = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.in_flight += 1
        try:
            await self._application(scope, receive, send)
        finally:
            self.in_flight -= 1


def drain_on_sigterm(reactor: Any, requests: Requests) -> None:
    """Take SIGTERM from daphne once its reactor runs."""
    ending: list[asyncio.Task[None]] = []

    def begin() -> None:
        if not ending:
            ending.append(asyncio.ensure_future(_end(reactor, requests)))

    def take_over() -> None:
        signal.signal(signal.SIGTERM, lambda *_: reactor.callFromThread(begin))

    reactor.callWhenRunning(take_over)


async def _end(reactor: Any, requests: Requests) -> None:
    draining.begin_draining()
    logger.info("draining", seconds=settings.DRAIN_SECONDS, sockets=draining.still_open())
    await asyncio.sleep(settings.DRAIN_SECONDS)
    try:
        _stop_listening(reactor)
        await draining.send_all_away()
        async with asyncio.timeout(FINISH_SECONDS):
            # Two counters, looked at for some seconds, once in the life of the process.
            while draining.still_open() or requests.in_flight:  # noqa: ASYNC110
                await asyncio.sleep(LOOK_SECONDS)
    except TimeoutError:
        logger.warning("drained_in_part", sockets=draining.still_open(), requests=requests.in_flight)
    finally:
        reactor.stop()


def _stop_listening(reactor: Any) -> None:
    from twisted.internet.interfaces import IListeningPort

    for reader in reactor.getReaders():
        if IListeningPort.providedBy(reader):
            reader.stopListening()
