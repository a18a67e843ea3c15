"""The work on one claimed capture, in a worker of the queue `speech`."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import structlog
from django.conf import settings
from django.utils import timezone

from activities.frames import user_channel
from conversations import metrics, services
from conversations.capture_models import Capture
from conversations.capture_querysets import CaptureClaim
from conversations.partials import has_been_heard
from conversations.transcript_frames import partial_frame, tell
from conversations.vocabulary import vocabulary_of
from integrations.speech.decoding import TooLong, Undecodable
from integrations.speech.recognising import Hints, NoEngine, Recognised, recognise
from voice2task.kernel.database import DATABASE_AWAY

logger = structlog.get_logger(__name__)

RENEW_SECONDS = 3.0

# The other threads of this process are for text while somebody speaks.
_slots = threading.BoundedSemaphore(settings.SPEECH_CONCURRENCY)
# Set when this process is to end: what it works on is given back at the next pause.
ending = threading.Event()


class GivenBack(Exception):
    """This worker ends, or has lost the capture: whatever it does for it must stop."""


class Lease:
    """Keeps a claim alive from a thread of its own; use it as a context manager."""

    def __init__(self, claim: CaptureClaim) -> None:
        self._claim = claim
        self._done = threading.Event()
        self._lost = False
        self._thread = threading.Thread(target=self._renew, name="capture-lease", daemon=True)

    def __enter__(self) -> Lease:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def check(self) -> None:
        """Raise `GivenBack` if the work is to end."""
        if self._lost or ending.is_set():
            raise GivenBack

    def _renew(self) -> None:
        from django.db import connection

        while not self._done.wait(RENEW_SECONDS):
            try:
                self._lost = not services.renew_capture(claim=self._claim, now=timezone.now())
            except DATABASE_AWAY as error:
                logger.warning("renewal_failed", error=str(error))
            finally:
                connection.close()


def transcribe(capture_id: UUID, *, now: datetime) -> None:
    """Claim a capture and see it to its end, or to its next attempt. Who is to end leaves it to others."""
    with _slots:
        if ending.is_set():
            return
        claim = services.claim_capture(capture_id=capture_id, now=now)
        if claim is not None:
            _carry_out(claim)


def _carry_out(claim: CaptureClaim) -> None:
    structlog.contextvars.bind_contextvars(capture_id=str(claim.capture_id), epoch=claim.epoch)
    try:
        with Lease(claim) as lease:
            _work(claim, lease)
    except GivenBack:
        services.release_capture(claim=claim, now=timezone.now())
        logger.info("capture_given_back")
    except services.CaptureLost:
        logger.info("capture_lost")


def _work(claim: CaptureClaim, lease: Lease) -> None:
    capture = Capture.objects.select_related("user").get(id=claim.capture_id)
    structlog.contextvars.bind_contextvars(turn_id=str(capture.turn_id))
    try:
        recognised = _recognise(capture, lease)
    except TooLong:
        services.fail_capture(claim=claim, code="audio_too_long", now=timezone.now())
        metrics.CAPTURES.labels("failed", "").inc()
    except Undecodable as error:
        # What decodes ends with this process: then it is not the recording that is at fault.
        lease.check()
        logger.warning("recording_unreadable", error=str(error))
        services.fail_capture(claim=claim, code="audio_unreadable", now=timezone.now())
        metrics.CAPTURES.labels("failed", "").inc()
    except NoEngine as error:
        logger.warning("no_engine", error=str(error), permanent=error.permanent)
        services.delay_capture(
            claim=claim, fallbacks=error.fallbacks, permanent=error.permanent, now=timezone.now()
        )
        metrics.CAPTURES.labels("delayed", "").inc()
    else:
        _finish(claim, capture, recognised)


def _recognise(capture: Capture, lease: Lease) -> Recognised:
    with capture.audio.open("rb") as file:
        audio = file.read()
    hints = Hints(
        language=capture.language,
        expected_language=capture.user.language.partition("-")[0].lower(),
        words=vocabulary_of(capture.user_id),
    )
    return recognise(audio, hints, check=lease.check, hear=_teller(capture))


def _teller(capture: Capture) -> Callable[[str], None] | None:
    """Tells text before the end, unless some stands already that this would rewrite."""
    if has_been_heard(capture.id):
        return None
    channel = user_channel(capture.user_id)
    return lambda text: tell(channel, partial_frame(capture, text, stable=0))


def _finish(claim: CaptureClaim, capture: Capture, recognised: Recognised) -> None:
    heard = services.Heard(
        text=recognised.transcript.text,
        engine=recognised.engine,
        language=recognised.transcript.language,
        confidence=recognised.transcript.confidence,
        seconds=recognised.audio_seconds,
        fallbacks=recognised.fallbacks,
    )
    posted = services.finish_capture(claim=claim, heard=heard, now=timezone.now())
    metrics.CAPTURES.labels("transcribed" if posted else "silent", heard.engine).inc()
    seconds = (timezone.now() - capture.touched_at).total_seconds()
    metrics.TRANSCRIPT_SECONDS.observe(seconds)
    logger.info("capture_heard", engine=heard.engine, seconds=round(seconds, 3))
