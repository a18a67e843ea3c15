"""The one interface through which a turn speaks to whatever plans its steps: a model or the rules.

A provider receives a `ModelRequest` and yields `ProviderEvent`s as they come. It is called again, with the
results of the tools it asked for appended to `messages`, until an answer holds no tool call.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """What a provider is told of a tool: its name, purpose and the JSON Schema of its arguments.

    `capability` names a purpose that the rules know, as `calendar_event`; models read the description.
    """

    name: str
    description: str
    parameters: JSON
    capability: str = ""


@dataclass(frozen=True, slots=True)
class ToolCall:
    """One request to run a tool. `id` is unique within the turn and names the result that answers it.

    `malformed` is what the provider wrote in the place of arguments, if it was no JSON object.
    """

    id: str
    name: str
    arguments: JSON
    malformed: str = ""


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One entry of the history, oldest first.

    role "user": `text`, written by the user or, if `is_note`, by the turn engine.
    role "assistant": `text` and the `tool_calls` it asked for.
    role "tool": `result`, a JSON object, answering the call `tool_call_id`.
    """

    role: Literal["user", "assistant", "tool"]
    text: str = ""
    tool_calls: tuple[ToolCall, ...] = ()
    tool_call_id: str = ""
    result: Mapping[str, Any] = field(default_factory=dict)
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """All that a provider may know of a turn.

    `system` stays the same from turn to turn, so that a vendor can cache it, with the tools; `situation` is
    what follows it and does not. `moment` is when the sentence was said, aware and in the user's timezone;
    `lists` are the names of the user's task lists; `language` is an IETF tag. Without `may_call_tools` the
    answer must be text. `max_output_tokens` bounds the answer.
    """

    system: str
    messages: tuple[ChatMessage, ...]
    tools: tuple[ToolSpec, ...]
    moment: datetime
    situation: str = ""
    language: str = "en"
    lists: tuple[str, ...] = ()
    may_call_tools: bool = True
    max_output_tokens: int = 4096


class TextDelta(NamedTuple):
    """A piece of the answer's text, to be shown at once. A tuple: one is made for each token."""

    text: str


@dataclass(frozen=True, slots=True)
class ToolCallReady:
    """A tool call whose arguments are complete."""

    call: ToolCall


@dataclass(frozen=True, slots=True)
class Usage:
    """What the answer took, in tokens as the vendor counts them. The kinds of input do not overlap."""

    input_tokens: int = 0
    cached_input_tokens: int = 0
    cache_write_tokens: int = 0
    output_tokens: int = 0


# `Usage` may come more than once, each time with all that is known so far; the last one counts.
ProviderEvent = TextDelta | ToolCallReady | Usage


class ProviderError(Exception):
    """A provider gave no answer, or only part of one.

    `permanent` says that asking again cannot help. `overloaded` says that the provider has too much to do or
    the account has asked too often; `retry_after` is how many seconds it wants to be left alone, if it said.
    `status` is the HTTP status, if there was one.
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool = False,
        overloaded: bool = False,
        retry_after: float | None = None,
        status: int | None = None,
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.overloaded = overloaded
        self.retry_after = retry_after
        self.status = status

    @property
    def code(self) -> str:
        """How this failure is called where it is shown or counted."""
        if self.overloaded:
            return "overloaded"
        return "refused" if self.permanent else "unavailable"


class Provider(Protocol):
    """A planner of steps. `name` is shown to the user as the engine that answered.

    `model` is what is asked of the vendor and paid for, empty for a provider that costs nothing.
    """

    name: str
    model: str

    def body(self, request: ModelRequest) -> JSON:
        """The request as it goes over the wire, without credentials; empty if nothing does."""
        ...

    def stream(self, request: ModelRequest) -> AsyncIterator[ProviderEvent]:
        """Yield the answer to `request` as it comes. Closing the iterator ends the vendor's request.

        Raises:
            ProviderError: the provider could not answer, or not to the end.
        """
        ...
