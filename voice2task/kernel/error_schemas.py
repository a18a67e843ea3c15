"""How refusals with the statuses 409, 412 and 422 look in the schema; the library knows the others."""

from __future__ import annotations

from typing import Any

from drf_standardized_errors.openapi_serializers import ClientErrorEnum
from rest_framework import serializers


class RefusalSerializer(serializers.Serializer[Any]):
    """One refusal. `code` is stable and specific; `attr` names the argument at fault, if one is."""

    code = serializers.CharField()
    detail = serializers.CharField()
    attr = serializers.CharField(allow_null=True)


class RefusedSerializer(serializers.Serializer[Any]):
    type = serializers.ChoiceField(choices=ClientErrorEnum.choices)
    errors = RefusalSerializer(many=True)  # type: ignore[assignment]


SCHEMAS = {"409": RefusedSerializer, "412": RefusedSerializer, "422": RefusedSerializer}
