"""Chat Completions, as OpenAI and every compatible server speak it (Ollama, vLLM, llama.cpp, OpenRouter).

https://platform.openai.com/docs/api-reference/chat-streaming
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import httpx2
import openai
import orjson
from django.conf import settings
from openai import AsyncOpenAI, AsyncStream, DefaultAioHttpClient
from openai.types.chat import ChatCompletionChunk

from integrations.llm.base import (
    JSON,
    ModelRequest,
    ProviderError,
    ProviderEvent,
    TextDelta,
    ToolCallReady,
    ToolSpec,
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

# Servers without accounts want none, the client wants some.
NO_KEY = "none"


class _Client(AsyncOpenAI):
    def _should_retry(self, response: httpx2.Response) -> bool:
        return super()._should_retry(response) and not too_long_to_wait(response.headers)


class OpenAIProvider:
    """A model behind `OPENAI_BASE_URL`, or the vendor's own."""

    name = "openai"

    def __init__(self) -> None:
        self.model: str = settings.OPENAI_MODEL
        self._clients: WeakKeyDictionary[asyncio.AbstractEventLoop, AsyncOpenAI] = WeakKeyDictionary()

    def body(self, request: ModelRequest) -> JSON:
        """See `Provider`."""
        system = "\n\n".join(filter(None, [request.system, request.situation]))
        messages: list[JSON] = [{"role": "system", "content": system}]
        for exchange in exchanges(request.messages):
            messages.extend(_messages(exchange))
        # Compatible servers know the older name only, the vendor's newer models only the newer.
        limit = "max_tokens" if settings.OPENAI_BASE_URL else "max_completion_tokens"
        body: JSON = {
            "model": self.model,
            "messages": messages,
            "stream": True,
            "stream_options": {"include_usage": True},
            limit: request.max_output_tokens,
        }
        if request.tools:
            body["tools"] = [_tool(tool) for tool in request.tools]
            body["tool_choice"] = "auto" if request.may_call_tools else "none"
        return body

    async def stream(self, request: ModelRequest) -> AsyncIterator[ProviderEvent]:
        """See `Provider`."""
        patience = Patience(first=settings.LLM_FIRST_TOKEN_SECONDS, idle=settings.LLM_IDLE_SECONDS)
        try:
            async with asyncio.timeout_at(patience.deadline):
                # The SDK would go through the body by its types and write it by `json`: milliseconds.
                opened = await self._client().post(
                    "/chat/completions",
                    content=orjson.dumps(self.body(request)),
                    options={"security": {"bearer_auth": True}},
                    cast_to=ChatCompletionChunk,
                    stream=True,
                    stream_cls=AsyncStream[ChatCompletionChunk],
                )
        except TimeoutError as error:
            raise patience.exhausted() from error
        except openai.APIStatusError as error:
            raise failure_of(error.status_code, error.response.headers, error.body) from error
        except openai.APIError as error:
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

    def _client(self) -> AsyncOpenAI:
        loop = asyncio.get_running_loop()
        client = self._clients.get(loop)
        if client is None:
            # `Patience` knows how long to wait for words; a second clock would be wound up with each of them.
            timeout = httpx2.Timeout(None, connect=settings.LLM_CONNECT_SECONDS)
            client = self._clients[loop] = _Client(
                api_key=settings.OPENAI_API_KEY or NO_KEY,
                base_url=settings.OPENAI_BASE_URL or None,
                max_retries=settings.LLM_RETRIES,
                timeout=timeout,
                http_client=DefaultAioHttpClient(timeout=timeout),
            )
        return client


def _messages(exchange: Exchange) -> Iterator[JSON]:
    if not exchange.calls:
        yield {"role": exchange.role, "content": exchange.text}
        return
    calls = [
        {
            "id": call.id,
            "type": "function",
            "function": {"name": call.name, "arguments": orjson.dumps(arguments_of(call)).decode()},
        }
        for call, _ in exchange.calls
    ]
    yield {"role": "assistant", "content": exchange.text or None, "tool_calls": calls}
    for call, result in exchange.calls:
        yield {"role": "tool", "tool_call_id": call.id, "content": orjson.dumps(result, default=str).decode()}


