"""Recordings that went wrong on the way, or were never any."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests import recordings

Mutation = Callable[[random.Random, bytes], bytes]


def truncated(chance: random.Random, audio: bytes) -> bytes:
    return audio[: chance.randint(1, len(audio) - 1)]


def headless(chance: random.Random, audio: bytes) -> bytes:
    return audio[chance.randint(1, 2000) :]


def scratched(chance: random.Random, audio: bytes) -> bytes:
    scratched = bytearray(audio)
    for _ in range(chance.randint(1, 200)):
        scratched[chance.randrange(len(scratched))] = chance.randrange(256)
    return bytes(scratched)


def garbage(chance: random.Random, audio: bytes) -> bytes:
    return chance.randbytes(chance.randint(1, 20_000))


def with_garbage_inside(chance: random.Random, audio: bytes) -> bytes:
    place = chance.randrange(len(audio))
    return audio[:place] + chance.randbytes(chance.randint(1, 5000)) + audio[place:]


def hours_of_silence(chance: random.Random, audio: bytes) -> bytes:
    """A small file that unpacks into far more than may be heard; the longer one the door refuses."""
    return recordings.silence(chance.choice([900.0, 3600.0]), "flac")


def playlist(chance: random.Random, audio: bytes) -> bytes:
    """What would have the decoder read other files, or the network."""
    return b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"


def concatenation(chance: random.Random, audio: bytes) -> bytes:
    return b"ffconcat version 1.0\nfile /etc/passwd\nfile http://127.0.0.1:1/x\n"


def whole(chance: random.Random, audio: bytes) -> bytes:
    return audio


MUTATIONS: tuple[Mutation, ...] = (
    *(truncated, truncated, headless, scratched, scratched, garbage, with_garbage_inside),
    *(hours_of_silence, playlist, concatenation, whole),
)


def mutated(chance: random.Random) -> tuple[bytes, str]:
    """One of them, and what it is called, which is true as often as not."""
    name = chance.choice(list(recordings.FORMATS))
    called = chance.choice([name, *recordings.FORMATS])
    return chance.choice(MUTATIONS)(chance, recordings.spoken(name)), recordings.mime_of(called)
