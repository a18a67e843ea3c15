"""The one interface through which recordings become text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # 30 MB, which only a process that listens is to pay.
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

SAMPLE_RATE = 16_000


def _go_on() -> None:
    return


def _let_pass(text: str) -> None:
    return


@dataclass(frozen=True, slots=True)
class SpeechRequest:
    """What an engine is given.

    `audio` is the recording as it came, in a `container` by ffmpeg's name; `samples` the same decoded: mono,
    16 kHz, -1 to 1. `speech` is where somebody speaks, as (start, end) in samples. `language` is what it is
    known to be in (ISO 639-1), `expected_language` what its speaker speaks as a rule; either may be empty.
    `words` are names and terms likely to occur, the likeliest first. `check` is called between pieces and
    raises whatever is to end it; `hear` is told the text so far by an engine that knows some before the end.
    """

    audio: bytes
    container: str
    samples: Samples
    speech: tuple[tuple[int, int], ...]
    language: str = ""
    expected_language: str = ""
    words: tuple[str, ...] = ()
    check: Callable[[], None] = _go_on
    hear: Callable[[str], None] = _let_pass


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was heard. `language` is ISO 639-1, empty if unknown; `confidence` is 0 to 1, None if unknown."""

    text: str
    language: str = ""
    confidence: float | None = None


class SpeechError(Exception):
    """An engine gave no text.

    `permanent` says that asking it again with the same recording cannot help. `code` is stable and shown.
    """

    def __init__(self, message: str, *, code: str = "unavailable", permanent: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.permanent = permanent


class SpeechEngine(Protocol):
    """`name` is shown to the user as the engine that listened."""

    name: str

    def transcribe(self, request: SpeechRequest) -> Transcript:
        """The text of a recording; empty if nothing intelligible was said.

        Raises:
            SpeechError: no answer.
        """
        ...
