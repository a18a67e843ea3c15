"""What Django takes a backend's `DatabaseWrapper` from.

By `CONN_HEALTH_CHECKS` each request would begin with a round trip, to see whether the connection that the
pool hands out still leads to PostgreSQL. Here that is asked when the last answer is a while ago, or when
something has come that nobody has asked for, as it does where PostgreSQL has gone.
"""

from __future__ import annotations

import select
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.db.backends.postgresql import base
from psycopg_pool import ConnectionPool

# For as long an answer of PostgreSQL is taken as a sign that it will answer again.
TRUSTED_SECONDS = 1.0

_answered: WeakKeyDictionary[psycopg.Connection, float] = WeakKeyDictionary()


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection:
        """A connection that is there; those of the pool that are not are replaced by it.

        Raises:
            psycopg.OperationalError, psycopg_pool.PoolTimeout: there is none.
        """
        connection: psycopg.Connection = super().get_new_connection(conn_params)
        while self.pool and not is_there(connection):
            # Closed, it cannot be handed out again, whatever was wrong with it.
            connection.close()
            self.pool.putconn(connection)
            connection = super().get_new_connection(conn_params)
        return connection


def is_there(connection: psycopg.Connection) -> bool:
    """Whether PostgreSQL answers on this connection, asked only if there is doubt."""
    now = monotonic()
    if now - _answered.get(connection, float("-inf")) <= TRUSTED_SECONDS and not _has_news(connection):
        return True
    try:
        ConnectionPool.check_connection(connection)
    except psycopg.Error:
        return False
    _answered[connection] = now
    return True


def _has_news(connection: psycopg.Connection) -> bool:
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))
