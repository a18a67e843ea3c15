"""How turns are worked on."""

from __future__ import annotations

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings


class Turns(BaseSettings):
    TURN_CONCURRENCY: int = Field(default=64, ge=1, le=1000)
    TURN_LEASE_SECONDS: float = Field(default=10.0, gt=0)
    TURN_RENEW_SECONDS: float = Field(default=3.0, gt=0)
    SWEEP_SECONDS: int = Field(default=2, ge=1)
    TURN_MAX_SECONDS: float = Field(default=120.0, gt=0)
    TURN_MAX_OUTPUT_TOKENS: int = Field(default=8192, ge=256)
    APPROVAL_SECONDS: float = Field(default=900.0, gt=0)

    @field_validator("TURN_RENEW_SECONDS")
    @classmethod
    def _renewed_in_time(cls, value: float, info: ValidationInfo) -> float:
        if value * 2 > info.data.get("TURN_LEASE_SECONDS", value * 2):
            raise ValueError("must be at most half of TURN_LEASE_SECONDS")
        return value
