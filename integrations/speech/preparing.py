"""What a worker that recognises does before anybody speaks: it steps back, and fetches the weights.

No model is loaded: until somebody speaks it would only take up memory.
"""

from __future__ import annotations

import os
import threading

import structlog
from django.conf import settings

from integrations.speech.weights import WeightsUnavailable, fetch_weights

logger = structlog.get_logger(__name__)

NICENESS = 10


def prepare() -> None:
    """Returns at once; fetching goes on in a thread."""
    # Who recognises gives way to who replies: all cores when they are idle, few when they are not.
    os.nice(NICENESS)
    if "whisper" in settings.SPEECH_ENGINE_CHAIN:
        threading.Thread(target=_fetch, name="fetch-weights", daemon=True).start()


def _fetch() -> None:
    try:
        fetch_weights()
    except WeightsUnavailable as error:
        logger.warning("no_local_recognition", reason=str(error), otherwise="everything else works")
