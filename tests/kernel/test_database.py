"""Database work from an event loop: each thread keeps its connection, and loses it when it is no good."""

from __future__ import annotations

import asyncio
import threading

import pytest
from django.db import connection, connections

from voice2task.kernel import database
from voice2task.kernel.database import DATABASE_AWAY, close_connections, in_database, in_database_apart

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def one_thread(monkeypatch: pytest.MonkeyPatch):
    """So that every call meets the same connection."""
    close_connections()
    database._executor.cache_clear()
    database._apart.cache_clear()
    monkeypatch.setattr(database, "THREADS", 1)
    yield
    close_connections()
    for executor in (database._executor, database._apart):
        executor().shutdown()
        executor.cache_clear()


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


async def end(pid: int) -> None:
    def terminate() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        connections.close_all()

    await asyncio.to_thread(terminate)


async def test_a_thread_keeps_its_connection():
    assert len({await in_database(backend) for _ in range(5)}) == 1


async def test_one_that_has_died_while_idle_is_replaced_unnoticed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(database, "IDLE_SECONDS", 0.0)
    first = await in_database(backend)
    await end(first)
    assert await in_database(backend) != first


async def test_one_that_dies_in_use_fails_one_call(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(database, "IDLE_SECONDS", 60.0)
    first = await in_database(backend)
    await end(first)
    with pytest.raises(DATABASE_AWAY):
        await in_database(backend)
    assert await in_database(backend) != first


async def test_an_error_of_ours_leaves_the_connection_as_it_was():
    first = await in_database(backend)

    def refuse() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await in_database(refuse)
    assert await in_database(backend) == first


async def test_others_of_the_process_find_a_connection(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(database, "THREADS", 8)
    pool = connection.settings_dict["OPTIONS"]["pool"]
    monkeypatch.setitem(pool, "max_size", 4)
    assert database._threads() == 2
    monkeypatch.setitem(pool, "max_size", 1)
    assert database._threads() == 1


async def test_what_cannot_wait_is_done_while_all_others_do():
    free = threading.Event()
    waiting = asyncio.create_task(in_database(free.wait, 20.0))
    own = await asyncio.wait_for(in_database_apart(backend), 10)
    assert not waiting.done()
    free.set()
    await waiting
    assert own != await in_database(backend)


@pytest.mark.parametrize("size", [1, 2])
async def test_of_a_small_pool_it_takes_no_connection_of_its_own(monkeypatch: pytest.MonkeyPatch, size: int):
    monkeypatch.setitem(connection.settings_dict["OPTIONS"]["pool"], "max_size", size)
    assert await in_database_apart(backend) == await in_database(backend)


async def test_all_connections_can_be_given_up():
    def is_open() -> bool:
        return connection.connection is not None

    await in_database(backend)
    assert await in_database(is_open)
    await asyncio.to_thread(close_connections)
    assert not await in_database(is_open)
