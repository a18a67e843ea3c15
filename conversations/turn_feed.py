"""A client's view of the turns of its user: the text of each without a gap, whatever was lost on the way."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.utils import timezone
from redis import asyncio as aioredis
from redis.exceptions import RedisError

from conversations import services
from conversations.agent.loop import PARAGRAPH
from conversations.capture_models import Capture
from conversations.models import Message, Turn
from conversations.receipts import receipts_of
from conversations.representation import render_approval, render_message
from conversations.turn_stream import START, Entry, Position, make_entry, parse_payload, read_after
from voice2task.kernel.database import in_database

logger = structlog.get_logger(__name__)

JSON = dict[str, Any]
Send = Callable[[bytes], Awaitable[None]]

# Entries made from PostgreSQL, when Redis has nothing, count from here: later than any that was streamed.
SNAPSHOT_N = 1_000_000_000
# Between its commit and its last frame a turn has ended in PostgreSQL only.
LAST_FRAME_PATIENCE = timedelta(seconds=2)
REMEMBERED = 256

_KIND_LENGTH = 24
_DELTA = b'"turn.delta"'
_RESET = b'"turn.reset"'
_ASKS = b'"turn.approval"'
_ENDS = (b'"turn.completed"', b'"turn.failed"', b'"turn.stopped"')


class TurnFeed:
    """Delivers `turn.*` frames of each turn in order, or tells the client to begin the turn anew."""

    def __init__(self, user_id: UUID, send: Send, redis: aioredis.Redis) -> None:
        self._user_id = user_id
        self._send = send
        self._redis = redis
        self._positions: OrderedDict[UUID, Position] = OrderedDict()
        # When something was last heard of each turn that has not ended, on the loop's clock.
        self._live: dict[UUID, float] = {}
        # The epoch at which the client was told that a turn waits for it.
        self._asked: dict[UUID, int] = {}

    def watch(self, turn_id: UUID) -> None:
        """Expect frames of this turn, even if none should ever arrive by themselves."""
        if turn_id not in self._positions:
            self._remember(turn_id, START)
            self._hear_of(turn_id)

    async def resume(self, turn_id: UUID, position: Position) -> bool:
        """Deliver what follows `position`. False if the user has no such turn, and will have none."""
        if not await in_database(_is_known, self._user_id, turn_id):
            return False
        self._remember(turn_id, position)
        self._hear_of(turn_id)
        await self._catch_up(turn_id, ended_before=timezone.now())
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
            await self._catch_up(turn_id, ended_before=timezone.now() - LAST_FRAME_PATIENCE)

    def has_silent(self) -> bool:
        """Whether nothing has been heard for a while of a turn that has not ended."""
        return bool(self._silent())

    async def catch_up(self, *, silent_only: bool = False) -> None:
        """Bring every turn that has not ended for this client up to what is stored.

        The last frame of a turn that ended just now is still on its way.
        """
        for turn_id in self._silent() if silent_only else tuple(self._live):
            await self._catch_up(turn_id, ended_before=timezone.now() - LAST_FRAME_PATIENCE)

    def _silent(self) -> list[UUID]:
        before = asyncio.get_running_loop().time() - LAST_FRAME_PATIENCE.total_seconds()
        return [turn_id for turn_id, heard_at in self._live.items() if heard_at <= before]

    def _hear_of(self, turn_id: UUID) -> None:
        self._live[turn_id] = asyncio.get_running_loop().time()

    async def _catch_up(self, turn_id: UUID, *, ended_before: datetime) -> None:
        last = self._positions.get(turn_id, START)
        try:
            entries = list(_without_gaps(last, await read_after(self._redis, turn_id, last)))
        except (RedisError, OSError) as error:
            logger.info("stream_unreadable", turn_id=str(turn_id), error=str(error))
            entries = []
        for entry in entries:
            await self._deliver(turn_id, entry)
        if turn_id in self._live and not entries:
            await self._deliver_stored_end(turn_id, last, ended_before)

    async def _deliver_stored_end(self, turn_id: UUID, last: Position, ended_before: datetime) -> None:
        """If the turn has ended or waits in PostgreSQL, deliver it whole: its stream brings nothing more."""
        entries = await in_database(_stored_end, self._user_id, turn_id, ended_before)
        if entries and _is(entries[-1], _ASKS) and self._asked.get(turn_id) == entries[-1].position.epoch:
            return
        for entry in entries:
            if entry.position > last:
                await self._deliver(turn_id, entry)

    async def _deliver(self, turn_id: UUID, entry: Entry) -> None:
        self._remember(turn_id, entry.position)
        if _is(entry, _ASKS):
            self._asked[turn_id] = entry.position.epoch
        if _is(entry, *_ENDS):
            self._live.pop(turn_id, None)
            self._asked.pop(turn_id, None)
        else:
            self._hear_of(turn_id)
        await self._send(entry.frame)

    def _remember(self, turn_id: UUID, position: Position) -> None:
        self._positions[turn_id] = position
        self._positions.move_to_end(turn_id)
        while len(self._positions) > REMEMBERED:
            forgotten, _ = self._positions.popitem(last=False)
            self._live.pop(forgotten, None)
            self._asked.pop(forgotten, None)


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
    return _DELTA not in head and any(kind in head for kind in kinds)


def _is_known(user_id: UUID, turn_id: UUID) -> bool:
    """Whether there is such a turn, or a recording that is to become one."""
    turns = Turn.objects.of(user_id).filter(id=turn_id)
    return turns.exists() or Capture.objects.of(user_id).filter(turn_id=turn_id).exists()


def _stored_end(user_id: UUID, turn_id: UUID, ended_before: datetime) -> list[Entry]:
    """A turn that has ended by then, or waits, as frames: begin anew, the whole text, the end. Else empty."""
    turn = Turn.objects.of(user_id).filter(id=turn_id).first()
    if turn is None or (turn.finished_at and turn.finished_at > ended_before):
        return []
    last = _last_frame(turn)
    if last is None:
        return []
    frames: list[tuple[str, JSON]] = [("turn.reset", {})]
    if text := _text_of(turn, last):
        frames.append(("turn.delta", {"text": text}))
    frames.append(last)
    return [
        make_entry(turn_id, Position(turn.epoch, SNAPSHOT_N + n), kind, members)
        for n, (kind, members) in enumerate(frames)
    ]


def _last_frame(turn: Turn) -> tuple[str, JSON] | None:
    """What the stream of this turn ends with, or stands at while the user is asked."""
    if turn.status == Turn.Status.AWAITING_APPROVAL:
        approval = turn.approvals.pending().first()
        return ("turn.approval", {"approval": render_approval(approval)}) if approval else None
    if turn.status == Turn.Status.FAILED:
        return "turn.failed", {"code": turn.error_code, "message": turn.error_message}
    if not turn.ended:
        return None
    message = Message.objects.filter(turn=turn, role=Message.Role.ASSISTANT).first()
    end: JSON = {
        "message": render_message(message) if message else None,
        "receipts": receipts_of([turn.id]).get(turn.id, []),
    }
    if turn.status == Turn.Status.STOPPED:
        return "turn.stopped", end
    named = {"choices": turn.choices, "engine": turn.engine, "fallbacks": turn.fallbacks}
    return "turn.completed", end | named


def _text_of(turn: Turn, last: tuple[str, JSON]) -> str:
    if turn.status == Turn.Status.AWAITING_APPROVAL:
        return PARAGRAPH.join(services.said_so_far(turn.id))
    message = last[1].get("message")
    return message["text"] if isinstance(message, dict) else ""
