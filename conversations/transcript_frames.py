"""The frames `transcript.partial` and `transcript.final`: told to who listens now, kept nowhere.

What a client misses it finds in the event `capture.transcribed`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
import structlog
from redis.exceptions import RedisError

from voice2task.kernel.redis import push_client

if TYPE_CHECKING:
    from conversations.capture_models import Capture

logger = structlog.get_logger(__name__)

# How they are told apart from events and turns on the user's channel.
PREFIX = b"s"


def partial_frame(capture: Capture, text: str, *, stable: int) -> bytes:
    """`stable` is how many characters of the text will not change any more."""
    frame = {"type": "transcript.partial", "id": str(capture.client_id), "text": text, "stable": stable}
    return orjson.dumps(frame)


def final_frame(capture: Capture, text: str, language: str) -> bytes:
    frame = {"type": "transcript.final", "id": str(capture.client_id), "text": text, "language": language}
    return orjson.dumps(frame)


def tell(channel: str, frame: bytes) -> None:
    """Push a frame to the user's clients."""
    try:
        push_client().publish(channel, PREFIX + frame)
    except RedisError as error:
        logger.warning("push_failed", error=str(error))
