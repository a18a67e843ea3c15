"""The live text of a turn: the Redis stream `turn:{id}`, and what it takes to read it without a gap.

Entries have the id `<epoch>-<n>`: the epoch of the claim that writes, and a count from 0. Appending and
publishing are one script, so that a worker which lost its claim can do neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple, cast
from uuid import UUID

import orjson
from redis import Redis
from redis import asyncio as aioredis
from redis.commands.core import Script

from voice2task.kernel.redis_pipe import LuaScript, redis_pipe

RUNNING_SECONDS = 24 * 3600
ENDED_SECONDS = 3600
FRAME_FIELD = b"f"
TURN_PREFIX = b"t"

Outcome = Literal["appended", "fenced", "lost"]

# KEYS[1] the stream · ARGV: channel, turn id, expected last id ("" for any), seconds to live, then id, frame…
# An entry with an empty frame is a fence: kept, never published. A repetition of what is already there, after
# an answer that got lost, appends nothing and publishes nothing.
APPEND = LuaScript(
    """
local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
local last = newest[1] and newest[1][1] or ''
local function parts(id)
  local epoch, n = string.match(id, '^(%d+)-(%d+)$')
  return tonumber(epoch or 0), tonumber(n or -1)
end
local last_epoch, last_n = parts(last)
local first_epoch, first_n = parts(ARGV[5])
if last_epoch > first_epoch then return 'fenced' end
local repeated = last_epoch == first_epoch and last_n >= first_n
if ARGV[3] ~= '' and last ~= ARGV[3] and not repeated then return 'lost' end
for i = 5, #ARGV, 2 do
  local epoch, n = parts(ARGV[i])
  if last_epoch < epoch or last_n < n then
    redis.call('XADD', KEYS[1], ARGV[i], 'f', ARGV[i + 1])
    if ARGV[i + 1] ~= '' then
      redis.call('PUBLISH', ARGV[1], 't' .. ARGV[2] .. ' ' .. ARGV[i] .. '\\n' .. ARGV[i + 1])
    end
  end
end
redis.call('EXPIRE', KEYS[1], ARGV[4])
return 'appended'
"""
)


class Position(NamedTuple):
    """Where in a turn's stream an entry stands. Ordered: a later claim's entries come after all earlier."""

    epoch: int
    n: int

    def __str__(self) -> str:
        return f"{self.epoch}-{self.n}"

    @classmethod
    def parse(cls, text: str) -> Position:
        """Read `<epoch>-<n>`.

        Raises:
            ValueError: it is not of that form.
        """
        epoch, separator, n = text.partition("-")
        if not separator or not (epoch.isascii() and epoch.isdigit() and n.isascii() and n.isdigit()):
            raise ValueError(f"not a position: {text!r}")
        return cls(int(epoch), int(n))

    def follows(self, other: Position) -> bool:
        """Whether nothing can lie between `other` and this: the next count of the same claim."""
        return self.epoch == other.epoch and self.n == other.n + 1


START = Position(0, 0)


@dataclass(frozen=True, slots=True)
class Entry:
    """One frame of a turn, as its clients get it."""

    position: Position
    frame: bytes


def make_entry(turn_id: UUID, position: Position, kind: str, members: dict[str, Any]) -> Entry:
    """The frame `kind` of a turn at `position`, as UTF-8 JSON."""
    head = {"type": kind, "turn_id": str(turn_id), "position": str(position)}
    return Entry(position, orjson.dumps(head | members, option=orjson.OPT_UTC_Z))


def make_fence(epoch: int) -> Entry:
    """What a claim appends first, so that no earlier claim can append after it."""
    return Entry(Position(epoch, 0), b"")


def stream_key(turn_id: UUID) -> str:
    return f"turn:{turn_id}"


def parse_payload(payload: bytes) -> tuple[UUID, Entry]:
    """Read a message published by the script: `t<turn id> <position>`, a line end, the frame."""
    head, _, frame = payload.partition(b"\n")
    turn_id, _, position = head[1:].partition(b" ")
    epoch, _, n = position.partition(b"-")
    return _turn_id(turn_id), Entry(Position(int(epoch), int(n)), frame)


@lru_cache(maxsize=4096)
def _turn_id(text: bytes) -> UUID:
    """The frames of a turn come one after another; to read its id takes longer than the rest."""
    return UUID(text.decode())


async def append(
    *,
    turn_id: UUID,
    channel: str,
    entries: Sequence[Entry],
    expected: Position | None = None,
    ended: bool = False,
) -> Outcome:
    """Append and publish entries of one turn in order; call it again only after it has returned.

    Returns "fenced" if a later claim has written, and "lost" if the stream does not end at `expected`: Redis
    forgot some of it. Nothing was written then.

    Raises:
        RedisError, OSError: Redis did not answer; the same call may be made again.
    """
    arguments = _append_arguments(turn_id, channel, entries, expected, ended=ended)
    outcome = await redis_pipe().run(APPEND, 1, *arguments)
    return cast(Outcome, cast(bytes, outcome).decode())


def append_now(redis: Redis, *, turn_id: UUID, channel: str, entries: Sequence[Entry]) -> Outcome:
    """`append` for threads, of the last entries of a turn."""
    key, *arguments = _append_arguments(turn_id, channel, entries, None, ended=True)
    outcome = _script()(keys=[key], args=arguments, client=redis)
    return cast(Outcome, cast(bytes, outcome).decode())


async def read_after(redis: aioredis.Redis, turn_id: UUID, position: Position) -> list[Entry]:
    """All entries after `position`, fences left out, oldest first. Empty when the stream is gone."""
    # The client decodes nothing: keys, fields and values are bytes.
    rows = cast(
        list[tuple[bytes, dict[bytes, bytes]]],
        await redis.xrange(stream_key(turn_id), min=f"({position}", max="+"),
    )
    frames = ((key.decode(), fields[FRAME_FIELD]) for key, fields in rows)
    return [Entry(Position.parse(key), frame) for key, frame in frames if frame]


def _append_arguments(
    turn_id: UUID, channel: str, entries: Sequence[Entry], expected: Position | None, *, ended: bool
) -> list[Any]:
    """The key of a turn's stream and the arguments of `APPEND`."""
    seconds = ENDED_SECONDS if ended else RUNNING_SECONDS
    pairs = [part for entry in entries for part in (str(entry.position), entry.frame)]
    return [stream_key(turn_id), channel, str(turn_id), str(expected) if expected else "", seconds, *pairs]


@lru_cache(maxsize=1)
def _script() -> Script:
    return Script(Redis(), APPEND.text)
