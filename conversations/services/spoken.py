"""What a client says of a recording, and what is refused of that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError

from accounts.actors import Actor
from accounts.locales import validate_timezone
from accounts.models import User
from conversations.capture_models import Capture
from conversations.services.conversations import own_conversation
from conversations.services.messages import CLOCK_SKEW, RecordedAtInvalid
from voice2task.kernel.errors import Invalid

# What browsers and phones call their recordings, and what clients say that do not know.
SUFFIXES = {
    "audio/webm": "webm",
    "video/webm": "webm",
    "audio/ogg": "ogg",
    "application/ogg": "ogg",
    "audio/opus": "ogg",
    "audio/mp4": "m4a",
    "video/mp4": "m4a",
    "audio/m4a": "m4a",
    "audio/x-m4a": "m4a",
    "audio/aac": "aac",
    "audio/mpeg": "mp3",
    "audio/mp3": "mp3",
    "audio/wav": "wav",
    "audio/wave": "wav",
    "audio/x-wav": "wav",
    "audio/vnd.wave": "wav",
    "audio/flac": "flac",
    "audio/x-flac": "flac",
    "application/octet-stream": "bin",
}
MIME_LENGTH = 100


class AudioTypeUnknown(Invalid):
    code = "audio_type_unknown"
    message = "This is not a type of recording that can be taken."


class AudioEmpty(Invalid):
    code = "audio_empty"
    message = "The recording is empty."


class AudioTooLarge(Invalid):
    code = "audio_too_large"
    status = 413

    def __init__(self) -> None:
        super().__init__(
            f"A recording has at most {settings.CAPTURE_MAX_BYTES // 1024**2} MB.", field="audio"
        )


class AudioTooLong(Invalid):
    code = "audio_too_long"

    def __init__(self) -> None:
        super().__init__(f"A recording lasts at most {settings.CAPTURE_MAX_SECONDS} seconds.", field="audio")


class LanguageInvalid(Invalid):
    code = "language_invalid"
    message = "A language has two or three letters (ISO 639), or is left out."


class TimezoneUnknown(Invalid):
    code = "timezone_unknown"
    message = "This is not a timezone of the IANA database."


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a client says of a recording. `client_id` is its own: the same id again is the same capture."""

    client_id: UUID
    mime: str
    recorded_at: datetime | None = None
    conversation_id: UUID | None = None
    language: str = ""
    timezone: str = ""


def check_size(size: int) -> None:
    if size > settings.CAPTURE_MAX_BYTES:
        raise AudioTooLarge


def essence_of(mime: str) -> str:
    """`audio/webm` of `audio/webm;codecs=opus`."""
    return mime.partition(";")[0].strip().lower()


def new_capture(actor: Actor, spoken: Spoken, now: datetime) -> Capture:
    essence = essence_of(spoken.mime)
    if essence not in SUFFIXES or len(spoken.mime) > MIME_LENGTH:
        raise AudioTypeUnknown(extra={"known": sorted(SUFFIXES)})
    recorded_at = spoken.recorded_at or now
    if recorded_at.tzinfo is None or recorded_at > now + CLOCK_SKEW:
        raise RecordedAtInvalid(field="recorded_at")
    if spoken.conversation_id is not None:
        own_conversation(actor, spoken.conversation_id)
    return Capture(
        user_id=actor.user_id,
        conversation_id=spoken.conversation_id,
        client_id=spoken.client_id,
        mime=essence,
        language=_language(spoken.language),
        recorded_at=recorded_at,
        timezone=_timezone(actor, spoken.timezone),
        created_at=now,
        touched_at=now,
    )


def _language(tag: str) -> str:
    primary = tag.partition("-")[0].lower()
    if tag and not (primary.isascii() and primary.isalpha() and len(primary) in {2, 3}):
        raise LanguageInvalid(field="language")
    return primary


def _timezone(actor: Actor, name: str) -> str:
    if not name:
        own: str = User.objects.values_list("timezone", flat=True).get(id=actor.user_id)
        return own
    try:
        validate_timezone(name)
    except ValidationError as error:
        raise TimezoneUnknown(field="timezone") from error
    return name