def _tool(tool: ToolSpec) -> JSON:
    function = {"name": tool.name, "description": tool.description, "parameters": tool.parameters}
    return {"type": "function", "function": function}


@dataclass(slots=True)
class _Fragments:
    """A tool call as it comes in: id and name at once, arguments in pieces."""

    id: str = ""
    name: str = ""
    arguments: list[str] = field(default_factory=list)


class _Calls:
    """The tool calls of one answer. Servers differ in which of index and id they give, and how often."""

    def __init__(self) -> None:
        self._slots: list[_Fragments] = []
        self._by_index: dict[int, _Fragments] = {}

    def add(self, delta: Mapping[str, Any]) -> None:
        function = delta.get("function") or {}
        slot = self._slot(delta.get("index"), delta.get("id") or "", bool(function.get("name")))
        slot.id = slot.id or delta.get("id") or ""
        slot.name = slot.name or function.get("name") or ""
        arguments = function.get("arguments")
        if isinstance(arguments, Mapping):
            arguments = orjson.dumps(arguments).decode()
        if arguments:
            slot.arguments.append(str(arguments))

    def ready(self, *, cut: bool) -> Iterator[ToolCallReady]:
        """The calls in order. Of an answer that was cut at its token limit, only those that are whole."""
        for slot in self._slots:
            call = call_from(slot.id, slot.name, "".join(slot.arguments))
            if not (cut and call.malformed):
                yield ToolCallReady(call)

    def _slot(self, index: int | None, call_id: str, is_named: bool) -> _Fragments:
        known = self._by_index.get(index) if index is not None else None
        if known is None and index is None and not is_named and self._slots:
            known = self._slots[-1]
        # Some servers number every call 0: a second id, or a second name, begins a second call.
        if known is not None and not (call_id and known.id and call_id != known.id):
            return known
        slot = _Fragments()
        self._slots.append(slot)
        if index is not None:
            self._by_index[index] = slot
        return slot


class _Answer:
    """What has come of an answer so far."""

    def __init__(self) -> None:
        self.calls = _Calls()
        self.finish = ""
        self.spoke = False

    def take(self, choice: Mapping[str, Any]) -> str:
        """Take what a chunk adds; returns its text."""
        delta = choice.get("delta") or {}
        for call in delta.get("tool_calls") or ():
            self.calls.add(call)
        self.finish = choice.get("finish_reason") or self.finish
        text: str = delta.get("content") or delta.get("refusal") or ""
        self.spoke = self.spoke or bool(text)
        return text


async def _understood(events: AsyncIterator[JSON | None], patience: Patience) -> AsyncIterator[ProviderEvent]:
    """The provider's events of a stream of chunks.

    Raises:
        ProviderError: an error in the stream, a refusal without a word, or an end before the end.
    """
    answer = _Answer()
    async for event in events:
        if event is None:
            break
        patience.heard()
        if error := event.get("error"):
            raise _stream_error(error)
        if usage := event.get("usage"):
            yield _usage(usage)
        for choice in (event.get("choices") or ())[:1]:
            if text := answer.take(choice):
                yield TextDelta(text)
    if not answer.finish:
        raise ProviderError("the answer broke off")
    if answer.finish == "content_filter" and not answer.spoke:
        raise ProviderError("the vendor's filter withheld the answer", permanent=True)
    for ready in answer.calls.ready(cut=answer.finish == "length"):
        yield ready


def _usage(usage: Mapping[str, Any]) -> Usage:
    cached = (usage.get("prompt_tokens_details") or {}).get("cached_tokens") or 0
    return Usage(
        input_tokens=max(0, (usage.get("prompt_tokens") or 0) - cached),
        cached_input_tokens=cached,
        output_tokens=usage.get("completion_tokens") or 0,
    )


def _stream_error(error: object) -> ProviderError:
    known = error if isinstance(error, Mapping) else {"message": str(error)}
    status = known.get("code")
    return failure_of(status if isinstance(status, int) else 500, {}, known)
