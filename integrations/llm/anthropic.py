"""Messages, as Anthropic speaks it. https://docs.anthropic.com/en/api/messages-streaming"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import aclosing
from typing import Any
from weakref import WeakKeyDictionary

import anthropic
import httpx2
import orjson
from anthropic import AsyncAnthropic, AsyncStream, DefaultAioHttpClient
from anthropic.types import Message, RawMessageStreamEvent
from django.conf import settings

from integrations.llm.base import (
    JSON,
    ModelRequest,
    ProviderError,
    ProviderEvent,
    TextDelta,
    ToolCallReady,
    Usage,
)
from integrations.llm.wire import (
    Exchange,
    Patience,
    arguments_of,
    call_from,
    exchanges,
    failure_of,
    read_events,
    too_long_to_wait,
)

CACHED = {"type": "ephemeral"}
# The HTTP status that an error has when it comes before the stream, by its type.
STATUSES = {
    "invalid_request_error": 400,
    "authentication_error": 401,
    "permission_error": 403,
    "not_found_error": 404,
    "request_too_large": 413,
    "rate_limit_error": 429,
    "api_error": 500,
    "overloaded_error": 529,
}


class _Client(AsyncAnthropic):
    def _should_retry(self, response: httpx2.Response) -> bool:
        return super()._should_retry(response) and not too_long_to_wait(response.headers)


class AnthropicProvider:
    """Claude, or a server that speaks like it behind `ANTHROPIC_BASE_URL`."""

    name = "anthropic"

    def __init__(self) -> None:
        self.model: str = settings.ANTHROPIC_MODEL
        self._clients: WeakKeyDictionary[asyncio.AbstractEventLoop, AsyncAnthropic] = WeakKeyDictionary()

    def body(self, request: ModelRequest) -> JSON:
        """See `Provider`. Tools and the stable part of the prompt are cached; what follows them is not."""
        system: list[JSON] = [{"type": "text", "text": request.system, "cache_control": CACHED}]
        if request.situation:
            system.append({"type": "text", "text": request.situation})
        body: JSON = {
            "model": self.model,
            "max_tokens": request.max_output_tokens,
            "system": system,
            "messages": _messages(request),
            "stream": True,
        }
        if request.tools:
            tools: list[JSON] = [
                {"name": tool.name, "description": tool.description, "input_schema": tool.parameters}
                for tool in request.tools
            ]
            tools[-1]["cache_control"] = CACHED
            body["tools"] = tools
            body["tool_choice"] = {"type": "auto" if request.may_call_tools else "none"}
        return body

    async def stream(self, request: ModelRequest) -> AsyncIterator[ProviderEvent]:
        """See `Provider`."""
        patience = Patience(first=settings.LLM_FIRST_TOKEN_SECONDS, idle=settings.LLM_IDLE_SECONDS)
        try:
            async with asyncio.timeout_at(patience.deadline):
                # The SDK would go through the body by its types and write it by `json`: milliseconds.
                opened = await self._client().post(
                    "/v1/messages",
                    content=orjson.dumps(self.body(request)),
                    cast_to=Message,
                    stream=True,
                    stream_cls=AsyncStream[RawMessageStreamEvent],
                )
        except TimeoutError as error:
            raise patience.exhausted() from error
        except anthropic.APIStatusError as error:
            raise failure_of(error.status_code, error.response.headers, error.body) from error
        except anthropic.APIError as error:
            raise ProviderError(f"{type(error).__name__}: {error.message}") from error
        try:
            async with aclosing(read_events(opened.response.aiter_bytes(), patience)) as events:
                async for event in _understood(events, patience):
                    yield event
        finally:
            await opened.response.aclose()

    async def aclose(self) -> None:
        """Close the connections of the running loop."""
        client = self._clients.pop(asyncio.get_running_loop(), None)
        if client is not None:
            await client.close()

    def _client(self) -> AsyncAnthropic:
        loop = asyncio.get_running_loop()
        client = self._clients.get(loop)
        if client is None:
            # `Patience` knows how long to wait for words; a second clock would be wound up with each of them.
            timeout = httpx2.Timeout(None, connect=settings.LLM_CONNECT_SECONDS)
            client = self._clients[loop] = _Client(
                api_key=settings.ANTHROPIC_API_KEY or "none",
                base_url=settings.ANTHROPIC_BASE_URL or None,
                max_retries=settings.LLM_RETRIES,
                timeout=timeout,
                http_client=DefaultAioHttpClient(timeout=timeout),
            )
        return client


def _messages(request: ModelRequest) -> list[JSON]:
    """The history; neighbours of the same role are one message, as the protocol wants it."""
    messages: list[JSON] = []
    for exchange in exchanges(request.messages):
        for role, blocks in _blocks(exchange):
            if messages and messages[-1]["role"] == role:
                messages[-1]["content"].extend(blocks)
            else:
                messages.append({"role": role, "content": blocks})
    if messages and messages[0]["role"] == "assistant":
        messages.insert(0, {"role": "user", "content": [{"type": "text", "text": "…"}]})
    return messages


def _blocks(exchange: Exchange) -> Iterator[tuple[str, list[JSON]]]:
    said: list[JSON] = [{"type": "text", "text": exchange.text}] if exchange.text.strip() else []
    uses: Sequence[JSON] = [
        {"type": "tool_use", "id": call.id, "name": call.name, "input": arguments_of(call)}
        for call, _ in exchange.calls
    ]
    if said or uses:
        yield exchange.role, [*said, *uses]
    if exchange.calls:
        yield (
            "user",
            [
                {
                    "type": "tool_result",
                    "tool_use_id": call.id,
                    "content": orjson.dumps(result, default=str).decode(),
                }
                for call, result in exchange.calls
            ],
        )


class _Answer:
    """What has come of an answer so far."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, list[str]]] = []
        self.stop_reason = ""
        self.spoke = False
        self._usage: dict[str, int] = {}

    def usage(self, usage: Mapping[str, Any]) -> Usage:
        """All that is known: later counts are totals and take the place of earlier ones."""
        self._usage |= {name: value for name, value in usage.items() if isinstance(value, int)}
        return Usage(
            input_tokens=self._usage.get("input_tokens", 0),
            cached_input_tokens=self._usage.get("cache_read_input_tokens", 0),
            cache_write_tokens=self._usage.get("cache_creation_input_tokens", 0),
            output_tokens=self._usage.get("output_tokens", 0),
        )

    def ready(self) -> Iterator[ToolCallReady]:
        for call_id, name, pieces in self.calls:
            call = call_from(call_id, name, "".join(pieces))
            if not (self.stop_reason == "max_tokens" and call.malformed):
                yield ToolCallReady(call)


