"""What a fake vendor answers."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

JSON = dict[str, Any]

# How a note of the turn engine begins, which is no word of the user.
NOTE = "Your reply was not shown"

FRAGMENT = 7
MOST_FRAGMENTS = 1000


@dataclass(frozen=True)
class Call:
    """A tool call; arguments that are text are sent as they are, whether or not they are JSON."""

    name: str
    arguments: JSON | str = field(default_factory=dict)
    id: str = ""

    @property
    def raw(self) -> str:
        return self.arguments if isinstance(self.arguments, str) else json.dumps(self.arguments)

    @property
    def fragments(self) -> list[str]:
        """The arguments in the pieces in which they are sent: small ones, but not without end."""
        size = max(FRAGMENT, len(self.raw) // MOST_FRAGMENTS)
        return [self.raw[start : start + size] for start in range(0, len(self.raw), size)]


@dataclass(frozen=True)
class Answer:
    """One answer: text in pieces, then calls in fragments, then the end; or something that goes wrong.

    `usage` is (input, cached input, output) tokens. `pause` is slept between pieces. What goes wrong comes
    after so many frames (`pieces`): the connection is `cut`, `garbage` is sent, or an `error` event of that
    type; with `silent` nothing more is sent until the client goes away. With a `gate` nothing goes wrong
    there: the answer waits until it is opened, and goes on.
    """

    text: str = ""
    calls: tuple[Call, ...] = ()
    usage: tuple[int, int, int] | None = (100, 0, 20)
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    error_type: str = ""
    pause: float = 0.0
    pieces: int | None = None
    cut: bool = False
    garbage: bool = False
    error: str = ""
    silent: bool = False
    gate: threading.Event | None = None
    stop_reason: str = ""


Script = Callable[[JSON], Answer]


def words(text: str) -> list[str]:
    """The text in the pieces in which it is sent."""
    return re.findall(r"\s*\S+\s*$|\s*\S+", text)


def said(body: JSON) -> str:
    """What the user said last, in a request of either vendor; notes of the turn engine do not count."""
    for message in reversed(body["messages"]):
        text = _text_of(message["content"]) if message["role"] == "user" else ""
        if text and not text.startswith(NOTE):
            return text
    return ""


def results(body: JSON) -> list[JSON]:
    """The results of the tools that were called since the user spoke last."""
    found: list[JSON] = []
    for message in body["messages"]:
        if message["role"] == "tool":
            found.append(json.loads(message["content"]))
        elif message["role"] == "user":
            blocks = message["content"] if isinstance(message["content"], list) else []
            ours = [json.loads(block["content"]) for block in blocks if block["type"] == "tool_result"]
            text = _text_of(message["content"])
            if text and not text.startswith(NOTE):
                found = []
            found.extend(ours)
    return found


def in_order(*answers: Answer) -> Script:
    """These answers one after the other, whatever is asked; the last one again and again."""
    left = list(answers)
    lock = threading.Lock()

    def script(_body: JSON) -> Answer:
        with lock:
            return left.pop(0) if len(left) > 1 else left[0]

    return script


def by_step(*answers: Answer) -> Script:
    """The n-th answer once n tools have been answered since the user spoke: the same after any resumption."""

    def script(body: JSON) -> Answer:
        done, count = len(results(body)), 0
        for answer in answers:
            if count >= done:
                return answer
            count += len(answer.calls)
        return answers[-1]

    return script


def demo(body: JSON) -> Answer:
    """To any sentence: two tool calls, then a reply about what they answered."""
    done = results(body)
    if not done:
        tasks = [{"title": "Call Bob"}, {"title": "Buy milk"}]
        return Answer(calls=(Call("create_tasks", {"tasks": tasks}), Call("find_tasks", {})))
    titles = [task["title"] for task in done[0].get("tasks", ())]
    text = f"I've added {' and '.join(titles)} to your tasks." if titles else "Nothing was added."
    return Answer(text, pause=0.05)


def _text_of(content: object) -> str:
    if isinstance(content, str):
        return content
    blocks = content if isinstance(content, list) else []
    return "".join(block["text"] for block in blocks if block["type"] == "text")
