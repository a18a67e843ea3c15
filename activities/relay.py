"""What leaves the process after a commit: live pushes and the jobs that follow, both through Redis.

Neither may fail or delay the request that committed: everything here is bounded, and lost work is found by
the clients (sequence numbers) and by the sweep (outbox rows).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from uuid import UUID

import structlog
from celery import current_app
from django.conf import settings
from kombu import Connection
from kombu.exceptions import OperationalError
from kombu.pools import ProducerPool, producers
from redis.exceptions import RedisError

from voice2task.kernel.redis import PUSH_TIMEOUT_SECONDS, push_client

logger = structlog.get_logger(__name__)

EVENT_PREFIX = b"e"


def event_payload(seq: int, frame: bytes) -> bytes:
    """What is published for one event: a line `e<seq>`, then the frame as the client gets it."""
    return b"%b%d\n%b" % (EVENT_PREFIX, seq, frame)


def announce(frames: Sequence[tuple[str, int, bytes]], jobs: Sequence[tuple[str, UUID]]) -> None:
    """Enqueue jobs, then push frames (channel, seq, frame) to clients. Failures are logged, not raised."""
    if not enqueue(jobs):
        # One Redis serves both: what could not be enqueued cannot be pushed either.
        return
    try:
        with push_client().pipeline(transaction=False) as pipeline:
            for channel, seq, frame in frames:
                pipeline.publish(channel, event_payload(seq, frame))
            pipeline.execute()
    except RedisError as error:
        logger.warning("push_failed", error=str(error), frames=len(frames))


def enqueue(jobs: Sequence[tuple[str, UUID]]) -> bool:
    """Send each (job, argument) to its queue. False if that failed: what is not sent stays owed."""
    if not jobs:
        return True
    try:
        with _producers().acquire(block=True, timeout=PUSH_TIMEOUT_SECONDS) as producer:
            for job, argument in _needed(jobs):
                current_app.send_task(job, args=[str(argument)], producer=producer, retry=False)
    except (OperationalError, RedisError, OSError) as error:
        logger.warning("enqueue_failed", error=str(error), jobs=len(jobs))
        return False
    return True


def _needed(jobs: Sequence[tuple[str, UUID]]) -> Iterator[tuple[str, UUID]]:
    """Of several jobs that do all there is to do, whatever they are called with, one."""
    seen: set[str] = set()
    for job, argument in jobs:
        if job not in seen:
            yield job, argument
        if job in settings.DRAINING_JOBS:
            seen.add(job)


@lru_cache(maxsize=1)
def _producers() -> ProducerPool:
    """Producers whose connections give up quickly, unlike the workers' own, which wait for Redis."""
    connection: Connection = current_app.connection_for_write(
        transport_options={
            "socket_timeout": PUSH_TIMEOUT_SECONDS,
            "socket_connect_timeout": PUSH_TIMEOUT_SECONDS,
            "max_retries": 0,
        }
    )
    pool: ProducerPool = producers[connection]
    return pool
