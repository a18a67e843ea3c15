from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from integrations.llm.anthropic import AnthropicProvider
from integrations.llm.base import ChatMessage, ModelRequest, ProviderEvent, ToolSpec
from integrations.llm.openai import OpenAIProvider
from tests.fakes.anthropic import ANTHROPIC
from tests.fakes.openai import OPENAI
from tests.fakes.script import Answer, Script
from tests.fakes.server import Fake, running

TOOL = ToolSpec(
    "create_tasks", "Create tasks.", {"type": "object", "properties": {"tasks": {"type": "array"}}}
)


def a_request(*messages: ChatMessage, **fields: Any) -> ModelRequest:
    given: dict[str, Any] = {
        "system": "You keep tasks.",
        "situation": "It is noon.",
        "messages": messages or (ChatMessage("user", "buy milk"),),
        "tools": (TOOL,),
        "moment": datetime(2026, 3, 2, 12, tzinfo=UTC),
    }
    return ModelRequest(**(given | fields))


@dataclass
class Line:
    """One vendor's provider, connected to its fake."""

    fake: Fake
    provider: OpenAIProvider | AnthropicProvider

    async def ask(self, request: ModelRequest | None = None) -> list[ProviderEvent]:
        return [event async for event in self.provider.stream(request or a_request())]


@pytest.fixture(params=["openai", "anthropic"])
async def line(request: pytest.FixtureRequest, settings: Any) -> AsyncIterator[Callable[..., Line]]:
    """Makes the line to a fake that answers by a script."""
    # A machine that is busy with other things is not taken for a vendor that is silent.
    settings.LLM_FIRST_TOKEN_SECONDS = settings.LLM_IDLE_SECONDS = 60
    settings.LLM_RETRIES = 0
    vendor = {"openai": OPENAI, "anthropic": ANTHROPIC}[request.param]
    made: list[Line] = []
    with ExitStack() as stack:

        def connect(script: Script | Answer) -> Line:
            fake = stack.enter_context(running(vendor, script))
            if vendor is OPENAI:
                settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = fake.base_url, "key"
                made.append(Line(fake, OpenAIProvider()))
            else:
                settings.ANTHROPIC_BASE_URL, settings.ANTHROPIC_API_KEY = fake.base_url, "key"
                made.append(Line(fake, AnthropicProvider()))
            return made[-1]

        yield connect
        for one in made:
            await one.provider.aclose()
