"""Hearing a recording in progress: text that will be replaced, soon."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from integrations.speech.base import SAMPLE_RATE, SpeechError
from integrations.speech.recognising import decoder

if TYPE_CHECKING:
    from integrations.speech.base import Samples

# From this length on, what was said before the last pause is not heard again.
LONG_SAMPLES = 18 * SAMPLE_RATE
# Until it is this sure, the language is looked for again each time.
SURE = 0.7
WORDS_CHARACTERS = 200
# With too little sound every language is as likely as any other.
SHORTEST_SAMPLES = SAMPLE_RATE // 2


@dataclass(frozen=True, slots=True)
class QuickHearing:
    """`text` of the sound from `settled_until` on, or from where it was asked for.

    `settled` is the text before that, if `settled_until`, in samples, is not 0. `language` is empty while it
    is not known well enough.
    """

    text: str = ""
    language: str = ""
    settled: str = ""
    settled_until: int = 0


def hear_quickly(
    audio: bytes,
    *,
    offset: int,
    language: str,
    expected_language: str,
    words: tuple[str, ...],
    check: Callable[[], None],
) -> QuickHearing:
    """What is said in a recording so far, after `offset` samples. Nothing without the local engine.

    `check` is called between steps; what it raises ends the hearing.

    Raises:
        Undecodable, TooLong: of `integrations.speech.decoding`.
        SpeechError
    """
    if "whisper" not in settings.SPEECH_ENGINE_CHAIN:
        raise SpeechError(
            "only the local engine hears recordings in progress", code="unavailable", permanent=True
        )
    from integrations.speech import local

    samples = decoder().decode(audio).samples[offset:]
    check()
    speech = local.speech_in(samples)
    if len(samples) < SHORTEST_SAMPLES or not speech:
        return QuickHearing(language=language)
    spoken = language or expected_language
    if not language:
        spoken, sure = local.likeliest(
            local.final_model().languages(_ended(samples, speech), check=check), expected=expected_language
        )
        language = spoken if sure >= SURE else ""
    prompt = ", ".join(words)[:WORDS_CHARACTERS]
    cut = _cut(samples, speech)
    settled = _text(samples[:cut], spoken, prompt, check) if cut else ""
    text = _text(samples[cut:], spoken, prompt, check)
    return QuickHearing(text, language, settled, offset + cut if cut else 0)


def _cut(samples: Samples, speech: tuple[tuple[int, int], ...]) -> int:
    """Where the last pause of a long recording is, in samples; 0 if it is not long."""
    if len(samples) < LONG_SAMPLES:
        return 0
    if len(speech) > 1:
        return (speech[-2][1] + speech[-1][0]) // 2
    return LONG_SAMPLES


def _ended(samples: Samples, speech: tuple[tuple[int, int], ...]) -> Samples:
    return samples[speech[0][0] : speech[-1][1]]


def _text(samples: Samples, language: str, prompt: str, check: Callable[[], None]) -> str:
    from integrations.speech import local

    model = local.quick_model(language)
    pieces = local.pieces_of(samples, local.speech_in(samples))
    heard = [model.hear_quickly(piece, language=language, prompt=prompt, check=check) for piece in pieces]
    return " ".join(part.text for part in heard)
