"""Lookups that Django lacks."""

from __future__ import annotations

from typing import Any

from django.db.models import UUIDField
from django.db.models.lookups import FieldGetDbPrepValueIterableMixin, Lookup


@UUIDField.register_lookup
class Among(FieldGetDbPrepValueIterableMixin, Lookup):
    """`field__among=[…]`: as `field__in`, but the values are one parameter, however many they are.

    The statement is the same for any number of them, so that it can be composed and planned once.
    """

    lookup_name = "among"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s)", (*parameters, list(self.rhs))
