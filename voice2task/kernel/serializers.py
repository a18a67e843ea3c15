"""What the serializers of all rooms share."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy, deepcopy
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError


class StrictSerializer(serializers.Serializer[Any]):
    """Input in which a misspelt field is an error, not silence."""

    def get_fields(self) -> dict[str, Any]:
        """The declared fields, for this instance: copied as they are, where they hold no others.

        To make each anew from its arguments, as DRF does, takes longer than to check what came for it.
        """
        return {name: _own(declared) for name, declared in self._declared_fields.items()}

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (unknown := set(data) - set(self.fields)):
            detail = ErrorDetail("There is no such field.", code="unknown_field")
            raise ValidationError({name: [detail] for name in sorted(unknown)})
        return super().to_internal_value(data)


def _own(declared: serializers.Field[Any, Any, Any, Any]) -> serializers.Field[Any, Any, Any, Any]:
    holds_others = isinstance(declared, serializers.BaseSerializer) or hasattr(declared, "child")
    return deepcopy(declared) if holds_others else copy(declared)


def validated(serializer: serializers.BaseSerializer[Any]) -> Any:
    """What a client sent, checked."""
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data
