"""Messages, streamed. https://docs.anthropic.com/en/api/messages-streaming"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.fakes.script import Answer, words
from tests.fakes.server import Vendor

JSON = dict[str, Any]

ERROR_TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    404: "not_found_error",
    429: "rate_limit_error",
    500: "api_error",
    529: "overloaded_error",
}


def _frame(kind: str, **members: Any) -> bytes:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **members})}\n\n".encode()


def frames(body: JSON, answer: Answer) -> Iterator[bytes]:
    """Events in the documented order; the second one is a ping, as the vendor likes to send."""
    given, cached, produced = answer.usage or (0, 0, 0)
    counted = {"input_tokens": given, "cache_read_input_tokens": cached, "cache_creation_input_tokens": 0}
    message = {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": body["model"],
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {**counted, "output_tokens": 1},
    }
    yield _frame("message_start", message=message)
    yield _frame("ping")
    index = 0
    if answer.text:
        yield _frame("content_block_start", index=index, content_block={"type": "text", "text": ""})
        for word in words(answer.text):
            delta = {"type": "text_delta", "text": word}
            yield _frame("content_block_delta", index=index, delta=delta)
        yield _frame("content_block_stop", index=index)
        index += 1
    if answer.error:
        yield _frame("error", error={"type": answer.error, "message": "Trouble."})
        return
    for number, call in enumerate(answer.calls):
        block = {"type": "tool_use", "id": call.id or f"toolu_{number}", "name": call.name, "input": {}}
        yield _frame("content_block_start", index=index, content_block=block)
        for fragment in call.fragments:
            delta = {"type": "input_json_delta", "partial_json": fragment}
            yield _frame("content_block_delta", index=index, delta=delta)
        yield _frame("content_block_stop", index=index)
        index += 1
    reason = answer.stop_reason or ("tool_use" if answer.calls else "end_turn")
    ending = {"stop_reason": reason, "stop_sequence": None}
    yield _frame("message_delta", delta=ending, usage={"output_tokens": produced})
    yield _frame("message_stop")


def failure(answer: Answer) -> JSON:
    kind = answer.error_type or ERROR_TYPES.get(answer.status, "api_error")
    return {"type": "error", "error": {"type": kind, "message": "No."}}


ANTHROPIC = Vendor("anthropic", "/v1/messages", "", frames, failure)
