from __future__ import annotations

from typing import Any

from rest_framework.serializers import BaseSerializer


def validated(serializer: BaseSerializer[Any]) -> Any:
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data
