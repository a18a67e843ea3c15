"""Who answers: the providers of the chain, one after another until one does."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Literal, Protocol
from uuid import UUID

import structlog

from conversations.agent.events import Withdrawn
from integrations.llm.base import (
    ModelRequest,
    Provider,
    ProviderError,
    ProviderEvent,
    TextDelta,
    ToolCallReady,
    Usage,
)
from integrations.llm.breaker import Breaker
from voice2task.kernel.tracing import traced

logger = structlog.get_logger(__name__)


@dataclass(slots=True)
class Spent:
    """What a request to a model has taken so far, and when (on the monotonic clock)."""

    usage: Usage | None = None
    characters: int = 0
    started_at: float = field(default_factory=monotonic)
    first_token_at: float | None = None
    ended_at: float | None = None
    outcome: Literal["answered", "failed", "stopped"] = "stopped"
    error: ProviderError | None = None

    def milliseconds(self, moment: float | None) -> int:
        """From the start to `moment`, or to now."""
        return round(((moment if moment is not None else monotonic()) - self.started_at) * 1000)


class Meter(Protocol):
    """Pays for requests to models."""

    async def open(self, index: int, provider: Provider, request: ModelRequest) -> UUID | None:
        """Set aside what the request can cost. None if that is more than there is."""
        ...

    async def close(self, request_id: UUID, provider: Provider, request: ModelRequest, spent: Spent) -> None:
        """Book what it did cost."""
        ...


class Chain:
    """The engines of one turn; see `agent.loop.Engines`.

    The one that answered first goes on answering: it knows best what it was about. `fallbacks` tells which
    were asked before and why they did not answer.
    """

    def __init__(
        self, providers: Sequence[Provider], meter: Meter, breaker_of: Callable[[str], Breaker]
    ) -> None:
        self._providers = list(providers)
        self._meter = meter
        self._breaker_of = breaker_of
        self._answering: Provider | None = None
        self.fallbacks: list[dict[str, str]] = []

    @property
    def name(self) -> str:
        return self._answering.name if self._answering else ""

    @property
    def checked(self) -> bool:
        # What costs nothing plans by rules and says only what results show.
        return bool(self._answering and self._answering.model)

    def prefer(self, name: str) -> None:
        """Go on with this engine: it has answered earlier in the turn."""
        self._answering = next((one for one in self._providers if one.name == name), self._answering)

    def give_up_on(self, name: str, code: str) -> None:
        self._note(name, code)
        others = [provider for provider in self._providers if provider.name != name]
        # The last one is kept: it will be told to come to an end.
        self._providers = others or self._providers

    async def answer(self, index: int, request: ModelRequest) -> AsyncIterator[ProviderEvent | Withdrawn]:
        """The answer of the first engine that gives one; see `agent.loop.Engines`."""
        failure = ProviderError("no engine is left to ask")
        for provider in self._to_ask():
            request_id = await self._meter.open(index, provider, request) if provider.model else None
            if provider.model and request_id is None:
                self._note(provider.name, "budget_spent")
                continue
            spent = Spent()
            breaker = self._breaker_of(provider.name)
            try:
                async for event in _watched(_traced(provider, request, index, spent), spent):
                    yield event
            except ProviderError as error:
                failure = spent.error = error
                spent.outcome = "failed"
                breaker.failed(error, monotonic())
                self._note(provider.name, error.code)
                logger.warning("provider_failed", engine=provider.name, code=error.code, error=str(error))
                if spent.characters:
                    yield Withdrawn()
            else:
                spent.outcome = "answered"
                breaker.succeeded()
                self._answering = provider
                return
            finally:
                if request_id is not None:
                    await self._meter.close(request_id, provider, request, spent)
        raise failure

    def _to_ask(self) -> Iterator[Provider]:
        """In order, those that are well; if that is none, those that rest: they can only be well again."""
        resting = []
        found = False
        for provider in self._in_order():
            if self._breaker_of(provider.name).allows(monotonic()):
                found = True
                yield provider
            else:
                self._note(provider.name, "resting")
                resting.append(provider)
        if not found:
            yield from resting

    def _in_order(self) -> list[Provider]:
        first = [provider for provider in self._providers if provider is self._answering]
        return first + [provider for provider in self._providers if provider not in first]

    def _note(self, engine: str, code: str) -> None:
        if {"engine": engine, "code": code} not in self.fallbacks:
            self.fallbacks.append({"engine": engine, "code": code})


def _traced(
    provider: Provider, request: ModelRequest, index: int, spent: Spent
) -> AsyncIterator[ProviderEvent]:
    """What the provider streams, within a span that tells what it took and nothing of what was said."""

    def outcome() -> dict[str, object]:
        usage = spent.usage
        return {
            "voice2task__characters": spent.characters,
            "voice2task__first_token_ms": spent.milliseconds(spent.first_token_at)
            if spent.first_token_at
            else None,
            "gen_ai__usage__input_tokens": usage.input_tokens + usage.cached_input_tokens if usage else None,
            "gen_ai__usage__output_tokens": usage.output_tokens if usage else None,
        }

    return traced(
        provider.stream(request),
        "turn.answer",
        outcome=outcome,
        gen_ai__operation__name="chat",
        gen_ai__provider__name=provider.name,
        gen_ai__request__model=provider.model or None,
        voice2task__step=index,
    )


async def _watched(events: AsyncIterator[ProviderEvent], spent: Spent) -> AsyncIterator[ProviderEvent]:
    """The events as they come, with `spent` kept up to date."""
    async for event in events:
        match event:
            case TextDelta(text):
                spent.characters += len(text)
            case Usage():
                spent.usage = event
            case ToolCallReady(call):
                spent.characters += len(str(call.arguments))
        if spent.first_token_at is None and not isinstance(event, Usage):
            spent.first_token_at = monotonic()
        yield event
    spent.ended_at = monotonic()
