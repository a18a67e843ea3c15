"""How often who may do what: counted in Redis, by one script, so that it is exact over all processes.

A window begins with the first use and is followed by the next; what was used in the one before counts less
and less as time goes on. So a burst is given exactly the limit, and two bursts around an edge are not given
it twice. What is refused is not counted.

Without Redis nothing is refused: an outage of the counters must not be an outage of everything.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

from voice2task.kernel.errors import ApplicationError
from voice2task.kernel.rates import Rate
from voice2task.kernel.redis import push_client
from voice2task.kernel.redis_pipe import LuaScript, redis_pipe

logger = structlog.get_logger(__name__)

# How long nothing is asked of a Redis that has not answered.
REST_SECONDS = 1.0

# KEYS: one a limit. ARGV: for each the count and the window in milliseconds. Answers for each: how much is
# left, milliseconds until the window ends, milliseconds until it may be tried again; 0 if it was counted.
HIT = LuaScript(
    """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local windows, refused = {}, false
for i, key in ipairs(KEYS) do
  local count, period = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  local kept = redis.call('HMGET', key, 'start', 'before', 'used')
  local start, before, used = tonumber(kept[1]) or now, tonumber(kept[2]) or 0, tonumber(kept[3]) or 0
  if now - start >= 2 * period then start, before, used = now, 0, 0
  elseif now - start >= period then start, before, used = start + period, used, 0 end
  local elapsed, wait = now - start, 0
  if before * (1 - elapsed / period) + used + 1 > count then
    if used + 1 <= count then wait = period * (1 - (count - used - 1) / before) - elapsed
    else wait = period - elapsed + period * (1 - (count - 1) / used) end
    wait = math.max(1, math.ceil(wait))
    refused = true
  end
  windows[i] = {key, count, period, start, before, used, elapsed, wait}
end
local answer = {}
for i, w in ipairs(windows) do
  local key, count, period, start, before, used, elapsed, wait = unpack(w)
  if not refused then
    used = used + 1
    redis.call('HSET', key, 'start', start, 'before', before, 'used', used)
    redis.call('PEXPIRE', key, 2 * period - elapsed)
  end
  local left = math.max(0, math.floor(count - used - before * (1 - elapsed / period)))
  answer[i] = {left, period - elapsed, wait}
end
return answer
"""
)

# KEYS: the holder of each seat. ARGV: how many each may have, seconds that one is kept, then each seat.
# Answers for each 0 if none is free.
SEATS = LuaScript(
    """
local now = redis.call('TIME')[1]
local answer = {}
for i, holder in ipairs(KEYS) do
  local seat = ARGV[2 + i]
  redis.call('ZREMRANGEBYSCORE', holder, '-inf', now - ARGV[2])
  if redis.call('ZSCORE', holder, seat) or redis.call('ZCARD', holder) < tonumber(ARGV[1]) then
    redis.call('ZADD', holder, now, seat)
    redis.call('EXPIRE', holder, ARGV[2])
    answer[i] = 1
  else
    answer[i] = 0
  end
