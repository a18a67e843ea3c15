"""What the serializers of all rooms share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError


class StrictSerializer(serializers.Serializer[Any]):
    """Input in which a misspelt field is an error, not silence."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (unknown := set(data) - set(self.fields)):
            detail = ErrorDetail("There is no such field.", code="unknown_field")
            raise ValidationError({name: [detail] for name in sorted(unknown)})
        return super().to_internal_value(data)


def validated(serializer: serializers.BaseSerializer[Any]) -> Any:
    """What a client sent, checked."""
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data
