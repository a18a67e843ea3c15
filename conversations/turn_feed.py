"""A client's view of the turns of its user: the text of each without a gap, whatever was lost on the way."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from uuid import UUID

import structlog
from redis import asyncio as aioredis
from redis.exceptions import RedisError

from conversations.models import Message, Turn
from conversations.receipts import receipts_of
from conversations.representation import render_message
from conversations.turn_stream import START, Entry, Position, make_entry, parse_payload, read_after
from voice2task.kernel.database import in_database

logger = structlog.get_logger(__name__)

Send = Callable[[bytes], Awaitable[None]]

# Entries made from PostgreSQL, when Redis has nothing, count from here: later than any that was streamed.
SNAPSHOT_N = 1_000_000_000
REMEMBERED = 256

_KIND_LENGTH = 24
_RESET = b'"turn.reset"'
_ENDS = (b'"turn.completed"', b'"turn.failed"')


class TurnFeed:
    """Delivers `turn.*` frames of each turn in order, or tells the client to begin the turn anew."""

    def __init__(self, user_id: UUID, send: Send, redis: aioredis.Redis) -> None:
        self._user_id = user_id
        self._send = send
        self._redis = redis
        self._positions: OrderedDict[UUID, Position] = OrderedDict()
        self._live: set[UUID] = set()

    def watch(self, turn_id: UUID) -> None:
        """Expect frames of this turn, even if none should ever arrive by themselves."""
        if turn_id not in self._positions:
            self._remember(turn_id, START)
            self._live.add(turn_id)

    async def resume(self, turn_id: UUID, position: Position) -> bool:
        """Deliver what follows `position`. False if the user has no such turn."""
        if not await in_database(Turn.objects.of(self._user_id).filter(id=turn_id).exists):
            return False
        self._remember(turn_id, position)
        self._live.add(turn_id)
        await self._catch_up(turn_id)
        return True

    async def push(self, payload: bytes) -> None:
        """Take a live frame, which may be late, or ahead of one that got lost."""
        turn_id, entry = parse_payload(payload)
        last = self._positions.get(turn_id)
        if last is not None and entry.position <= last:
            return
        if _continues(last or START, entry):
            await self._deliver(turn_id, entry)
        else:
            await self._catch_up(turn_id)

    async def catch_up(self) -> None:
        """Bring every turn that has not ended for this client up to what is stored."""
        for turn_id in tuple(self._live):
            await self._catch_up(turn_id)

    async def _catch_up(self, turn_id: UUID) -> None:
        last = self._positions.get(turn_id, START)
        try:
            entries = list(_without_gaps(last, await read_after(self._redis, turn_id, last)))
        except (RedisError, OSError) as error:
            logger.info("stream_unreadable", turn_id=str(turn_id), error=str(error))
            entries = []
        for entry in entries:
            await self._deliver(turn_id, entry)
        if turn_id in self._live and not entries:
            await self._deliver_stored_end(turn_id, last)

    async def _deliver_stored_end(self, turn_id: UUID, last: Position) -> None:
        """If the turn has ended in PostgreSQL, deliver it whole: its stream will bring nothing more."""
        for entry in await in_database(_stored_end, self._user_id, turn_id):
            if entry.position > last:
                await self._deliver(turn_id, entry)

    async def _deliver(self, turn_id: UUID, entry: Entry) -> None:
        self._remember(turn_id, entry.position)
        if _is(entry, *_ENDS):
            self._live.discard(turn_id)
        else:
            self._live.add(turn_id)
        await self._send(entry.frame)

    def _remember(self, turn_id: UUID, position: Position) -> None:
        self._positions[turn_id] = position
        self._positions.move_to_end(turn_id)
        while len(self._positions) > REMEMBERED:
            forgotten, _ = self._positions.popitem(last=False)
            self._live.discard(forgotten)


def _continues(last: Position, entry: Entry) -> bool:
    """Whether a client that is at `last` misses nothing when it gets `entry` next."""
    begins = entry.position.n == 1 and entry.position.epoch > last.epoch
    return begins or entry.position.follows(last) or _is(entry, _RESET)


def _without_gaps(last: Position, entries: Iterable[Entry]) -> Iterable[Entry]:
    """The entries a client at `last` may get: after a hole, only from where the turn begins anew."""
    for entry in entries:
        if _continues(last, entry):
            last = entry.position
            yield entry


def _is(entry: Entry, *kinds: bytes) -> bool:
    # Frames begin with their type (`make_entry`): parsing each would cost more than sending it.
    head = entry.frame[:_KIND_LENGTH]
    return any(kind in head for kind in kinds)


def _stored_end(user_id: UUID, turn_id: UUID) -> list[Entry]:
    """An ended turn as frames: begin anew, the whole text, the end. Empty while it has not ended."""
    turn = Turn.objects.of(user_id).filter(id=turn_id).first()
    if turn is None or not turn.ended:
        return []
    frames: list[tuple[str, dict[str, object]]] = [("turn.reset", {})]
    if turn.status == Turn.Status.COMPLETED:
        message = Message.objects.get(turn=turn, role=Message.Role.ASSISTANT)
        frames.append(("turn.delta", {"text": message.text}))
        end = {
            "message": render_message(message),
            "receipts": receipts_of([turn_id]).get(turn_id, []),
            "choices": turn.choices,
            "engine": turn.engine,
        }
        frames.append(("turn.completed", end))
    else:
        frames.append(("turn.failed", {"code": turn.error_code, "message": turn.error_message}))
    return [
        make_entry(turn_id, Position(turn.epoch, SNAPSHOT_N + n), kind, members)
        for n, (kind, members) in enumerate(frames)
    ]