end
return answer
"""
)
# Other clients of Redis wait while a script runs.
SEATS_AT_ONCE = 200


class RateLimited(ApplicationError):
    """More than is allowed in so short a time. `extra.retry_after` is in seconds."""

    code = "rate_limited"
    status = 429
    message = "Too many requests; try again later."


@dataclass(frozen=True, slots=True)
class Limit:
    """`rate` for whoever `key` names."""

    name: str
    key: str
    rate: Rate


@dataclass(frozen=True, slots=True)
class Usage:
    """What is left of a limit. Times in seconds; `retry_after` is 0 unless this one refuses."""

    limit: Limit
    remaining: int
    reset: float
    retry_after: float

    @property
    def retry_seconds(self) -> int:
        return math.ceil(self.retry_after)


def limits(**keys: object) -> list[Limit]:
    """The limits of these names, as far as the settings have them: `limits(user=id, address=ip)`."""
    table: dict[str, Rate | None] = settings.RATE_LIMITS
    return [
        Limit(name, f"rate:{name}:{key}", rate)
        for name, key in keys.items()
        if key is not None and (rate := table[name]) is not None
    ]


def hit(asked: Sequence[Limit], *, client: Redis | None = None) -> list[Usage]:
    """Count one use of all limits, or of none if one of them refuses. Empty if Redis cannot say.

    `client` is by default one that waits for 100 ms.
    """
    if not asked or fuse.blown:
        return []
    try:
        answer: Any = (client or push_client()).eval(HIT.text, len(asked), *_arguments(asked))
    except (RedisError, OSError) as error:
        fuse.blow(error)
        return []
    fuse.mend()
    return _usages(asked, answer)


async def hit_async(asked: Sequence[Limit]) -> list[Usage]:
    """`hit` for an event loop."""
    return _usages(asked, await _on_loop(HIT, len(asked), *_arguments(asked)) if asked else None)


def require(usages: Sequence[Usage]) -> None:
    """Raises: RateLimited, for the limit that takes longest to be free again."""
    worst = max(usages, key=lambda usage: usage.retry_after, default=None)
    if worst is not None and worst.retry_after:
        seconds = worst.retry_seconds
        extra = {"limit": worst.limit.name, "retry_after": seconds}
        raise RateLimited(f"Too many requests; try again in {seconds} s.", extra=extra)


@dataclass(frozen=True, slots=True)
class Seat:
    """One of those that `holder` may have."""

    holder: str
    name: str

    @property
    def key(self) -> str:
        return f"seats:{self.holder}"


async def keep_seats(wanted: Sequence[Seat], *, seats: int, kept: int) -> list[Seat]:
    """Take each seat, of which a holder may have `seats`, or keep it for `kept` seconds more.

    Returns those that are not free.
    """
    refused: list[Seat] = []
    for start in range(0, len(wanted), SEATS_AT_ONCE):
        some = wanted[start : start + SEATS_AT_ONCE]
        names = (seat.name for seat in some)
        answer = await _on_loop(SEATS, len(some), *(seat.key for seat in some), seats, kept, *names)
        refused += [seat for seat, is_free in zip(some, answer or (), strict=bool(answer)) if not is_free]
    return refused


async def leave_seat(seat: Seat) -> None:
    """Let another have it. If Redis is away, it is free when its time is over."""
    if not fuse.blown:
        try:
            await redis_pipe().ask("ZREM", seat.key, seat.name)
        except (RedisError, OSError) as error:
            fuse.blow(error)


async def _on_loop(script: LuaScript, keys: int, *arguments: Any) -> Any:
    if fuse.blown:
        return None
    try:
        answer = await redis_pipe().run(script, keys, *arguments)
    except (RedisError, OSError) as error:
        fuse.blow(error)
        return None
    fuse.mend()
    return answer


def _arguments(asked: Sequence[Limit]) -> list[Any]:
    numbers = [number for limit in asked for number in (limit.rate.count, limit.rate.seconds * 1000)]
    return [*(limit.key for limit in asked), *numbers]


def _usages(asked: Sequence[Limit], answer: Any) -> list[Usage]:
    if answer is None:
        return []
    return [
        Usage(limit, left, reset / 1000, wait / 1000)
        for limit, (left, reset, wait) in zip(asked, answer, strict=True)
    ]


class Fuse:
    """Whether Redis is worth asking: said once when it goes and once when it is back."""

    def __init__(self) -> None:
        self._until: float | None = None

    @property
    def blown(self) -> bool:
        return self._until is not None and time.monotonic() < self._until

    def blow(self, error: Exception) -> None:
        if self._until is None:
            logger.warning("throttling_off", error=type(error).__name__)
        self._until = time.monotonic() + REST_SECONDS

    def mend(self) -> None:
        if self._until is not None:
            self._until = None
            logger.info("throttling_on")


fuse = Fuse()
