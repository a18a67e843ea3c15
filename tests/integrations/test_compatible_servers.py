"""Servers that speak Chat Completions each in their own way."""

from __future__ import annotations

import json

import pytest

from integrations.llm.base import ToolCall, ToolCallReady, Usage
from integrations.llm.openai import OpenAIProvider
from tests.fakes.openai import OPENAI
from tests.fakes.script import Answer
from tests.fakes.server import Vendor, running
from tests.integrations.conftest import a_request

PIECES = {
    "whole calls, every index 0": [
        {"tool_calls": [{"index": 0, "id": "a", "function": {"name": "f", "arguments": '{"x":1}'}}]},
        {"tool_calls": [{"index": 0, "id": "b", "function": {"name": "g", "arguments": "{}"}}]},
    ],
    "no index": [
        {"tool_calls": [{"id": "a", "function": {"name": "f", "arguments": '{"x":'}}]},
        {"tool_calls": [{"function": {"arguments": "1}"}}]},
        {"tool_calls": [{"id": "b", "function": {"name": "g", "arguments": None}}]},
    ],
    "arguments as an object": [
        {"tool_calls": [{"index": 0, "id": "a", "function": {"name": "f", "arguments": {"x": 1}}}]},
        {"tool_calls": [{"index": 1, "id": "b", "function": {"name": "g", "arguments": {}}}]},
    ],
    "several in one piece": [
        {
            "tool_calls": [
                {"index": 0, "id": "a", "function": {"name": "f", "arguments": '{"x":1}'}},
                {"index": 1, "id": "b", "function": {"name": "g", "arguments": "{}"}},
            ]
        },
    ],
}


@pytest.mark.parametrize("name", PIECES)
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
async def test_each_way_of_sending_two_calls_is_understood(name: str, line_end: bytes, settings):
    def frames(_body, _answer):
        yield b": a comment" + line_end * 2
        for delta in PIECES[name]:
            yield b"data:" + json.dumps({"choices": [{"delta": delta}]}).encode() + line_end * 2
        yield (
            b"data: " + json.dumps({"choices": [{"delta": {}, "finish_reason": "stop"}]}).encode() + line_end
        )

    quirky = Vendor("quirky", OPENAI.path, OPENAI.prefix, frames, OPENAI.failure)
    with running(quirky, Answer()) as fake:
        settings.OPENAI_BASE_URL = fake.base_url
        provider = OpenAIProvider()
        events = [event async for event in provider.stream(a_request())]
        await provider.aclose()
    calls = [event.call for event in events if isinstance(event, ToolCallReady)]
    assert calls == [ToolCall("a", "f", {"x": 1}), ToolCall("b", "g", {})]
    assert not any(isinstance(event, Usage) for event in events)
