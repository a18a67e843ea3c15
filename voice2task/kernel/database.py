"""Database work from an event loop.

The loop never waits for PostgreSQL: functions run on a few threads of this process. Each thread keeps a
connection, so that there are as many as threads, however many models think at the moment. To take one from
the pool and try it for each function would cost as much as most functions do.
"""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from time import monotonic
from typing import Any, ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connection, connections
from psycopg_pool import PoolTimeout

P = ParamSpec("P")
R = TypeVar("R")

THREADS = 8
# After this long without a word from PostgreSQL a connection is tried before it is used.
IDLE_SECONDS = 1.0

# What Django and the pool raise while PostgreSQL is not there, or not yet again.
DATABASE_AWAY = (OperationalError, InterfaceError, PoolTimeout)


def _connections() -> int:
    pool: dict[str, Any] = connection.settings_dict["OPTIONS"].get("pool") or {}
    size: int = pool.get("max_size", 2 * THREADS)
    return size


def _threads() -> int:
    """As many as there are, but for some connections of the pool that others of this process may need."""
    return max(1, min(THREADS, _connections() // 2))


@lru_cache(maxsize=1)
def _executor() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=_threads(), thread_name_prefix="database")


@lru_cache(maxsize=1)
def _apart() -> ThreadPoolExecutor:
    """One more, for what must not wait behind the others, if the pool has more than one connection left."""
    if _connections() <= _threads() + 1:
        return _executor()
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="database-apart")


def close_connections() -> None:
    """Give up the connections of all threads; each opens another when it needs one."""
    together = threading.Barrier(_threads())

    def close() -> None:
        # Or else one quick thread would do it several times.
        together.wait()
        connections.close_all()

    for closed in [_executor().submit(close) for _ in range(_threads())]:
        closed.result()
    _apart().submit(connections.close_all).result()


class _Thread(threading.local):
    """When this thread has last had an answer of PostgreSQL, on the monotonic clock."""

    answered = float("-inf")


_thread = _Thread()


def _on_own_connection(context: contextvars.Context, call: Callable[[], R]) -> R:
    """Call with this thread's connection, tried first if it has been idle; a broken one is not kept."""
    if monotonic() - _thread.answered > IDLE_SECONDS and not _is_well():
        connections.close_all()
    try:
        return context.run(call)
    finally:
        if connection.errors_occurred:
            connections.close_all()
        _thread.answered = monotonic()


def _is_well() -> bool:
    return connection.connection is None or connection.is_usable()


async def in_database(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Await `function(*args, **kwargs)` on a database thread; log context is carried along."""
    return await _on_thread_of(_executor(), lambda: function(*args, **kwargs))


async def in_database_apart(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """`in_database` for what waits for nobody's rows, and comes too late if it waits for a thread.

    All others may wait for one user's stream, which a process holds that has been frozen.
    """
    return await _on_thread_of(_apart(), lambda: function(*args, **kwargs))


async def _on_thread_of(executor: ThreadPoolExecutor, call: Callable[[], R]) -> R:
    context = contextvars.copy_context()
    return await asyncio.get_running_loop().run_in_executor(executor, _on_own_connection, context, call)
