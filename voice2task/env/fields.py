"""What the fields of all groups share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, ValidationInfo
from pydantic_settings import NoDecode

BASE_DIR = Path(__file__).resolve().parents[2]


def _split(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


CommaSeparated = Annotated[list[str], NoDecode, BeforeValidator(_split)]


def in_production(info: ValidationInfo) -> bool:
    """Whether a field is checked for production; for fields that stand behind `ENVIRONMENT`."""
    return info.data.get("ENVIRONMENT") == "production"
