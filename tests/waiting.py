"""Waiting for a condition, never for a time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE_SECONDS = 20.0
POLL_SECONDS = 0.02


def wait_for(condition: Callable[[], T], *, seconds: float = PATIENCE_SECONDS, what: str = "") -> T:
    """The first true value of `condition`; fails the test when none comes."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds} s in vain{': ' + what if what else ''}")
        time.sleep(POLL_SECONDS)


async def wait_for_async(condition: Callable[[], Awaitable[T]], *, seconds: float = PATIENCE_SECONDS) -> T:
    deadline = time.monotonic() + seconds
    while True:
        value = await condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds} s in vain")
        await asyncio.sleep(POLL_SECONDS)
