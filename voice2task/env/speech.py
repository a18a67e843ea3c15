"""Who listens, and what becomes of recordings."""

from __future__ import annotations

from typing import Any

from pydantic import Field, field_validator

from voice2task.env.fields import CommaSeparated
from voice2task.env.llm import Models
from voice2task.env.place import Place
from voice2task.storage_url import parse_storage_url, storage_at
from voice2task.tables import SPEECH_ENGINES


class Speech(Models, Place):
    SPEECH_ENGINES: CommaSeparated = []
    SPEECH_MODEL: str = ""
    OPENAI_SPEECH_MODEL: str = "gpt-4o-mini-transcribe"
    SPEECH_CONCURRENCY: int = Field(default=1, ge=1, le=64)
    SPEECH_THREADS: int = Field(default=0, ge=0, le=64)
    SPEECH_ANSWER_SECONDS: float = Field(default=60.0, gt=0)
    CAPTURE_MAX_SECONDS: int = Field(default=600, ge=1)
    CAPTURE_MAX_MEGABYTES: int = Field(default=25, ge=1)
    CAPTURE_KEEP_DAYS: int | None = Field(default=None, ge=0)
    CAPTURE_STORAGE_URL: str = ""

    @field_validator("SPEECH_ENGINES")
    @classmethod
    def _known_engines(cls, value: list[str]) -> list[str]:
        if unknown := [name for name in value if name not in SPEECH_ENGINES]:
            raise ValueError(f"knows {', '.join(SPEECH_ENGINES)}, not {', '.join(unknown)}")
        return value

    @field_validator("CAPTURE_STORAGE_URL")
    @classmethod
    def _known_storage(cls, value: str) -> str:
        parse_storage_url(value)
        return value

    @property
    def speech_engines(self) -> list[str]:
        """Who listens, in the order asked: as named, else the vendor if there is a key, then this machine."""
        vendors = ["openai"] if self.OPENAI_API_KEY else []
        return self.SPEECH_ENGINES or [*vendors, "whisper"]

    @property
    def capture_storage(self) -> dict[str, Any]:
        """Where recordings are kept, as an entry of Django's `STORAGES`."""
        return storage_at(self.CAPTURE_STORAGE_URL, self.VAR_DIR / "captures")
