"""Who is told of traces and errors."""

from __future__ import annotations

from importlib.util import find_spec
from urllib.parse import urlsplit

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings


class Observing(BaseSettings):
    OTEL_EXPORTER_OTLP_ENDPOINT: str = ""
    OTEL_TRACES_SAMPLER_ARG: float = Field(default=1.0, ge=0, le=1)
    SENTRY_DSN: str = ""

    @field_validator("OTEL_EXPORTER_OTLP_ENDPOINT", "SENTRY_DSN")
    @classmethod
    def _reachable(cls, value: str, info: ValidationInfo) -> str:
        if value and (urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname):
            raise ValueError("begins with http:// or https:// and names a host")
        needed = "sentry_sdk" if info.field_name == "SENTRY_DSN" else "opentelemetry.sdk"
        if value and find_spec(needed) is None:
            raise ValueError("needs the packages of requirements-observing.txt")
        return value
