"""An engine behind a socket, and the worker's work done in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from integrations.speech.recognising import decoder, engines
from tests import recordings
from tests.fakes.script import Answer, Script
from tests.fakes.server import Fake, running
from tests.fakes.transcription import TRANSCRIPTION

CAPTURES = "/api/v1/captures/"

Ears = Callable[..., Fake]


@pytest.fixture
def ears(settings: Any) -> Iterator[Ears]:
    """Puts a fake in the place of the vendor: `ears(script)`, or `ears("what it hears")`."""
    with ExitStack() as stack:

        def connect(script: Script | Answer | str = recordings.SAID) -> Fake:
            answer = Answer(script) if isinstance(script, str) else script
            fake = stack.enter_context(running(TRANSCRIPTION, answer))
            settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = fake.base_url, "key"
            settings.SPEECH_ENGINE_CHAIN = ["openai"]
            engines.cache_clear()
            return fake

        yield connect
        engines.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def _no_decoder_waits() -> Iterator[None]:
    yield
    decoder().close()


def upload(client: APIClient, audio: bytes | None = None, *, mime: str = "audio/wav", **fields: Any):
    """POST a recording, under an id of its own unless one is given."""
    audio = recordings.spoken() if audio is None else audio
    file = SimpleUploadedFile("recording", audio, content_type=mime)
    form = {"id": str(uuid4()), "audio": file, **fields}
    return client.post(CAPTURES, form, format="multipart")


def kept(client: APIClient, audio: bytes | None = None, **fields: Any) -> dict:
    answer = upload(client, audio, **fields)
    assert answer.status_code == 202, answer.content
    return answer.json()


def read(client: APIClient, capture_id: str) -> dict:
    answer = client.get(f"{CAPTURES}{capture_id}/")
    assert answer.status_code == 200, answer.content
    return answer.json()


def code(answer) -> str:
    return answer.json()["errors"][0]["code"]
