"""Connections to Redis, each with the patience of its use."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from redis import Redis
from redis import asyncio as aioredis
from redis.asyncio.retry import Retry as AsyncRetry
from redis.backoff import NoBackoff
from redis.retry import Retry

from voice2task.kernel.loops import PerLoop

# A dead or stuck Redis may cost a request this much, and no more.
PUSH_TIMEOUT_SECONDS = 0.1
LOOP_TIMEOUT_SECONDS = 2.0


@lru_cache(maxsize=1)
def push_client() -> Redis:
    """For threads that must go on whatever happens to Redis: no retry, 100 ms."""
    return Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=PUSH_TIMEOUT_SECONDS,
        socket_connect_timeout=PUSH_TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )


def _make_loop_client() -> aioredis.Redis:
    return aioredis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=LOOP_TIMEOUT_SECONDS,
        socket_connect_timeout=LOOP_TIMEOUT_SECONDS,
        retry=AsyncRetry(NoBackoff(), 0),
    )


# Its callers handle failures themselves: nothing is retried here.
loop_client = PerLoop(_make_loop_client)
