"""Text while somebody still speaks: the recording so far is heard again and again, quickly.

Local agreement (Macháček et al. 2023, https://arxiv.org/abs/2307.14743): words that two hearings in a row
have in common, from the start, stand. Only what follows them may still change.
"""

from __future__ import annotations

import threading
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

import orjson
import structlog
from django.conf import settings
from redis import asyncio as aioredis
from redis.exceptions import RedisError

from activities import relay
from activities.frames import user_channel
from conversations import services
from conversations.capture_models import Capture
from conversations.transcript_frames import partial_frame, tell
from conversations.vocabulary import vocabulary_of
from integrations.speech.base import SpeechError
from integrations.speech.decoding import TooLong, Undecodable
from integrations.speech.quick import QuickHearing, hear_quickly
from voice2task.kernel.redis import push_client

logger = structlog.get_logger(__name__)

_slots = threading.BoundedSemaphore(settings.SPEECH_CONCURRENCY)

JOB = "conversations.transcribe_partial"
# One hearing of a recording is waited for before the next is asked for, but not for longer than this.
PATIENCE_SECONDS = 10
REMEMBERED_SECONDS = 3600


@dataclass(slots=True)
class Hearing:
    """What is known of a recording in progress. `settled` is text of sound that is not heard again.

    `offset` is where in the sound, in samples, hearing begins. `stable` words stand, `last` are all of the
    last time.
    """

    language: str = ""
    settled: str = ""
    offset: int = 0
    stable: list[str] = field(default_factory=list)
    last: list[str] = field(default_factory=list)

    def agree(self, words: list[str]) -> None:
        """Take another hearing: what it shares with the one before stands from now on."""
        for mine, theirs in zip(self.last[len(self.stable) :], words[len(self.stable) :], strict=False):
            if mine != theirs:
                break
            self.stable.append(theirs)
        self.last = [*self.stable, *words[len(self.stable) :]]

    def settle(self, text: str, offset: int) -> None:
        """Sound before `offset` is not heard again: this is what it said, as far as it did not stand yet."""
        words = [*self.stable, *text.split()[len(self.stable) :]]
        self.settled = " ".join(filter(None, [self.settled, *words]))
        self.offset, self.stable, self.last = offset, [], []

    @property
    def text(self) -> str:
        return " ".join(filter(None, [self.settled, *self.last]))

    @property
    def stable_characters(self) -> int:
        return len(" ".join(filter(None, [self.settled, *self.stable])))


async def ask_for_partial(redis: aioredis.Redis, capture_id: UUID) -> bool:
    """Whether a hearing is to be asked for: one at a time for each recording."""
    try:
        return bool(await redis.set(_asked(capture_id), 1, nx=True, ex=PATIENCE_SECONDS))
    except (RedisError, OSError) as error:
        logger.info("partial_not_asked", error=str(error))
        return False


def has_been_heard(capture_id: UUID) -> bool:
    """Whether text of this recording was told while it was in progress."""
    try:
        return bool(push_client().exists(_state(capture_id)))
    except RedisError as error:
        logger.info("partial_unknown", error=str(error))
        return False


def enqueue_partial(capture_id: UUID) -> None:
    relay.enqueue([(JOB, capture_id)])


class Overtaken(Exception):
    """Somebody has stopped speaking, and goes first."""


def transcribe_partial(capture_id: UUID) -> None:
    """Hear what there is of a recording, and tell. Whoever has stopped speaking goes first."""
    # Of this process's threads some are for recordings that are whole.
    if not _slots.acquire(blocking=False):
        _forget_asked(capture_id)
        return
    try:
        capture = Capture.objects.select_related("user").filter(id=capture_id, status="recording").first()
        if capture is not None:
            _give_way()
            _hear(capture)
    except (Overtaken, Undecodable, TooLong, SpeechError, RedisError) as error:
        logger.info("no_partial", reason=str(error) or type(error).__name__, capture_id=str(capture_id))
    finally:
        _slots.release()
        _forget_asked(capture_id)


def _give_way() -> None:
    if Capture.objects.waiting().exists():
        raise Overtaken("a finished recording waits")


def _hear(capture: Capture) -> None:
    hearing = _recall(capture.id)
    heard = hear_quickly(
        services.recorded_so_far(capture.id),
        offset=hearing.offset,
        language=hearing.language or capture.language,
        expected_language=capture.user.language.partition("-")[0].lower(),
        words=vocabulary_of(capture.user_id),
        check=_give_way,
    )
    _take(hearing, heard)
    _remember(capture.id, hearing)
    if hearing.text:
        frame = partial_frame(capture, hearing.text, stable=hearing.stable_characters)
        tell(user_channel(capture.user_id), frame)


def _take(hearing: Hearing, heard: QuickHearing) -> None:
    hearing.language = heard.language
    if heard.settled_until:
        hearing.settle(heard.settled, heard.settled_until)
    hearing.agree(heard.text.split())


def _recall(capture_id: UUID) -> Hearing:
    stored: Any = push_client().get(_state(capture_id))
    return Hearing(**orjson.loads(stored)) if stored else Hearing()


def _remember(capture_id: UUID, hearing: Hearing) -> None:
    push_client().set(_state(capture_id), orjson.dumps(asdict(hearing)), ex=REMEMBERED_SECONDS)


def _forget_asked(capture_id: UUID) -> None:
    try:
        push_client().delete(_asked(capture_id))
    except RedisError as error:
        logger.info("partial_still_asked", error=str(error))


def _asked(capture_id: UUID) -> str:
    return f"partial-asked:{capture_id}"


def _state(capture_id: UUID) -> str:
    return f"partial:{capture_id}"
