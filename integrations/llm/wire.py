"""What the vendors' protocols have in common: server-sent events, failures, and histories they will take.

Server-sent events as in the HTML standard, section 9.2, of which only the data of each event matters here.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

import aiohttp
import httpx2
import orjson
from django.utils import timezone

from integrations.llm.base import ChatMessage, ProviderError, ToolCall

JSON = dict[str, Any]
T = TypeVar("T")

# Of the stream: 32,000 tokens come in as many chunks, of two to three hundred bytes each.
MAX_ANSWER_BYTES = 16_000_000
MALFORMED_SHOWN = 2_000
# The longest a vendor's own client waits before it asks again: rather than that, another engine is asked.
LONGEST_RETRY_SECONDS = 2.0
OVERLOADED_STATUSES = frozenset({429, 503, 529})
# Worth asking again although the fault is called the client's: timeout, conflict, too early.
RETRYABLE_STATUSES = frozenset({408, 409, 425})
FIRST_SERVER_ERROR = 500
# How a connection may break while an answer is read, whichever layer notices first.
BROKEN = (httpx2.HTTPError, httpx2.StreamError, aiohttp.ClientError, OSError)

NOT_RUN: Mapping[str, Any] = {"status": "not_run"}


class EventReader:
    """Cuts a byte stream into the data of its events."""

    def __init__(self) -> None:
        self._rest = b""
        self._data: list[bytes] = []

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The data of every event that `chunk` completes."""
        lines = (self._rest + chunk).split(b"\n")
        self._rest = lines.pop()
        for line in lines:
            stripped = line.removesuffix(b"\r")
            if stripped.startswith(b"data:"):
                self._data.append(stripped[5:].removeprefix(b" "))
            elif not stripped and self._data:
                yield b"\n".join(self._data)
                self._data = []

    def end(self) -> Iterator[bytes]:
        """The data of an event that the stream ended without completing."""
        yield from self.feed(b"\n\n")


