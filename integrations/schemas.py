"""JSON Schemas (2020-12) that users write: held against an input, none fetches anything or takes for ever.

References would be fetched (the library opens `http:` and `file:` addresses), could go round in circles or
double at each step; Python's `re` may take for ever for a pattern; what is left unevaluated is looked for
anew at each level.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.exceptions import SchemaError
from jsonschema.validators import create

JSON = dict[str, Any]

SCHEMA_BYTES = INPUT_BYTES = 16 * 1024
MAX_DEPTH = 16
REFUSED = frozenset(("$ref", "$dynamicRef", "patternProperties", "unevaluatedProperties", "unevaluatedItems"))
# A pattern is told to models, and the workflow's own to check.
UNKNOWN = REFUSED | {"pattern"}
# Keywords under which schemas lie: one, a list of them, or one under each name.
_ONE = ("additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then")
_LIST = ("allOf", "anyOf", "oneOf", "prefixItems")
_NAMED = ("$defs", "dependentSchemas", "properties")


class SchemaRefused(Exception):
    """The text says why."""


def check_schema(schema: object) -> None:
    """Whether inputs may be held against a schema.

    Raises:
        SchemaRefused
    """
    if not isinstance(schema, dict) or schema.get("type") != "object":
        raise SchemaRefused("The schema is one of an object.")
    _check_parts(schema)
    if _is_larger(schema, SCHEMA_BYTES):
        raise SchemaRefused(f"A schema has at most {SCHEMA_BYTES} bytes.")
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        raise SchemaRefused(f"Not a JSON Schema: {error.message}") from error


def faults_of(arguments: JSON, schema: JSON) -> list[str]:
    """What a schema says against an input, each with where; empty if nothing."""
    if _is_larger(arguments, INPUT_BYTES):
        return [f"arguments: more than {INPUT_BYTES} bytes"]
    errors = sorted(_Validator(schema).iter_errors(arguments), key=lambda error: list(map(str, error.path)))
    return [f"{'.'.join(map(str, error.path)) or 'arguments'}: {error.message}" for error in errors]


def _is_larger(value: JSON, most: int) -> bool:
    try:
        return len(orjson.dumps(value)) > most
    except TypeError:  # whole numbers of more than 64 bits, hundreds of levels
        return True


def _check_parts(schema: JSON) -> None:
    level: list[JSON] = [schema]
    for _ in range(MAX_DEPTH):
        if refused := REFUSED.intersection(name for part in level for name in part):
            named = ", ".join(sorted(refused))
            raise SchemaRefused(f"No schema here has {named}: write out what it stands for, or leave it out.")
        level = [inner for part in level for inner in _inner(part)]
        if not level:
            return
    raise SchemaRefused(f"A schema has at most {MAX_DEPTH} levels.")


def _inner(part: Mapping[str, Any]) -> Iterator[JSON]:
    """The schemas right inside of one, whatever else there may stand in their places."""
    for name, value in part.items():
        found: Any = ()
        if name in _ONE:
            found = (value,)
        elif name in _LIST and isinstance(value, list):
            found = value
        elif name in _NAMED and isinstance(value, dict):
            found = value.values()
        yield from (each for each in found if isinstance(each, dict))


def _are_unique(validator: Any, wanted: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    """`uniqueItems` without comparing each with each."""
    if wanted and validator.is_type(instance, "array"):
        kinds = {orjson.dumps(each, option=orjson.OPT_SORT_KEYS) for each in instance}
        if len(kinds) < len(instance):
            yield ValidationError("has items that are the same")


_KNOWN = Draft202012Validator.VALIDATORS
_JUDGES = {name: _KNOWN[name] for name in _KNOWN.keys() - UNKNOWN}
_Validator: Any = create(
    meta_schema=Draft202012Validator.META_SCHEMA,
    validators=_JUDGES | {"uniqueItems": _are_unique},
    type_checker=Draft202012Validator.TYPE_CHECKER,
)
