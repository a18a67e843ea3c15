"""The vendor's engine on a real socket, and the chain that goes on to the next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from integrations.speech import recognising
from integrations.speech.base import SpeechError, SpeechRequest, Transcript
from integrations.speech.openai import OpenAIEngine
from integrations.speech.recognising import Hints, NoEngine, recognise
from tests import recordings
from tests.fakes.script import Answer
from tests.fakes.server import Fake, running
from tests.fakes.transcription import TRANSCRIPTION


@pytest.fixture
def vendor(settings: Any) -> Iterator[Fake]:
    with running(TRANSCRIPTION, Answer("call Bob and buy milk")) as fake:
        settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = fake.base_url, "key"
        yield fake


@pytest.fixture
def engine() -> Iterator[OpenAIEngine]:
    """As a process has it, but for the end of a test, when its connections end too."""
    made = OpenAIEngine()
    yield made
    made._client.close()


def a_request(**fields: Any) -> SpeechRequest:
    audio = recordings.spoken("webm")
    return SpeechRequest(audio, "matroska,webm", np.zeros(16_000, np.float32), ((0, 16_000),), **fields)


def test_it_streams_what_it_hears(vendor: Fake, engine: OpenAIEngine):
    heard: list[str] = []
    request = a_request(language="de", words=("Bob", "Groceries"), hear=heard.append)
    assert engine.transcribe(request) == Transcript("call Bob and buy milk", "de")
    assert heard[0] == "call"
    assert heard[-1] == "call Bob and buy milk"
    [seen] = vendor.requests
    assert seen.headers["Authorization"] == "Bearer key"
    body = dict(seen.body)
    assert body.pop("file")["bytes"] == len(request.audio)
    assert body == {
        "model": "gpt-4o-mini-transcribe",
        "response_format": "json",
        "stream": "true",
        "language": "de",
        "prompt": "Bob, Groceries",
    }
    assert seen.body["file"]["name"] == "recording.webm"


def test_a_model_that_does_not_stream_names_the_language(vendor: Fake, engine: OpenAIEngine, settings):
    settings.OPENAI_SPEECH_MODEL = "whisper-1"
    assert engine.transcribe(a_request()) == Transcript("call Bob and buy milk", "en")
    assert "stream" not in vendor.requests[0].body


@pytest.mark.parametrize(
    ("answer", "code", "permanent"),
    [
        (Answer(status=500), "unavailable", False),
        (Answer(status=429), "unavailable", False),
        (Answer(status=401), "refused", True),
        (Answer(status=400), "refused", True),
        (Answer("call Bob and", pieces=1, cut=True), "unavailable", False),
        (Answer("call Bob and", pieces=1, garbage=True), "unavailable", False),
        (Answer("call Bob and", pieces=2), "unavailable", False),
        (Answer("call Bob", pieces=1, silent=True), "unavailable", False),
    ],
)
def test_what_may_go_wrong(
    vendor: Fake, engine: OpenAIEngine, settings, answer: Answer, code: str, permanent: bool
):
    settings.SPEECH_ANSWER_SECONDS = 0.5 if answer.silent else 20
    vendor.script = lambda _body: answer
    with pytest.raises(SpeechError) as failed:
        engine.transcribe(a_request())
    assert (failed.value.code, failed.value.permanent) == (code, permanent)


def test_nobody_at_the_address(engine: OpenAIEngine, settings):
    settings.OPENAI_BASE_URL = "http://127.0.0.1:9/v1"
    with pytest.raises(SpeechError) as failed:
        engine.transcribe(a_request())
    assert not failed.value.permanent


class Stubborn:
    name = "stubborn"

    def __init__(self, *, permanent: bool) -> None:
        self._permanent = permanent

    def transcribe(self, request: SpeechRequest) -> Transcript:
        raise SpeechError("no", code="refused", permanent=self._permanent)


def test_the_next_engine_stands_in(vendor: Fake, engine: OpenAIEngine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(recognising, "engines", lambda: (Stubborn(permanent=False), engine))
    recognised = recognise(recordings.spoken(), Hints())
    assert (recognised.engine, recognised.transcript.text) == ("openai", "call Bob and buy milk")
    assert recognised.fallbacks == ({"engine": "stubborn", "code": "refused"},)
    assert recognised.audio_seconds == pytest.approx(3.67, abs=0.01)


@pytest.mark.parametrize("permanent", [True, False])
def test_no_engine_at_all(monkeypatch: pytest.MonkeyPatch, permanent: bool):
    monkeypatch.setattr(
        recognising, "engines", lambda: (Stubborn(permanent=True), Stubborn(permanent=permanent))
    )
    with pytest.raises(NoEngine) as failed:
        recognise(recordings.spoken(), Hints())
    assert failed.value.permanent is permanent
    assert len(failed.value.fallbacks) == 2


def test_of_silence_nobody_is_asked(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(recognising, "engines", lambda: (Stubborn(permanent=True),))
    for audio in (recordings.silence(3.0), recordings.encoded(noise(), "wav")):
        recognised = recognise(audio, Hints())
        assert (recognised.transcript.text, recognised.engine) == ("", "")


def noise() -> np.ndarray:
    return np.random.default_rng(1).normal(0, 200, 3 * recordings.RATE).astype(np.int16)
