"""The one WebSocket of a client: `/ws/v1/`, JSON text frames."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar
from uuid import UUID

import orjson
import structlog
from channels.consumer import get_handler_name
from channels.generic.websocket import AsyncWebsocketConsumer
from django.utils import timezone

from accounts.actors import Actor, SocketLogin
from activities.feed import EventFeed
from activities.frames import user_channel
from conversations import services, socket_checks
from conversations.agent.approvals import answer_approval
from conversations.capture_models import Capture
from conversations.client_frames import (
    AnswerApproval,
    CancelAudio,
    ClientFrame,
    FrameRefused,
    Ping,
    Resume,
    SendMessage,
    StartAudio,
    StopAudio,
    StopTurn,
    UndoTurn,
    name_of,
    parse_frame,
)
from conversations.socket_gate import REFUSALS, Close, SocketGate, close_code
from conversations.socket_recorder import SocketRecorder
from conversations.transcript_frames import PREFIX as TRANSCRIPT_PREFIX
from conversations.turn_feed import TurnFeed
from conversations.turn_stream import Position
from voice2task.kernel import draining, many_texts
from voice2task.kernel.database import DATABASE_AWAY, in_database
from voice2task.kernel.errors import ApplicationError
from voice2task.kernel.realtime import hub
from voice2task.kernel.redis import loop_client

logger = structlog.get_logger(__name__)

SUBPROTOCOL = "v2t.v1"
WAITING_LIMIT = 10_000

Work = Callable[[], Awaitable[None]]


class ClientConsumer(AsyncWebsocketConsumer):
    """Who is there, what they send, and what they get, which one task takes in order from one queue."""

    # Control travels on the user's own channel and by the regular check; see docs/adr/.
    channel_layer_alias = None

    login: SocketLogin
    events: EventFeed
    turns: TurnFeed
    recorder: SocketRecorder
    gate: SocketGate

    async def dispatch(self, message: dict[str, Any]) -> None:
        # Channels would first close idle connections on the one thread all consumers share, at every frame;
        # this consumer's database work has a pool of its own (`kernel.database`).
        await getattr(self, get_handler_name(message))(message)

    async def connect(self) -> None:
        self._waiting: deque[Work] = deque()
        self._something = asyncio.Event()
        self._worker: asyncio.Task[None] | None = None
        draining.opened(self)
        self.gate = SocketGate()
        offered = self.scope.get("subprotocols", ())
        await self.accept(SUBPROTOCOL if SUBPROTOCOL in offered else None)
        try:
            self.login = await self.gate.enter(self.scope)
            await self._begin()
        except REFUSALS as refusal:
            await self.close(close_code(refusal))

    async def _begin(self) -> None:
        user_id = self.login.user_id
        structlog.contextvars.bind_contextvars(user_id=str(user_id))
        self.events = EventFeed(user_id, self._send_bytes)
        self.turns = TurnFeed(user_id, self._send_bytes, loop_client())
        self.recorder = SocketRecorder(self)
        # Listen first, then read where things stand: what happens between is delivered by both, once.
        await hub().join(user_channel(user_id), self)
        seq = await self.events.begin()
        await self.send_json(
            type="ready", user_id=str(user_id), seq=seq, heartbeat=socket_checks.CHECK_SECONDS
        )
        self._worker = asyncio.create_task(self._work_forever(), name="client-socket")
        socket_checks.of_loop().add(self)

    async def disconnect(self, code: int) -> None:
        draining.closed(self)
        if self._worker is not None:
            socket_checks.of_loop().remove(self)
            await hub().leave(user_channel(self.login.user_id), self)
            self._worker.cancel()
            await asyncio.gather(self._worker, return_exceptions=True)
            await self.gate.leave()

    # What the client sends

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self._worker is None:
            return
        try:
            if text_data is None:
                await self._answer(self.recorder.append, bytes_data or b"", self.recorder.open_id)
                return
            frame = parse_frame(text_data)
        except FrameRefused as refused:
            await self._answer(self._refuse, refused, refused.id)
            return
        handle = self.HANDLERS[type(frame)]
        await self._answer(lambda frame: handle(self, frame), frame, name_of(frame))

    async def _answer(
        self, handle: Callable[[Any], Awaitable[None]], given: Any, frame_id: str | None
    ) -> None:
        """Do what was asked. What cannot be done is an `error` under `frame_id`; the socket stays open."""
        try:
            await self.gate.admit(given)
            await handle(given)
        except ApplicationError as error:
            await self._send_error(error.code, error.message, frame_id)
        except DATABASE_AWAY as error:
            logger.warning("database_away", error=str(error))
            await self._send_error("unavailable", "The database does not answer; send it again.", frame_id)
        except Exception:
            logger.exception("frame_broke")
            await self._send_error("internal_error", "Something went wrong inside.", frame_id)

    async def _refuse(self, refused: FrameRefused) -> None:
        await self._send_error(refused.code, refused.message, refused.id)

    async def _send_message(self, frame: SendMessage) -> None:
        posted = await in_database(
            services.post_message,
            actor=Actor(self.login.user_id),
            text=frame.text,
            client_id=frame.id,
            conversation_id=frame.conversation_id,
            recorded_at=frame.recorded_at,
            now=timezone.now(),
        )
        await self.acknowledge(frame.id, posted)

    async def acknowledge(self, client_id: UUID, posted: services.Posted | Capture) -> None:
        await self.send_json(
            type="ack",
            id=str(client_id),
            conversation_id=str(posted.conversation_id),
            message_id=str(posted.message_id),
            turn_id=str(posted.turn_id),
        )
        self._enqueue(lambda: self._watch(posted.turn_id))

    async def _stop_turn(self, frame: StopTurn) -> None:
        await in_database(
            services.stop_turn, actor=Actor(self.login.user_id), turn_id=frame.turn_id, now=timezone.now()
        )
        # Its last frame may come from where nobody has watched it yet.
        self._enqueue(lambda: self._watch(frame.turn_id))

    async def _undo_turn(self, frame: UndoTurn) -> None:
        await in_database(
            services.undo_turn, actor=Actor(self.login.user_id), turn_id=frame.turn_id, now=timezone.now()
        )

    async def _answer_approval(self, frame: AnswerApproval) -> None:
        approval = await in_database(
            answer_approval,
            actor=Actor(self.login.user_id),
            approval_id=frame.approval_id,
            decision=frame.decision,
            arguments=frame.arguments,
            digest=frame.digest,
            now=timezone.now(),
        )
        self._enqueue(lambda: self._watch(approval.turn_id))

    async def _resume(self, frame: Resume) -> None:
        try:
            positions = {turn_id: Position.parse(text) for turn_id, text in frame.turns.items()}
        except ValueError as error:
            await self._send_error("invalid_frame", f"turns: {error}")
            return
        self._enqueue(lambda: self.events.resume(frame.after))
        for turn_id, position in positions.items():
            self._enqueue(lambda t=turn_id, p=position: self._resume_turn(t, p))  # type: ignore[misc]

    async def _ping(self, frame: Ping) -> None:
        await self.send_json(type="pong")

    HANDLERS: ClassVar[dict[type[ClientFrame], Callable[..., Awaitable[None]]]] = {
        SendMessage: _send_message,
        StartAudio: lambda self, frame: self.recorder.start(frame),
        StopAudio: lambda self, frame: self.recorder.stop(frame),
        CancelAudio: lambda self, frame: self.recorder.cancel(frame),
        StopTurn: _stop_turn,
        UndoTurn: _undo_turn,
        AnswerApproval: _answer_approval,
        Resume: _resume,
        Ping: _ping,
    }

    # What the client gets

    def deliver(self, payload: bytes) -> None:
        """One message of the user's channel; part of `kernel.realtime.Listener`."""
        if payload.startswith(TRANSCRIPT_PREFIX):
            self._enqueue(lambda: self._send_bytes(payload.removeprefix(TRANSCRIPT_PREFIX)))
            return
        feed = self.turns if payload.startswith(b"t") else self.events
        self._enqueue(lambda: feed.push(payload))

    def resynchronise(self) -> None:
        """Redis was away; part of `kernel.realtime.Listener`."""
        self._enqueue(self._catch_up)

    def _enqueue(self, work: Work) -> None:
        if len(self._waiting) < WAITING_LIMIT:
            self._waiting.append(work)
            self._something.set()
        elif self._worker is not None and not self._worker.done():
            self._worker.cancel()

    async def _work_forever(self) -> None:
        """One thing after another, so that what the client gets has one order."""
        try:
            while True:
                while self._waiting:
                    await self._do(self._waiting.popleft())
                self._something.clear()
                await self._something.wait()
        except asyncio.CancelledError:
            if len(self._waiting) >= WAITING_LIMIT:
                await self.close(Close.TOO_SLOW)
            raise
        except Exception:
            logger.exception("socket_broke")
            await self.close(Close.TRY_AGAIN)

    async def _do(self, work: Work) -> None:
        try:
            await work()
        except DATABASE_AWAY as error:
            # The next check finds what this one could not read.
            logger.warning("catch_up_failed", error=str(error))

    def log_out(self) -> None:
        """Part of `socket_checks.Checked`."""
        self._enqueue(lambda: self.close(Close.NOT_LOGGED_IN))

    def turn_out(self) -> None:
        """Part of `socket_checks.Checked`."""
        self._enqueue(lambda: self.close(Close.TOO_MANY))

    def compare(self, seq: int) -> None:
        """Part of `socket_checks.Checked`."""
        if not self.events.is_at(seq):
            self._enqueue(self.events.catch_up)
        if self.turns.has_silent():
            self._enqueue(lambda: self.turns.catch_up(silent_only=True))

    async def _catch_up(self) -> None:
        await self.events.catch_up()
        await self.turns.catch_up()

    async def _watch(self, turn_id: UUID) -> None:
        self.turns.watch(turn_id)

    async def _resume_turn(self, turn_id: Any, position: Position) -> None:
        if not await self.turns.resume(turn_id, position):
            await self._send_error("turn_not_found", "There is no such turn.", str(turn_id))

    async def _send_bytes(self, *frames: bytes) -> None:
        if len(frames) > 1 and many_texts.are_taken(self.scope):
            await self.base_send({"type": "websocket.send", "text": list(frames)})
            return
        for frame in frames:
            await self.base_send({"type": "websocket.send", "text": frame.decode()})

    async def send_json(self, **members: Any) -> None:
        await self._send_bytes(orjson.dumps(members))

    async def _send_error(self, code: str, message: str, frame_id: str | None = None) -> None:
        named = {"id": frame_id} if frame_id else {}
        await self.send_json(type="error", **named, code=code, message=message)
