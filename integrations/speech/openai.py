"""Audio transcriptions, as OpenAI and compatible servers speak it.

https://platform.openai.com/docs/api-reference/audio/createTranscription
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import orjson
from django.conf import settings

from integrations.llm.wire import BROKEN, EventReader
from integrations.speech.base import SpeechError, SpeechRequest, Transcript

# Servers without accounts want none, the client wants some.
NO_KEY = "none"
# This one answers in one piece, and names the language when asked to.
WITHOUT_STREAM = "whisper-1"
MAX_ANSWER_BYTES = 2_000_000
FIRST_SERVER_ERROR = 500
RETRYABLE_STATUSES = frozenset({408, 409, 425, 429})
PROMPT_CHARACTERS = 800
SUFFIXES = {"matroska,webm": "webm", "ogg": "ogg", "mp3": "mp3", "wav": "wav", "flac": "flac"}


class OpenAIEngine:
    """What listens behind `OPENAI_BASE_URL`, or the vendor's own."""

    name = "openai"

    def transcribe(self, request: SpeechRequest) -> Transcript:
        """See `SpeechEngine`."""
        import openai

        try:
            opened = self._client.audio.transcriptions.with_streaming_response.create(
                **self._arguments(request)
            )
            with opened as response:
                return self._read(response, request)
        except openai.APIStatusError as error:
            permanent = error.status_code < FIRST_SERVER_ERROR and error.status_code not in RETRYABLE_STATUSES
            raise SpeechError(
                f"HTTP {error.status_code}: {error.message[:300]}",
                code="refused" if permanent else "unavailable",
                permanent=permanent,
            ) from error
        except (openai.APIError, *BROKEN) as error:
            raise SpeechError(f"{type(error).__name__}: {error}") from error

    def _arguments(self, request: SpeechRequest) -> dict[str, Any]:
        suffix = SUFFIXES.get(request.container, "mp4")
        arguments: dict[str, Any] = {
            "model": settings.OPENAI_SPEECH_MODEL,
            "file": (f"recording.{suffix}", request.audio),
            "response_format": "json",
        }
        if settings.OPENAI_SPEECH_MODEL == WITHOUT_STREAM:
            arguments["response_format"] = "verbose_json"
        else:
            arguments["stream"] = True
        if request.language:
            arguments["language"] = request.language
        if request.words:
            arguments["prompt"] = ", ".join(request.words)[:PROMPT_CHARACTERS]
        return arguments

    def _read(self, response: Any, request: SpeechRequest) -> Transcript:
        if response.headers.get("content-type", "").startswith("text/event-stream"):
            return self._read_stream(response, request)
        answer = _parse(response.read())
        return _transcript(answer, request)

    def _read_stream(self, response: Any, request: SpeechRequest) -> Transcript:
        text = ""
        for event in _events(response):
            request.check()
            match event.get("type"):
                case "transcript.text.delta":
                    text += str(event.get("delta", ""))
                    request.hear(text)
                case "transcript.text.done":
                    return _transcript(event, request)
                case "error":
                    raise SpeechError(f"broke off: {event.get('error')}"[:300])
        raise SpeechError("broke off before the end")

    @cached_property
    def _client(self) -> Any:
        import httpx2
        from openai import OpenAI

        return OpenAI(
            api_key=settings.OPENAI_API_KEY or NO_KEY,
            base_url=settings.OPENAI_BASE_URL or None,
            max_retries=0,
            timeout=httpx2.Timeout(settings.SPEECH_ANSWER_SECONDS, connect=settings.LLM_CONNECT_SECONDS),
        )


def _events(response: Any) -> Iterator[dict[str, Any]]:
    reader = EventReader()
    deadline = time.monotonic() + settings.SPEECH_ANSWER_SECONDS
    size = 0
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > MAX_ANSWER_BYTES or time.monotonic() > deadline:
            raise SpeechError("the answer takes no end")
        for data in reader.feed(chunk):
            if data != b"[DONE]":
                yield _parse(data)
    for data in reader.end():
        yield _parse(data)


def _parse(data: bytes) -> dict[str, Any]:
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise SpeechError(f"not JSON: {data[:100]!r}") from error
    if not isinstance(value, dict):
        raise SpeechError(f"not an object: {data[:100]!r}")
    return value


def _transcript(answer: dict[str, Any], request: SpeechRequest) -> Transcript:
    text = answer.get("text")
    if not isinstance(text, str):
        raise SpeechError("an answer without text")
    named = str(answer.get("language") or "").lower()
    language = request.language or LANGUAGES.get(named, named if len(named) == len("en") else "")
    return Transcript(text.strip(), language)


# As the vendor names them, in English; a code is taken as it is.
LANGUAGES = {
    "english": "en",
    "german": "de",
    "spanish": "es",
    "french": "fr",
    "italian": "it",
    "portuguese": "pt",
    "dutch": "nl",
    "polish": "pl",
    "russian": "ru",
    "ukrainian": "uk",
    "turkish": "tr",
    "japanese": "ja",
    "chinese": "zh",
    "korean": "ko",
    "arabic": "ar",
    "hindi": "hi",
    "swedish": "sv",
    "danish": "da",
    "norwegian": "no",
    "finnish": "fi",
    "czech": "cs",
    "greek": "el",
    "romanian": "ro",
    "hungarian": "hu",
}
