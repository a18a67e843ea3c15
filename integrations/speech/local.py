"""Whisper on this machine's processor, by faster-whisper: models that are loaded once, when first needed.

Whisper (Radford et al. 2022, https://arxiv.org/abs/2212.04356) hears windows of 30 s, and shorter recordings
are filled up with silence. Its encoder takes shorter windows just as well, as long as some silence follows
what was said; so a command of three seconds costs a quarter of a window.
"""

from __future__ import annotations

import logging
import math
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import structlog
from django.conf import settings
from faster_whisper import WhisperModel
from faster_whisper.vad import VadOptions, collect_chunks, get_speech_timestamps

from integrations.speech.weights import BASE, TINY_ENGLISH, checked

if TYPE_CHECKING:
    from integrations.speech.base import Samples

logger = structlog.get_logger(__name__)
# Tells the length of every piece, and what it would tell of text is not for logs.
logging.getLogger("faster_whisper").setLevel(logging.WARNING)

FRAME_SAMPLES = 160
# Silence that the encoder is given after what was said, in frames of 10 ms. Measured: with 1 s it tends to
# repeat itself, from 2 s on it does not, with 5 s the error rates are those of whole windows.
SILENCE_FRAMES = 500
WINDOW_FRAMES = 3000
# A window that VAD has filled up to this leaves room for some silence.
PIECE_SECONDS = 28.0
MOST_THREADS = 4
# Who speaks a language as a rule does so this much more likely than any other.
EXPECTED_WEIGHT = 5.0
NO_SPEECH_PROBABILITY = 0.6
LEAST_LOG_PROBABILITY = -1.0
# What is tried when a text repeats itself or is improbable. Each costs as much time again.
TEMPERATURES = (0.0, 0.4)


@dataclass(frozen=True, slots=True)
class Heard:
    """`probability` is 0 to 1: the geometric mean of those of all tokens."""

    text: str
    probability: float


def _go_on() -> None:
    """Nothing stops it."""


class Model(WhisperModel):
    """Encodes no more than there is to hear, and the same window only once.

    Finding the language needs the encoder's output, which the text that follows is made of as well.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path, device="cpu", compute_type="int8", cpu_threads=_threads())
        self._lock = threading.Lock()
        self._last: tuple[np.ndarray, Any] | None = None
        self._check: Callable[[], None] = _go_on

    def encode(self, features: np.ndarray) -> Any:
        window = features[..., : self._filled(features)]
        if self._last is None or not np.array_equal(self._last[0], window):
            self._check()
            self._last = (window.copy(), super().encode(window))
        return self._last[1]

    def generate_with_fallback(self, *args: Any, **kwargs: Any) -> Any:
        self._check()
        return super().generate_with_fallback(*args, **kwargs)

    def hear(self, samples: Samples, *, language: str, prompt: str = "") -> Heard:
        """What is said in at most 30 s."""
        with self._lock:
            return self._hear(samples, language, prompt, beams=5, temperatures=TEMPERATURES)

    def hear_quickly(
        self, samples: Samples, *, language: str, prompt: str, check: Callable[[], None]
    ) -> Heard:
        """The same with one hypothesis and one attempt. `check` is called between steps and may raise."""
        with self._checked(check):
            return self._hear(samples, language, prompt, beams=1, temperatures=TEMPERATURES[:1])

    def languages(self, samples: Samples, *, check: Callable[[], None] | None = None) -> Mapping[str, float]:
        """The probability of each language the model knows, from at most the first 30 s."""
        if not self.model.is_multilingual:
            return {"en": 1.0}
        with self._checked(check or _go_on):
            # The last frame is padding; without it the window is the one that `transcribe` encodes.
            features = self.feature_extractor(samples)[..., :-1]
            _, _, probabilities = self.detect_language(features=features)
        return dict(probabilities)

    @contextmanager
    def _checked(self, check: Callable[[], None]) -> Iterator[None]:
        """Have the model to oneself, and a way to be stopped between its steps."""
        with self._lock:
            self._check = check
            try:
                yield
            finally:
                self._check = _go_on

    def _hear(
        self, samples: Samples, language: str, prompt: str, *, beams: int, temperatures: Sequence[float]
    ) -> Heard:
        segments, _ = self.transcribe(
            samples,
            language=language,
            beam_size=beams,
            without_timestamps=True,
            condition_on_previous_text=False,
            temperature=temperatures,
            initial_prompt=prompt or None,
        )
        kept = [segment for segment in segments if not _is_nothing(segment)]
        probability = sum(math.exp(segment.avg_logprob) for segment in kept) / len(kept) if kept else 0.0
        return Heard(" ".join(segment.text.strip() for segment in kept), probability)

    @staticmethod
    def _filled(features: np.ndarray) -> int:
        """Up to where a window is worth encoding: what was padded with zeros is as good as cut off."""
        filled = np.flatnonzero(features.any(axis=0))
        end = int(filled[-1]) + 1 if filled.size else 0
        frames = min(end + SILENCE_FRAMES, WINDOW_FRAMES)
        return frames + frames % 2


@cache
def model(path: str) -> Model:
    """The model in a folder, or of a hub's name. Loading it takes a second or two."""
    loaded = Model(path)
    logger.info("speech_model_loaded", model=path)
    return loaded


def final_model() -> Model:
    """The model that hears every language: the one the settings name, or the one that comes along.

    Raises:
        WeightsUnavailable
    """
    return model(settings.SPEECH_MODEL or str(_base_folder()))


def quick_model(language: str) -> Model:
    """The model for text that will be replaced: a small one for English."""
    return model(str(_english_folder())) if language == "en" else final_model()


@cache
def _base_folder() -> Path:
    return checked(BASE)


@cache
def _english_folder() -> Path:
    return checked(TINY_ENGLISH)


def likeliest(probabilities: Mapping[str, float], *, expected: str = "") -> tuple[str, float]:
    """The language that was most likely spoken, and how likely, given what its speaker speaks as a rule."""
    weighted = {
        language: probability * (EXPECTED_WEIGHT if language == expected else 1.0)
        for language, probability in probabilities.items()
    }
    best = max(weighted, key=lambda language: weighted[language])
    return best, weighted[best] / (sum(weighted.values()) or 1.0)


def speech_in(samples: Samples) -> tuple[tuple[int, int], ...]:
    """Where somebody speaks, as (start, end) in samples: Silero VAD, which faster-whisper brings along."""
    options = VadOptions(max_speech_duration_s=PIECE_SECONDS, speech_pad_ms=400)
    return tuple((part["start"], part["end"]) for part in get_speech_timestamps(samples, options))


def pieces_of(samples: Samples, speech: Sequence[tuple[int, int]]) -> list[Samples]:
    """What is said, without the silence around it, in pieces of at most 28 s."""
    parts = [{"start": start, "end": end} for start, end in speech]
    pieces, _ = collect_chunks(samples, parts, max_duration=PIECE_SECONDS)
    return [piece for piece in pieces if len(piece)]


def _is_nothing(segment: Any) -> bool:
    return bool(
        segment.no_speech_prob > NO_SPEECH_PROBABILITY and segment.avg_logprob < LEAST_LOG_PROBABILITY
    )


def _threads() -> int:
    """Half of the cores unless set: the others are for whoever replies."""
    return int(settings.SPEECH_THREADS) or max(1, min((os.cpu_count() or 1) // 2, MOST_THREADS))
