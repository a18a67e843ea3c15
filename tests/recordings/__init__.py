"""Recordings to speak with.

`call_bob.ogg` is espeak-ng saying what `SAID` is; `chromium.webm` is what Chromium made of that, heard
through its fake microphone by the page of `tests/speech/test_browser.py`.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import av
import numpy as np

from voice2task.client_speech import Recording

FOLDER = Path(__file__).parent
SAID = "remind me to call Bob tomorrow at five pm and buy milk"
RATE = 16_000

# What browsers and phones record: name -> container, codec, type.
FORMATS = {
    "webm": ("webm", "libopus", "audio/webm;codecs=opus"),
    "ogg": ("ogg", "libopus", "audio/ogg"),
    "m4a": ("ipod", "aac", "audio/x-m4a"),
    "mp4": ("mp4", "aac", "audio/mp4"),
    "aac": ("adts", "aac", "audio/aac"),
    "mp3": ("mp3", "libmp3lame", "audio/mpeg"),
    "wav": ("wav", "pcm_s16le", "audio/wav"),
    "flac": ("flac", "flac", "audio/flac"),
}


@cache
def samples() -> np.ndarray:
    """`SAID`, as 16 kHz mono samples of 16 bits."""
    with av.open(str(FOLDER / "call_bob.ogg")) as container:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        frames = [*container.decode(audio=0), None]
        pieces = [out.to_ndarray()[0] for frame in frames for out in resampler.resample(frame)]
    return np.concatenate(pieces)


@cache
def spoken(name: str = "wav") -> bytes:
    """`SAID` in one of `FORMATS`."""
    return encoded(samples(), name)


@cache
def silence(seconds: float = 1.0, name: str = "wav") -> bytes:
    return encoded(np.zeros(int(seconds * RATE), np.int16), name)


def encoded(sound: np.ndarray, name: str) -> bytes:
    container, codec, _ = FORMATS[name]
    buffer = io.BytesIO()
    rate = 48_000 if codec == "libopus" else RATE
    with av.open(buffer, "w", format=container) as output:
        stream = output.add_stream(codec, rate=rate, layout="mono")
        frame = av.AudioFrame.from_ndarray(sound.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE
        resampler = av.AudioResampler(
            format=stream.format, layout="mono", rate=rate, frame_size=stream.frame_size
        )
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            output.mux(stream.encode(part))
        output.mux(stream.encode(None))
    return buffer.getvalue()


def mime_of(name: str) -> str:
    return FORMATS[name][2]


def as_spoken(audio: bytes, *, mime: str = "audio/wav") -> Recording:
    """A recording to be sent about as fast as it was spoken."""
    recording = Recording(mime, bytes_a_second=32_000 if mime == "audio/wav" else 8_000)
    recording.data += audio
    recording.ended.set()
    return recording