class Patience:
    """How long one task waits for the first word, and then for each next one.

    One alarm goes with the whole stream, and is put off when it rings too early: to wind one up for each
    word, as `asyncio.timeout_at` does, would cost what all the rest does.
    """

    def __init__(self, *, first: float, idle: float) -> None:
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.current_task(self._loop)
        self._idle = idle
        self._first = True
        self.deadline = self._loop.time() + first
        self._alarm: asyncio.TimerHandle | None = None
        self._waits = False
        self._rang = False

    def heard(self) -> None:
        """Something came that was not merely a sign of life."""
        if self._first:
            # The next word may have less time than the first: what is set now would ring too late.
            self._first = False
            self.end()
        self.deadline = self._loop.time() + self._idle

    async def wait_for(self, something: Awaitable[T]) -> T:
        """Wait until the deadline.

        Raises:
            ProviderError: it is exhausted.
        """
        task = self._task
        if task is None:
            raise RuntimeError("waits in a task")
        cancelled_before = task.cancelling()
        if self._alarm is None:
            self._alarm = self._loop.call_at(self.deadline, self._ring)
        self._waits = True
        try:
            return await something
        except asyncio.CancelledError:
            if self._rang and task.uncancel() <= cancelled_before:
                raise self.exhausted() from None
            raise
        finally:
            self._waits = False

    def end(self) -> None:
        """Nothing is waited for any more."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def exhausted(self) -> ProviderError:
        return ProviderError("no first word in time" if self._first else "fell silent")

    def _ring(self) -> None:
        self._alarm = None
        if not self._waits:
            return
        if self._loop.time() < self.deadline:
            self._alarm = self._loop.call_at(self.deadline, self._ring)
        elif self._task is not None:
            self._rang = True
            self._task.cancel()


async def read_events(chunks: AsyncIterator[bytes], patience: Patience) -> AsyncGenerator[JSON | None]:
    """The events of a stream, parsed; None for the `[DONE]` with which some end.

    Raises:
        ProviderError: silence, a broken connection, more than `MAX_ANSWER_BYTES`, or what is no JSON object.
    """
    reader = EventReader()
    size = 0
    try:
        while True:
            try:
                chunk = await patience.wait_for(anext(chunks))
            except StopAsyncIteration:
                break
            except TimeoutError as error:
                raise patience.exhausted() from error
            except BROKEN as error:
                raise ProviderError(f"the connection broke: {error}") from error
            size += len(chunk)
            if size > MAX_ANSWER_BYTES:
                raise ProviderError("the answer is too long", permanent=True)
            for data in reader.feed(chunk):
                yield parse(data)
        for data in reader.end():
            yield parse(data)
    finally:
        patience.end()


def parse(data: bytes) -> JSON | None:
    if data == b"[DONE]":
        return None
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise ProviderError(f"not JSON: {data[:100]!r}") from error
    if not isinstance(value, dict):
        raise ProviderError(f"not an object: {data[:100]!r}")
    return value


def call_from(call_id: str, name: str, arguments: str) -> ToolCall:
    """A tool call whose arguments came as text; no text at all is no arguments."""
    try:
        value = orjson.loads(arguments) if arguments.strip() else {}
    except orjson.JSONDecodeError:
        value = None
    if isinstance(value, dict):
        return ToolCall(call_id, name, value)
    return ToolCall(call_id, name, {}, malformed=arguments[:MALFORMED_SHOWN])


def failure_of(status: int, headers: Mapping[str, str], body: object) -> ProviderError:
    """The typed error of an HTTP answer that is none."""
    detail = body if isinstance(body, Mapping) else {}
    error = detail.get("error", detail)
    kind = str(error.get("code") or error.get("type") or "") if isinstance(error, Mapping) else ""
    message = str(error.get("message", "")) if isinstance(error, Mapping) else str(error)
    text = f"HTTP {status} {kind}: {message[:300]}"
    # An account without money is "rate limited" too, and will be tomorrow.
    if kind == "insufficient_quota":
        return ProviderError(text, permanent=True, status=status)
    if status in OVERLOADED_STATUSES:
        return ProviderError(text, overloaded=True, retry_after=retry_after(headers), status=status)
    permanent = status < FIRST_SERVER_ERROR and status not in RETRYABLE_STATUSES
    return ProviderError(text, permanent=permanent, status=status)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds, from a `Retry-After` of either form (RFC 9110, section 10.2.3); None if there is none."""
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (moment - timezone.now()).total_seconds()) if moment.tzinfo else None


def too_long_to_wait(headers: Mapping[str, str]) -> bool:
    """Whether an answer asks to be left alone for longer than a turn should wait."""
    return (retry_after(headers) or 0.0) > LONGEST_RETRY_SECONDS


@dataclass(frozen=True, slots=True)
class Exchange:
    """One entry of a history that any vendor takes.

    `text` of role "user" or "assistant"; of an assistant also `calls`, each with its result.
    """

    role: str
    text: str
    calls: Sequence[tuple[ToolCall, Mapping[str, Any]]] = ()


def exchanges(messages: Sequence[ChatMessage]) -> Iterator[Exchange]:
    """The history with ids unique throughout, every call answered, and nothing answered that was not called.

    Ids are unique within a turn only; a turn that was cut short has calls without results.
    """
    number = 0
    for position, message in enumerate(messages):
        if message.role == "user" and message.text:
            yield Exchange("user", message.text)
        elif message.role == "assistant" and (message.text or message.tool_calls):
            results = _results_after(messages, position)
            calls = []
            for call in message.tool_calls:
                number += 1
                named = ToolCall(f"call_{number}", call.name, call.arguments, call.malformed)
                calls.append((named, results.get(call.id, NOT_RUN)))
            yield Exchange("assistant", message.text, calls)


def arguments_of(call: ToolCall) -> JSON:
    """What a call is shown to have been given."""
    return {"malformed": call.malformed} if call.malformed else call.arguments


def _results_after(messages: Sequence[ChatMessage], position: int) -> dict[str, Mapping[str, Any]]:
    results: dict[str, Mapping[str, Any]] = {}
    for message in messages[position + 1 :]:
        if message.role != "tool":
            break
        results.setdefault(message.tool_call_id, message.result)
    return results
