"""Who answers, and what that may cost."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

from voice2task.env.fields import BASE_DIR, CommaSeparated
from voice2task.tables import LLM_PROVIDERS


class Models(BaseSettings):
    LLM_PROVIDERS: CommaSeparated = []
    OPENAI_API_KEY: str = ""
    OPENAI_BASE_URL: str = ""
    OPENAI_MODEL: str = "gpt-5-mini"
    ANTHROPIC_API_KEY: str = ""
    ANTHROPIC_BASE_URL: str = ""
    ANTHROPIC_MODEL: str = "claude-haiku-4-5"
    LLM_CONNECT_SECONDS: float = Field(default=5.0, gt=0)
    LLM_FIRST_TOKEN_SECONDS: float = Field(default=20.0, gt=0)
    LLM_IDLE_SECONDS: float = Field(default=20.0, gt=0)
    LLM_MONTHLY_BUDGET: Decimal | None = Field(default=None, ge=0)
    LLM_PRICES_FILE: Path = BASE_DIR / "integrations" / "llm" / "prices.json"

    @field_validator("LLM_PROVIDERS")
    @classmethod
    def _known_providers(cls, value: list[str]) -> list[str]:
        if unknown := [name for name in value if name not in LLM_PROVIDERS]:
            raise ValueError(f"knows {', '.join(LLM_PROVIDERS)}, not {', '.join(unknown)}")
        return value

    @property
    def llm_providers(self) -> list[str]:
        """Who answers, in the order asked: as named, else every vendor within reach, then the rules."""
        reachable = {
            "anthropic": self.ANTHROPIC_API_KEY or self.ANTHROPIC_BASE_URL,
            "openai": self.OPENAI_API_KEY or self.OPENAI_BASE_URL,
        }
        return self.LLM_PROVIDERS or [*(name for name, way in reachable.items() if way), "rules"]

    @property
    def monthly_budget_micros(self) -> int | None:
        return None if self.LLM_MONTHLY_BUDGET is None else int(self.LLM_MONTHLY_BUDGET * 1_000_000)
