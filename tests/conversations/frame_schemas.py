"""The frames of the WebSocket as `docs/asyncapi.yaml` describes them. The tests' sockets are held to it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import AwareDatetime, TypeAdapter

FILE = Path(__file__).resolve().parents[2] / "docs" / "asyncapi.yaml"

formats = FormatChecker(formats=())
_moment = TypeAdapter(AwareDatetime)


@formats.checks("uuid", raises=ValueError)
def _is_id(value: object) -> bool:
    return not isinstance(value, str) or bool(UUID(value))


@formats.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or bool(_moment.validate_python(value))


@cache
def document() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(FILE.read_text())
    return loaded


@cache
def types(operation: str) -> frozenset[str]:
    """The types of the frames that the server receives, or sends; `audio.chunk` stands for binary frames."""
    messages = document()["operations"][operation]["messages"]
    return frozenset(message["$ref"].rpartition("/")[2] for message in messages)


def fault_of(frame: object, operation: str) -> str | None:
    """What is wrong with a frame that the server receives, or sends; None if nothing is."""
    if not isinstance(frame, Mapping):
        return "not an object"
    kind = frame.get("type")
    if not isinstance(kind, str) or kind not in types(operation):
        return f"no such type: {kind}"
    errors = [f"{error.json_path}: {error.message}" for error in validator(kind).iter_errors(dict(frame))]
    return "; ".join(errors) or None


@cache
def validator(kind: str) -> Draft202012Validator:
    payload = document()["components"]["messages"][kind]["payload"]
    whole = {**payload, "components": document()["components"]}
    return Draft202012Validator(whole, format_checker=formats)
