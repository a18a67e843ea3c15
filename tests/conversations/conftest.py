"""What tests of conversations share: models that are fakes on a real socket, and sockets that are closed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from conversations.runner import runner
from integrations.llm.breaker import breaker_of
from integrations.llm.chain import providers
from tests.fakes.anthropic import ANTHROPIC
from tests.fakes.openai import OPENAI
from tests.fakes.script import Answer, Script
from tests.fakes.server import Fake, running

VENDORS = {"openai": OPENAI, "anthropic": ANTHROPIC}

Models = Callable[..., list[Fake]]


@pytest.fixture
def models(settings: Any) -> Iterator[Models]:
    """Puts fakes in the place of vendors: `models(openai=script)`; the chain keeps the order of arguments."""
    settings.LLM_RETRIES = 0
    with ExitStack() as stack:

        def connect(*, rules: bool = True, **scripts: Script | Answer) -> list[Fake]:
            fakes = [stack.enter_context(running(VENDORS[name], script)) for name, script in scripts.items()]
            for name, fake in zip(scripts, fakes, strict=True):
                setattr(settings, f"{name.upper()}_BASE_URL", fake.base_url)
                setattr(settings, f"{name.upper()}_API_KEY", "key")
            settings.LLM_PROVIDER_CHAIN = [*scripts, *(["rules"] if rules else [])]
            _forget()
            return fakes

        yield connect
        _forget()


def _forget() -> None:
    """Close what providers of an earlier chain hold on the runner's loop, and what is known of them."""
    for provider in providers():
        if hasattr(provider, "aclose"):
            asyncio.run_coroutine_threadsafe(provider.aclose(), runner()._loop).result(10)
    providers.cache_clear()
    breaker_of.cache_clear()
