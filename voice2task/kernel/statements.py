"""Statements that every message runs: planned once for each connection, not each time.

Django puts the values into the text of a statement, so that PostgreSQL plans it anew each time; for those
that do a service's whole work, planning takes longer than what is planned. Here values travel beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import connection


def run(
    sql: str,
    values: Mapping[str, Any] | Sequence[Any],
    *,
    planned_once: bool = True,
    binary: bool = False,
) -> psycopg.Cursor[tuple[Any, ...]]:
    """Run a statement within the transaction that is open, if one is. JSON comes as text.

    Of many rows, ids and moments are read faster in `binary` form. What is not `planned_once` is written with
    its values, as Django does, and planned for them; binary it cannot be.

    A value that may be None, or is text for a column of another type, needs a cast in the statement.

    Raises:
        django.db.Error
    """
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    if connection.queries_logged:
        connection.queries_log.append({"sql": sql, "time": ""})
    with connection.wrap_database_errors:
        if not planned_once:
            return psycopg.ClientCursor(connection.connection).execute(sql, values)
        return psycopg.Cursor(connection.connection).execute(sql, values, prepare=True, binary=binary)
