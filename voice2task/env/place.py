"""Where this runs, who may reach it, and what it stands on."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings

from voice2task.env.fields import BASE_DIR, CommaSeparated, in_production
from voice2task.kernel.loopback import is_loopback
from voice2task.secret_values import secret_weakness


class Place(BaseSettings):
    ENVIRONMENT: Literal["development", "production"] = "development"
    DEBUG: bool = False
    SECRET_KEY: str = ""
    SECRET_KEY_FALLBACKS: CommaSeparated = []
    ALLOWED_HOSTS: CommaSeparated = ["localhost", "127.0.0.1", "[::1]"]
    TRUSTED_ORIGINS: CommaSeparated = []
    HTTPS: bool | None = None
    HOST: str = "127.0.0.1"
    PORT: int = Field(default=8000, ge=1, le=65535)
    VAR_DIR: Path = BASE_DIR / "var"

    DATABASE_URL: str = ""
    DATABASE_PASSWORD: str = ""
    DATABASE_POOL_SIZE: int = Field(default=16, ge=2, le=500)
    REDIS_URL: str = ""

    DRAIN_SECONDS: float = Field(default=0.0, ge=0, le=600)
    METRICS_PORT: int = Field(default=0, ge=0, le=65535)

    @field_validator("VAR_DIR")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    # The checks below look at fields that stand above their own, and so are known by then.

    @field_validator("DEBUG")
    @classmethod
    def _no_debug_in_production(cls, value: bool, info: ValidationInfo) -> bool:
        if value and in_production(info):
            raise ValueError("must be off in production")
        return value

    @field_validator("SECRET_KEY")
    @classmethod
    def _strong_in_production(cls, value: str, info: ValidationInfo) -> str:
        if in_production(info) and (weakness := secret_weakness(value)):
            raise ValueError(weakness)
        return value

    @field_validator("ALLOWED_HOSTS")
    @classmethod
    def _named_hosts_in_production(cls, value: list[str], info: ValidationInfo) -> list[str]:
        wild = any("*" in host or host.startswith(".") for host in value)
        if in_production(info) and (wild or not value):
            raise ValueError("name each host in production, without wildcards")
        return value

    @field_validator("TRUSTED_ORIGINS")
    @classmethod
    def _named_origins_in_production(cls, value: list[str], info: ValidationInfo) -> list[str]:
        if in_production(info) and any("*" in origin for origin in value):
            raise ValueError("name each origin in production, without wildcards")
        return value

    @property
    def production(self) -> bool:
        return self.ENVIRONMENT == "production"

    @property
    def secure(self) -> bool:
        """Whether browsers reach the site by HTTPS only."""
        return self.production if self.HTTPS is None else self.HTTPS

    @property
    def demo_sign_in(self) -> bool:
        """Whether one press signs in as the demo user: in development, on a stack of its own, on loopback."""
        return not self.production and not self.DATABASE_URL and is_loopback(self.HOST)
