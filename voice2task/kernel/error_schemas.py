"""How refusals look in the schema, and which statuses a door can refuse with.

drf-standardized-errors would list every field's codes for each 400 and one code for each other status.
Services refuse with codes of their own: such lists would be long, and wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drf_standardized_errors.openapi import AutoSchema
from rest_framework import serializers

from voice2task.kernel.idempotency import IdempotentMixin

BODY_METHODS = ("POST", "PUT", "PATCH")


class RefusalSerializer(serializers.Serializer[Any]):
    """One refusal. `code` is stable and specific; `attr` names the argument at fault, if one is."""

    code = serializers.CharField()
    detail = serializers.CharField()
    attr = serializers.CharField(allow_null=True)


class RefusedSerializer(serializers.Serializer[Any]):
    """What every door answers that does not do what it was asked."""

    type = serializers.ChoiceField(choices=("validation_error", "client_error", "server_error"))
    errors = RefusalSerializer(many=True)  # type: ignore[assignment]
    extra = serializers.DictField(required=False, help_text="Whatever the client needs to go on.")


class DoorSchema(AutoSchema):
    """Each operation with the refusals that it can answer, besides those that its view names itself."""

    def _get_allowed_error_status_codes(self) -> list[str]:
        return [status for status, applies in REFUSALS.items() if applies(self)]

    def _should_add_error_response(self, responses: dict[str, Any], status_code: str) -> bool:
        return status_code not in responses

    def _get_error_response_serializer(self, status_code: str) -> type[RefusedSerializer]:
        return RefusedSerializer


def _always(schema: DoorSchema) -> bool:
    return True


def _asks_who(schema: DoorSchema) -> bool:
    return bool(schema.view.get_authenticators())


def _names_things(schema: DoorSchema) -> bool:
    """By path, by a page's cursor, or in its body."""
    in_path = any(parameter["in"] == "path" for parameter in schema._get_parameters())
    paged = schema._get_paginator() is not None  # type: ignore[no-untyped-call]
    return in_path or paged or _takes_a_body(schema)


def _changes(schema: DoorSchema) -> bool:
    return schema.method != "GET"


def _compares(schema: DoorSchema) -> bool:
    return any(parameter["name"] == "If-Match" for parameter in schema._get_parameters())


def _takes_a_body(schema: DoorSchema) -> bool:
    body = schema._get_request_body()  # type: ignore[no-untyped-call]
    return schema.method in BODY_METHODS and body is not None


def _answers_once(schema: DoorSchema) -> bool:
    return schema.method == "POST" and isinstance(schema.view, IdempotentMixin)


# Status -> whether an operation can answer it.
REFUSALS: dict[str, Callable[[DoorSchema], bool]] = {
    "400": _always,
    "401": _asks_who,
    "403": _asks_who,
    "404": _names_things,
    "406": _always,
    "409": _changes,
    "412": _compares,
    "413": _takes_a_body,
    "415": _takes_a_body,
    "422": _answers_once,
    "429": _always,
    "503": _always,
}
