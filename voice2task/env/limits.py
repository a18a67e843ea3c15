"""How much anybody may ask for, and how often."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode

from voice2task.kernel.rates import Rate


def _parse(value: object) -> object:
    return Rate.parse(value) if isinstance(value, str) else value


RateField = Annotated[Rate | None, NoDecode, BeforeValidator(_parse)]


class Limits(BaseSettings):
    RATE_USER: RateField = Rate(6000, 60)
    RATE_ADDRESS: RateField = Rate(12_000, 60)
    RATE_MESSAGES: RateField = Rate(1200, 60)
    RATE_FRAMES: RateField = Rate(6000, 60)
    RATE_LOGIN: RateField = Rate(120, 60)
    LOGIN_FAILURES: int = Field(default=10, ge=1)
    LOGIN_FAILURES_ADDRESS: int = Field(default=100, ge=1)
    TURNS_PER_USER: int = Field(default=300, ge=1)
    SOCKETS_PER_USER: int = Field(default=100, ge=1)
    PROXIES: int = Field(default=0, ge=0, le=10)
    BODY_MAX_KILOBYTES: int = Field(default=2560, ge=16)

    @property
    def rate_limits(self) -> dict[str, Rate | None]:
        """Name of a limit -> how often; None is without limit."""
        return {
            "user": self.RATE_USER,
            "address": self.RATE_ADDRESS,
            "messages": self.RATE_MESSAGES,
            "frames": self.RATE_FRAMES,
            "login": self.RATE_LOGIN,
        }
