"""Chat Completions, streamed. https://platform.openai.com/docs/api-reference/chat-streaming"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.fakes.script import Answer, words
from tests.fakes.server import Vendor

JSON = dict[str, Any]

ERROR_TYPES = {400: "invalid_request_error", 401: "invalid_request_error", 429: "rate_limit_error"}


def _frame(value: JSON) -> bytes:
    return b"data: " + json.dumps(value).encode() + b"\n\n"


def frames(body: JSON, answer: Answer) -> Iterator[bytes]:
    """`data:` lines of chunks, the last of them with usage and without a choice, then `[DONE]`."""
    head = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": body["model"]}

    def chunk(delta: JSON, finish: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return _frame({**head, "choices": [choice], "usage": None})

    yield chunk({"role": "assistant", "content": "", "refusal": None})
    for word in words(answer.text):
        yield chunk({"content": word})
    if answer.error:
        yield _frame({"error": {"message": "Trouble.", "type": answer.error, "code": None}})
        return
    for index, call in enumerate(answer.calls):
        named = {"name": call.name, "arguments": ""}
        opening = {"index": index, "id": call.id or f"call_{index}", "type": "function", "function": named}
        yield chunk({"tool_calls": [opening]})
        for fragment in call.fragments:
            yield chunk({"tool_calls": [{"index": index, "function": {"arguments": fragment}}]})
    yield chunk({}, answer.stop_reason or ("tool_calls" if answer.calls else "stop"))
    if answer.usage and body.get("stream_options", {}).get("include_usage"):
        given, cached, produced = answer.usage
        usage = {
            "prompt_tokens": given + cached,
            "completion_tokens": produced,
            "total_tokens": given + cached + produced,
            "prompt_tokens_details": {"cached_tokens": cached},
        }
        yield _frame({**head, "choices": [], "usage": usage})
    yield b"data: [DONE]\n\n"


def failure(answer: Answer) -> JSON:
    kind = answer.error_type or ERROR_TYPES.get(answer.status, "server_error")
    return {"error": {"message": "No.", "type": kind, "param": None, "code": answer.error_type or None}}


OPENAI = Vendor("openai", "/v1/chat/completions", "/v1", frames, failure)
