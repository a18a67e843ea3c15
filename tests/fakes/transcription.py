"""Audio transcriptions, streamed if asked. https://platform.openai.com/docs/api-reference/audio"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from aiohttp import web

from tests.fakes.openai import failure
from tests.fakes.script import Answer, words
from tests.fakes.server import Vendor

JSON = dict[str, Any]


async def read(request: web.Request) -> JSON:
    """The form's fields; of the file its name, its size and its SHA-256."""
    form = await request.post()
    body: JSON = {name: value for name, value in form.items() if isinstance(value, str)}
    file = form["file"]
    assert isinstance(file, web.FileField)
    with file.file as opened:
        content = opened.read()
    digest = hashlib.sha256(content).hexdigest()
    return body | {"file": {"name": file.filename, "bytes": len(content), "sha256": digest}}


def frames(body: JSON, answer: Answer) -> Iterator[bytes]:
    """Deltas and the whole text, as events; without `stream` one JSON object."""
    if body.get("stream") != "true":
        named = {"language": "english"} if body.get("response_format") == "verbose_json" else {}
        yield json.dumps({"text": answer.text, **named}).encode()
        return
    for word in words(answer.text):
        yield _frame({"type": "transcript.text.delta", "delta": word})
    yield _frame({"type": "transcript.text.done", "text": answer.text})


def _frame(value: JSON) -> bytes:
    return b"data: " + json.dumps(value).encode() + b"\n\n"


def media_type(body: JSON) -> str:
    return "text/event-stream" if body.get("stream") == "true" else "application/json"


TRANSCRIPTION = Vendor(
    "transcription", "/v1/audio/transcriptions", "/v1", frames, failure, read=read, media_type=media_type
)
