"""What requests to models cost, from a file of prices. Amounts are millionths of a US dollar.

A price of one dollar for a million tokens is one such millionth for a token.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from pydantic import BaseModel, ConfigDict, NonNegativeFloat, RootModel, ValidationError

from integrations.llm.base import Usage


class Price(BaseModel):
    """US dollars for a million tokens."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    input: NonNegativeFloat
    cached_input: NonNegativeFloat
    cache_write: NonNegativeFloat
    output: NonNegativeFloat

    @property
    def dearest_input(self) -> float:
        return max(self.input, self.cached_input, self.cache_write)


class _Provider(RootModel[dict[str, Price]]):
    """Prices by the beginning of a model's name."""

    def of(self, model: str) -> Price:
        prefixes = [prefix for prefix in self.root if model.startswith(prefix)]
        if not prefixes:
            raise ImproperlyConfigured(
                f'LLM_PRICES_FILE has no price for {model}, nor one for "", all others'
            )
        return self.root[max(prefixes, key=len)]


class _Prices(BaseModel):
    model_config = ConfigDict(extra="forbid")

    about: str = ""
    as_of: str = ""
    openai: _Provider
    anthropic: _Provider


def cost_micros(provider: str, model: str, usage: Usage) -> int:
    """What a request has cost, rounded up."""
    price = price_of(provider, model)
    return ceil(
        usage.input_tokens * price.input
        + usage.cached_input_tokens * price.cached_input
        + usage.cache_write_tokens * price.cache_write
        + usage.output_tokens * price.output
    )


def bound_micros(provider: str, model: str, *, input_tokens: int, output_tokens: int) -> int:
    """The most a request of this size can cost, rounded up."""
    price = price_of(provider, model)
    return ceil(input_tokens * price.dearest_input + output_tokens * price.output)


def price_of(provider: str, model: str) -> Price:
    """The price of a model.

    Raises:
        ImproperlyConfigured: the file of prices cannot be used, or has none for it.
    """
    known: _Provider = getattr(_read(Path(settings.LLM_PRICES_FILE)), provider)
    return known.of(model)


@dataclass(frozen=True, slots=True)
class PriceTable:
    """All prices: (provider, beginning of a model's name, price). `as_of` is a day, or empty."""

    about: str
    as_of: str
    rows: list[tuple[str, str, Price]]


def price_table() -> PriceTable:
    """What `LLM_PRICES_FILE` says.

    Raises:
        ImproperlyConfigured
    """
    known = _read(Path(settings.LLM_PRICES_FILE))
    of_all = {"openai": known.openai, "anthropic": known.anthropic}
    rows = [(name, model, price) for name, of in of_all.items() for model, price in sorted(of.root.items())]
    return PriceTable(known.about, known.as_of, rows)


@lru_cache(maxsize=4)
def _read(path: Path) -> _Prices:
    try:
        return _Prices.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise ImproperlyConfigured(f"LLM_PRICES_FILE {path}: {error}") from error
