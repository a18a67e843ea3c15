"""Queries that are put together once in a process and then asked with other values.

Django takes longer to put a query together and to write it as SQL than PostgreSQL to answer one that reads a
few rows by an index. So the few that nearly every request asks are kept as what was written.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Model, QuerySet

from voice2task.kernel import statements

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class _Statement:
    """`names` are those of the columns, `places` which argument each parameter is, or None for a constant."""

    sql: str
    parameters: Sequence[Any]
    places: Sequence[str | None]
    names: Sequence[str]
    converters: Sequence[tuple[int, Sequence[Callable[..., Any]], Any]]


class Composed:
    """The rows of `build(…)`, a queryset of `values()` without a limit.

    All arguments of `build` are UUIDs: it is called once, with some that stand for any. One that it gives to
    the lookup `among` stands for any number of them.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *, planned_once: bool = False) -> None:
        """`planned_once`: however many rows there are, one way to find them is right for every user."""
        self._build = build
        self._planned_once = planned_once

    def rows(self, limit: int | None = None, **arguments: UUID | list[UUID]) -> list[dict[str, Any]]:
        statement = self._statement
        values = [
            constant if place is None else arguments[place]
            for constant, place in zip(statement.parameters, statement.places, strict=True)
        ]
        sql = statement.sql
        if limit is not None:
            # Written out: which way is best depends on it.
            sql = f"{sql} LIMIT {limit:d}"
        found = [list(row) for row in statements.run(sql, values, planned_once=self._planned_once)]
        for column, converters, expression in statement.converters:
            for row in found:
                for convert in converters:
                    row[column] = convert(row[column], expression, connection)
        return [dict(zip(statement.names, row, strict=True)) for row in found]

    def objects(self, model: type[M], **arguments: UUID | list[UUID]) -> list[M]:
        """The rows as instances of `model`, without what is not in them."""
        rows = self.rows(None, **arguments)
        return [model.from_db(connection.alias, list(row), list(row.values())) for row in rows]

    @cached_property
    def _statement(self) -> _Statement:
        names: dict[UUID | None, str] = {uuid4(): name for name in inspect.signature(self._build).parameters}
        query = self._build(**{name: value for value, name in names.items()}).query
        compiler = query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([selected for selected, *_ in compiler.select])
        return _Statement(
            sql=sql,
            parameters=parameters,
            places=[names.get(_one(value)) for value in parameters],
            names=[*query.selected] if query.selected else [*query.values_select, *query.annotation_select],
            converters=[
                (column, convert, expression) for column, (convert, expression) in converters.items()
            ],
        )


def _one(value: Any) -> UUID | None:
    """The id that a parameter is, or is made of."""
    inner = value[0] if isinstance(value, list) and value else value
    return inner if isinstance(inner, UUID) else None
