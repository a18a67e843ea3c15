"""Whether a recording is longer than it may be, found out at the door."""

from __future__ import annotations

from django.conf import settings

from integrations.speech.decoding import TooLong, Undecodable
from integrations.speech.recognising import decoder

# Even 8 kbit/s are more bytes than this for a recording of the length allowed.
LEAST_BYTES_A_SECOND = 1000


def is_too_long(audio: bytes) -> bool:
    """True only if it surely is. What cannot be read here is kept, and read where there is more patience."""
    if len(audio) < settings.CAPTURE_MAX_SECONDS * LEAST_BYTES_A_SECOND:
        return False
    try:
        decoder().decode(audio)
    except TooLong:
        return True
    except Undecodable:
        return False
    return False
