"""That this process is about to end: it says so to whoever sends it work, and goes on working meanwhile."""

from __future__ import annotations

import asyncio
import threading
from typing import Protocol

# RFC 6455, section 7.4.1, as registered: the service is restarting; come back, here or elsewhere.
CLOSE_RESTARTING = 1012

_draining = threading.Event()


class OpenEnd(Protocol):
    """A connection that stays open until it is told to go."""

    async def close(self, code: int) -> None: ...


# Touched only on the loop that serves them.
_open: set[OpenEnd] = set()


def begin_draining() -> None:
    """From now on `/health/ready` says no. May be called from a signal handler, and twice."""
    _draining.set()


def is_draining() -> bool:
    return _draining.is_set()


def opened(end: OpenEnd) -> None:
    """Remember a connection that has to be sent away before this process ends."""
    _open.add(end)


def closed(end: OpenEnd) -> None:
    _open.discard(end)


def still_open() -> int:
    return len(_open)


async def send_all_away() -> None:
    """Close every connection remembered; what a client has not got by then it resumes elsewhere.

    One that cannot be closed is gone already.
    """
    await asyncio.gather(*(end.close(CLOSE_RESTARTING) for end in tuple(_open)), return_exceptions=True)
