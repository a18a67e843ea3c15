"""Guesses at a secret: so many are free, then each locks the door for longer than the one before."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import Any

from redis.exceptions import RedisError

from voice2task.kernel.errors import ApplicationError
from voice2task.kernel.redis import push_client
from voice2task.kernel.throttling import fuse

FORGOTTEN_SECONDS = 3600
FIRST_LOCK_SECONDS = 5
LONGEST_LOCK_SECONDS = 900

# KEYS: for each lock its counter and its lock. ARGV: seconds until counters are forgotten, of the first lock
# and of the longest, and for each how many attempts are free. Answers the milliseconds that one of them is
# locked for still; else counts the attempt, before anybody knows how it ends, and answers 0.
ATTEMPT = """
local locked = 0
for i = 2, #KEYS, 2 do locked = math.max(locked, redis.call('PTTL', KEYS[i])) end
if locked > 0 then return locked end
for i = 1, #KEYS, 2 do
  local count, free = redis.call('INCR', KEYS[i]), tonumber(ARGV[3 + (i + 1) / 2])
  redis.call('EXPIRE', KEYS[i], ARGV[1])
  if count >= free then
    local seconds = math.min(tonumber(ARGV[3]), tonumber(ARGV[2]) * 2 ^ math.min(count - free, 20))
    redis.call('SET', KEYS[i + 1], 1, 'EX', math.floor(seconds))
  end
end
return 0
"""


class TooManyAttempts(ApplicationError):
    """The door is locked for a while, to whoever comes. `extra.retry_after` is in seconds."""

    code = "too_many_attempts"
    status = 429
    message = "Too many attempts; try again later."


@dataclass(frozen=True, slots=True)
class Lock:
    """Who or what is guessed at, or who guesses, and how many attempts are free in an hour."""

    subject: str
    free: int

    @property
    def keys(self) -> tuple[str, str]:
        name = hashlib.sha256(self.subject.encode()).hexdigest()
        return f"attempts:{name}", f"attempts:{name}:locked"


def begin_attempt(*locks: Lock) -> None:
    """Count an attempt before it is judged, so that parallel ones are not free.

    Raises:
        TooManyAttempts: one of them is locked; nothing was counted.
    """
    if fuse.blown:
        return
    keys = [key for lock in locks for key in lock.keys]
    seconds = (FORGOTTEN_SECONDS, FIRST_LOCK_SECONDS, LONGEST_LOCK_SECONDS)
    try:
        evaluate: Any = push_client().eval
        locked = evaluate(ATTEMPT, len(keys), *keys, *seconds, *(lock.free for lock in locks))
    except (RedisError, OSError) as error:
        fuse.blow(error)
        return
    fuse.mend()
    if locked:
        raise TooManyAttempts(extra={"retry_after": math.ceil(locked / 1000)})


def forgive(subject: Lock, *others: Lock) -> None:
    """It was the right secret: what was counted against `subject` is forgotten, and of the others this one.

    Who knows one secret may still be guessing at others.
    """
    if not fuse.blown:
        try:
            with push_client().pipeline(transaction=False) as pipeline:
                pipeline.delete(*subject.keys)
                for other in others:
                    pipeline.decr(other.keys[0])
                    # None was there when this attempt began.
                    pipeline.delete(other.keys[1])
                pipeline.execute()
        except (RedisError, OSError) as error:
            fuse.blow(error)
