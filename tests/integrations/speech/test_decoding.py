"""Recordings to samples: every format, whole or not, and nothing that harms."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from integrations.speech import decoding
from integrations.speech.decoding import Decoder, TooLong, Undecodable
from tests import recordings
from tests.speech.mutations import MUTATIONS

SECONDS = 3.67


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    decoder = Decoder(600)
    yield decoder
    decoder.close()


@pytest.mark.parametrize("name", recordings.FORMATS)
def test_what_browsers_and_phones_record(decoder: Decoder, name: str):
    sound = decoder.decode(recordings.spoken(name))
    assert sound.seconds == pytest.approx(SECONDS, abs=0.15)
    assert 0.1 < abs(sound.samples).max() <= 1.0


def test_what_a_browser_has_recorded(decoder: Decoder):
    sound = decoder.decode((recordings.FOLDER / "chromium.webm").read_bytes())
    assert sound.container == "matroska,webm"
    assert sound.seconds == pytest.approx(4.5, abs=0.5)


@pytest.mark.parametrize("name", ["webm", "ogg", "wav", "mp3", "aac", "flac"])
def test_of_half_a_recording_half_is_heard(decoder: Decoder, name: str):
    audio = recordings.spoken(name)
    # An Ogg page holds a second, and half of one is none.
    assert decoder.decode(audio[: len(audio) // 2]).seconds == pytest.approx(SECONDS / 2, abs=1.0)


def test_what_is_too_long(decoder: Decoder):
    with pytest.raises(TooLong):
        decoder.decode(recordings.silence(601.0, "flac"))
    assert decoder.decode(recordings.silence(599.0, "flac")).seconds == pytest.approx(599.0)


@pytest.mark.parametrize("audio", [b"", b"\0", b"RIFF", b"no sound at all" * 100])
def test_what_holds_no_sound(decoder: Decoder, audio: bytes):
    with pytest.raises(Undecodable):
        decoder.decode(audio)


@pytest.mark.parametrize("mutation", dict.fromkeys(MUTATIONS), ids=lambda mutation: mutation.__name__)
def test_whatever_comes_something_is_said_about_it(decoder: Decoder, mutation):
    chance = random.Random(mutation.__name__)
    for name in ("webm", "mp4"):
        try:
            assert decoder.decode(mutation(chance, recordings.spoken(name))).seconds > 0
        except (TooLong, Undecodable):
            continue


def test_a_process_that_dies_is_a_recording_that_cannot_be_read(monkeypatch):
    monkeypatch.setattr(decoding, "COMMAND", ("false",))
    dying = Decoder(600)
    with pytest.raises(Undecodable, match="without a word"):
        dying.decode(recordings.spoken())
    dying.close()


def test_where_it_was_killed_another_takes_its_place(decoder: Decoder):
    assert decoder.decode(recordings.spoken()).seconds > 1
    killed = decoder._process
    killed.kill()
    killed.wait()
    assert decoder.decode(recordings.spoken()).seconds > 1
    assert decoder._process is not killed


def test_it_ends_with_whoever_asked():
    ended = Decoder(600)
    ended.decode(recordings.spoken())
    process = ended._process
    ended.close()
    assert process.returncode == 0


def test_several_at_once(decoder: Decoder):
    names = [*recordings.FORMATS] * 3
    with ThreadPoolExecutor(len(names)) as threads:
        sounds = threads.map(lambda name: decoder.decode(recordings.spoken(name)), names)
    assert [sound.seconds for sound in sounds] == [pytest.approx(SECONDS, abs=0.15)] * len(names)


def test_its_process_is_limited():
    code = (
        "from integrations.speech import decoder; decoder.limit_resources(); import resource as r;"
        "print(*(r.getrlimit(n)[0] for n in (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_FSIZE, r.RLIMIT_CORE)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert [int(limit) for limit in done.stdout.split()] == [2**30, 30, 0, 0]
    assert resource.getrlimit(resource.RLIMIT_AS)[0] != 2**30
