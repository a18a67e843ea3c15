"""Database work from an event loop.

The loop never waits for PostgreSQL: functions run on a small pool of threads of this process, and each gives
its pooled connection back when it returns, so that no connection is held while a model thinks.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connections
from psycopg_pool import PoolTimeout

P = ParamSpec("P")
R = TypeVar("R")

THREADS = 8

# What Django and the pool raise while PostgreSQL is not there, or not yet again.
DATABASE_AWAY = (OperationalError, InterfaceError, PoolTimeout)


@lru_cache(maxsize=1)
def _executor() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="database")


def _returning_connections(context: contextvars.Context, call: Callable[[], R]) -> R:
    try:
        return context.run(call)
    finally:
        connections.close_all()


async def in_database(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Await `function(*args, **kwargs)` on a database thread; log context is carried along."""
    context = contextvars.copy_context()
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(
        _executor(), _returning_connections, context, lambda: function(*args, **kwargs)
    )
