"""How long things are kept, and how much may be imported."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings


class Keeping(BaseSettings):
    TRASH_DAYS: int = Field(default=30, ge=1, le=36_500)
    ACTIVITY_DAYS: int | None = Field(default=None, ge=1, le=36_500)
    LOGIN_DAYS: int = Field(default=90, ge=1, le=36_500)
    IDEMPOTENCY_DAYS: int = Field(default=7, ge=1, le=36_500)
    OUTBOX_DAYS: int = Field(default=7, ge=1, le=36_500)
    IMPORT_MAX_MEGABYTES: int = Field(default=32, ge=1, le=512)
    IMPORT_MAX_ROWS: int = Field(default=100_000, ge=1)