async def _understood(events: AsyncIterator[JSON | None], patience: Patience) -> AsyncIterator[ProviderEvent]:
    """The provider's events of a stream of message events.

    Raises:
        ProviderError: an error in the stream, a refusal without a word, or an end before the end.
    """
    answer = _Answer()
    ended = False
    async for event in events:
        kind = (event or {}).get("type")
        if event is None or kind == "ping":
            continue
        patience.heard()
        if kind == "message_stop":
            ended = True
            break
        for understood in _of_event(kind, event, answer):
            yield understood
    if not ended:
        raise ProviderError("the answer broke off")
    if answer.stop_reason == "refusal" and not answer.spoke:
        raise ProviderError("the model refused to answer", permanent=True)
    for ready in answer.ready():
        yield ready


def _of_event(kind: str | None, event: JSON, answer: _Answer) -> Iterator[ProviderEvent]:
    match kind:
        case "content_block_delta":
            yield from _of_delta(event.get("delta") or {}, answer)
        case "content_block_start":
            block = event.get("content_block") or {}
            if block.get("type") == "tool_use":
                answer.calls.append((block.get("id", ""), block.get("name", ""), []))
            elif text := block.get("text"):
                answer.spoke = True
                yield TextDelta(text)
        case "message_start":
            yield answer.usage((event.get("message") or {}).get("usage") or {})
        case "message_delta":
            answer.stop_reason = (event.get("delta") or {}).get("stop_reason") or answer.stop_reason
            yield answer.usage(event.get("usage") or {})
        case "error":
            error = event.get("error") or {}
            raise failure_of(STATUSES.get(error.get("type", ""), 500), {}, error)


def _of_delta(delta: Mapping[str, Any], answer: _Answer) -> Iterator[ProviderEvent]:
    if delta.get("type") == "text_delta" and (text := delta.get("text")):
        answer.spoke = True
        yield TextDelta(text)
    elif delta.get("type") == "input_json_delta" and answer.calls:
        answer.calls[-1][2].append(delta.get("partial_json") or "")
