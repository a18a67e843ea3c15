"""A model that thinks as the rules do, and answers over a vendor's wire at a model's pace.

For suites of whole stacks: any sentence that the product understands by itself gets a sensible turn, with
tool calls and a reply, which passes through the same sockets as that of a real model.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from conversations.agent.rules.provider import answer
from integrations.llm.base import ChatMessage, ModelRequest, TextDelta, ToolCall, ToolCallReady, ToolSpec
from tests.fakes.script import NOTE, Answer, Call, Script

JSON = dict[str, Any]

ZONE = ZoneInfo("Europe/Berlin")


def at_pace(seconds: float) -> Script:
    """A script for the Chat Completions of `tests.fakes.openai`, with so many seconds between pieces."""

    def script(body: JSON) -> Answer:
        request = ModelRequest(
            system="",
            messages=tuple(_messages(body["messages"])),
            tools=tuple(ToolSpec(tool["function"]["name"], "", {}) for tool in body.get("tools", ())),
            moment=datetime.now(ZONE),
        )
        events = list(answer(request))
        text = "".join(event.text for event in events if isinstance(event, TextDelta))
        calls = [event.call for event in events if isinstance(event, ToolCallReady)]
        return Answer(text, tuple(Call(call.name, call.arguments, call.id) for call in calls), pause=seconds)

    return script


def _messages(rows: list[JSON]) -> Iterator[ChatMessage]:
    for row in rows:
        text = row.get("content") or ""
        if row["role"] == "assistant":
            yield ChatMessage("assistant", text, tuple(map(_call, row.get("tool_calls", ()))))
        elif row["role"] == "tool":
            yield ChatMessage("tool", tool_call_id=row["tool_call_id"], result=json.loads(text))
        elif row["role"] == "user" and not text.startswith(NOTE):
            yield ChatMessage("user", text)


def _call(row: JSON) -> ToolCall:
    function = row["function"]
    return ToolCall(row["id"], function["name"], json.loads(function["arguments"]))
