from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from integrations.llm.base import Usage
from integrations.llm.prices import bound_micros, cost_micros

PRICE = {"input": 2.0, "cached_input": 0.5, "cache_write": 2.5, "output": 8.0}


@pytest.fixture
def prices(settings, tmp_path: Path):
    def write(content: object) -> None:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        settings.LLM_PRICES_FILE = path

    return write


def test_each_kind_of_token_has_its_price_and_the_sum_is_rounded_up(prices):
    prices({"openai": {"": PRICE}, "anthropic": {}})
    assert cost_micros("openai", "any", Usage(100, 10, 10, 3)) == 200 + 5 + 25 + 24
    assert cost_micros("openai", "any", Usage(cached_input_tokens=1)) == 1
    assert bound_micros("openai", "any", input_tokens=100, output_tokens=10) == 250 + 80


def test_the_longest_beginning_of_a_name_counts(prices):
    cheap = PRICE | {"output": 1.0}
    prices({"openai": {"": PRICE, "mini": cheap, "mini-max": PRICE}, "anthropic": {}})
    assert cost_micros("openai", "mini-2", Usage(output_tokens=10)) == 10
    assert cost_micros("openai", "mini-max", Usage(output_tokens=10)) == 80


@pytest.mark.parametrize(
    "content", ["{", {"openai": {}}, {"openai": {"": {"input": -1}}, "anthropic": {}}, {"other": {}}]
)
def test_a_file_that_cannot_be_used_is_refused_by_name(prices, content):
    prices(content)
    with pytest.raises(ImproperlyConfigured, match="LLM_PRICES_FILE"):
        cost_micros("openai", "any", Usage())


def test_a_model_without_a_price_is_refused_by_name(prices):
    prices({"openai": {"mini": PRICE}, "anthropic": {}})
    with pytest.raises(ImproperlyConfigured, match="max"):
        cost_micros("openai", "max", Usage())


@pytest.mark.parametrize(("provider", "model"), [("openai", "gpt-5-mini"), ("anthropic", "claude-haiku-4-5")])
def test_the_default_models_have_prices_of_their_own(settings, provider: str, model: str):
    assert {settings.OPENAI_MODEL, settings.ANTHROPIC_MODEL} == {"gpt-5-mini", "claude-haiku-4-5"}
    usage = Usage(output_tokens=1_000_000)
    assert cost_micros(provider, model, usage) < cost_micros(provider, "unheard-of", usage)
