"""The rules at the pace of a model: the same answers, word by word, so that a turn lasts a while."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any

from django.conf import settings

from conversations.agent.rules.provider import RulesProvider
from integrations.llm.base import ModelRequest, ProviderEvent, TextDelta


class PacedProvider:
    name = "paced"
    model = ""

    def __init__(self) -> None:
        self._rules = RulesProvider()

    def body(self, request: ModelRequest) -> dict[str, Any]:
        return self._rules.body(request)

    async def stream(self, request: ModelRequest) -> AsyncIterator[ProviderEvent]:
        async for event in self._rules.stream(request):
            for piece in _pieces(event):
                await asyncio.sleep(settings.PACE_SECONDS)
                yield piece


def _pieces(event: ProviderEvent) -> list[ProviderEvent]:
    if isinstance(event, TextDelta):
        return [TextDelta(word) for word in re.findall(r"\s*\S+", event.text)]
    return [event]
