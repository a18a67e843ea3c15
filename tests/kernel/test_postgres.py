"""Connections that the pool hands out."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection

from tests.waiting import wait_for
from voice2task.kernel.postgres.base import is_there

pytestmark = pytest.mark.django_db(transaction=True)


def cut(process: int) -> None:
    """End a process of PostgreSQL that serves a connection."""
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [process])
        alive = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s"
        wait_for(lambda: other.execute(alive, [process]).fetchone() == (0,), what="the process to be gone")


def test_one_that_was_cut_a_moment_after_it_answered_is_known_to_be_gone():
    connection.ensure_connection()
    raw = connection.connection
    assert is_there(raw)
    cut(raw.info.backend_pid)
    assert not is_there(raw)
    connection.close()


def test_what_was_cut_in_the_pool_is_not_handed_out():
    connection.ensure_connection()
    process = connection.connection.info.backend_pid
    connection.close()
    cut(process)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone()[0] != process
