"""What is let in from where, beyond passwords."""

from __future__ import annotations

from pydantic import ValidationInfo, field_validator

from voice2task.env.fields import CommaSeparated, in_production
from voice2task.env.place import Place


class Security(Place):
    CORS_ORIGINS: CommaSeparated = []
    STAFF_TOTP_REQUIRED: bool = False
    METRICS_OPEN: bool | None = None

    @field_validator("CORS_ORIGINS")
    @classmethod
    def _named_pages_in_production(cls, value: list[str], info: ValidationInfo) -> list[str]:
        schemes = ("https://",) if in_production(info) else ("https://", "http://")
        if any(not origin.startswith(schemes) or "*" in origin for origin in value):
            raise ValueError(f"takes origins that begin with {' or '.join(schemes)}, without wildcards")
        return value

    @property
    def metrics_open(self) -> bool:
        return not self.production if self.METRICS_OPEN is None else self.METRICS_OPEN
