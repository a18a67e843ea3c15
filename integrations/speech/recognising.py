"""From the bytes of a recording to its text: decoded, searched for speech, given to the engines."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

from integrations.speech.base import SpeechEngine, SpeechError, SpeechRequest, Transcript
from integrations.speech.decoding import Decoder, Sound

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Recognised:
    """`engine` is empty if nobody spoke, and no engine was asked. `fallbacks` are `{"engine", "code"}`."""

    transcript: Transcript
    engine: str
    audio_seconds: float
    fallbacks: tuple[dict[str, str], ...] = ()


class NoEngine(Exception):
    """No engine of the chain gave a text. `permanent` says that trying again later cannot help."""

    def __init__(self, fallbacks: list[dict[str, str]], *, permanent: bool, reason: str) -> None:
        super().__init__(reason)
        self.fallbacks = fallbacks
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a recording besides its sound; see `SpeechRequest`."""

    language: str = ""
    expected_language: str = ""
    words: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def decoder() -> Decoder:
    """The decoder of this process."""
    return Decoder(settings.CAPTURE_MAX_SECONDS)


@lru_cache(maxsize=1)
def engines() -> tuple[SpeechEngine, ...]:
    """One instance of each engine of the chain, in the order asked, for the life of the process."""
    return tuple(import_string(settings.SPEECH_ENGINES[name])() for name in settings.SPEECH_ENGINE_CHAIN)


def recognise(
    audio: bytes,
    hints: Hints,
    *,
    check: Callable[[], None] | None = None,
    hear: Callable[[str], None] | None = None,
) -> Recognised:
    """The text of a recording, by the first engine that gives one; `check` and `hear` as in `SpeechRequest`.

    Raises:
        Undecodable, TooLong: of `integrations.speech.decoding`.
        NoEngine
    """
    sound = decoder().decode(audio)
    request = _request(audio, sound, hints)
    if check is not None:
        request = replace(request, check=check)
    if hear is not None:
        request = replace(request, hear=hear)
    if not request.speech:
        return Recognised(Transcript(""), "", sound.seconds)
    fallbacks: list[dict[str, str]] = []
    errors: list[SpeechError] = []
    for engine in engines():
        request.check()
        started = time.monotonic()
        try:
            transcript = engine.transcribe(request)
        except SpeechError as error:
            logger.warning("speech_engine_failed", engine=engine.name, code=error.code, error=str(error))
            fallbacks.append({"engine": engine.name, "code": error.code})
            errors.append(error)
            continue
        logger.info("speech_recognised", engine=engine.name, seconds=round(time.monotonic() - started, 3))
        return Recognised(transcript, engine.name, sound.seconds, tuple(fallbacks))
    permanent = bool(errors) and all(error.permanent for error in errors)
    raise NoEngine(fallbacks, permanent=permanent, reason="; ".join(map(str, errors)) or "no engine is set")


def _request(audio: bytes, sound: Sound, hints: Hints) -> SpeechRequest:
    # Loads the voice activity detector, which only a process that listens is to pay for.
    from integrations.speech.local import speech_in

    return SpeechRequest(
        audio=audio,
        container=sound.container,
        samples=sound.samples,
        speech=speech_in(sound.samples),
        language=hints.language,
        expected_language=hints.expected_language,
        words=hints.words,
    )
