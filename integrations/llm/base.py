"""The one interface through which a turn speaks to whatever plans its steps: a model or the rules.

A provider receives a `ModelRequest` and yields `ProviderEvent`s as they come. It is called again, with the
results of the tools it asked for appended to `messages`, until an answer holds no tool call.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """What a provider is told of a tool: its name, purpose and the JSON Schema of its arguments."""

    name: str
    description: str
    parameters: JSON


@dataclass(frozen=True, slots=True)
class ToolCall:
    """One request to run a tool. `id` is unique within the turn and names the result that answers it."""

    id: str
    name: str
    arguments: JSON


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One entry of the history, oldest first.

    role "user": `text`. role "assistant": `text` and the `tool_calls` it asked for.
    role "tool": `result`, a JSON object, answering the call `tool_call_id`.
    """

    role: Literal["user", "assistant", "tool"]
    text: str = ""
    tool_calls: tuple[ToolCall, ...] = ()
    tool_call_id: str = ""
    result: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """All that a provider may know of a turn.

    `moment` is when the sentence was said, aware and in the user's timezone; `lists` are the names of the
    user's task lists; `language` is an IETF tag.
    """

    system: str
    messages: tuple[ChatMessage, ...]
    tools: tuple[ToolSpec, ...]
    moment: datetime
    language: str = "en"
    lists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextDelta:
    """A piece of the answer's text, to be shown at once."""

    text: str


@dataclass(frozen=True, slots=True)
class ToolCallReady:
    """A tool call whose arguments are complete."""

    call: ToolCall


ProviderEvent = TextDelta | ToolCallReady


class ProviderError(Exception):
    """A provider gave no answer. `permanent` says that asking again cannot help."""

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent


class Provider(Protocol):
    """A planner of steps. `name` is shown to the user as the engine that answered."""

    name: str

    def stream(self, request: ModelRequest) -> AsyncIterator[ProviderEvent]:
        """Yield the answer to `request` as it comes.

        Raises:
            ProviderError: the provider could not answer.
        """
        ...
