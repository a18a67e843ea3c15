"""Runs the turns of one worker process, all on one event loop.

Celery's threads hand a turn over and wait; the loop asks the provider, and database work is done on the small
pool of `voice2task.kernel.database`. One statement every few seconds renews the leases of all turns held.
"""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import CancelledError as FutureCancelled
from functools import lru_cache
from uuid import UUID

import structlog
import uvloop
from django.conf import settings
from django.utils import timezone

from activities.frames import user_channel
from activities.services import UserGone
from conversations import services
from conversations.claim_querysets import Claim
from conversations.publisher import TurnPublisher
from conversations.turn_work import TurnWork
from voice2task.kernel import tracing
from voice2task.kernel.database import DATABASE_AWAY, in_database, in_database_apart
from voice2task.kernel.realtime import hub

logger = structlog.get_logger(__name__)

SHUTDOWN_SECONDS = 2.0


class TurnRunner:
    """The turns that this process holds."""

    def __init__(self) -> None:
        self._loop = uvloop.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="turns", daemon=True)
        self._held: dict[UUID, tuple[Claim, asyncio.Task[None]]] = {}
        self._to_stop: set[UUID] = set()
        self._stopping = False
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._renew_forever(), self._loop)

    def run(self, turn_id: UUID) -> None:
        """Claim the turn and work on it until it ends, is lost or is given back. Blocks the caller."""
        future = asyncio.run_coroutine_threadsafe(self._claim_and_work(turn_id), self._loop)
        try:
            future.result()
        except FutureCancelled:
            logger.info("turn_let_go", turn_id=str(turn_id))

    def stop(self) -> None:
        """Give every turn back to the queue, to be taken up by another worker. Returns within 2 s."""
        future = asyncio.run_coroutine_threadsafe(self._give_back(), self._loop)
        future.result(timeout=SHUTDOWN_SECONDS)

    async def _claim_and_work(self, turn_id: UUID) -> None:
        if self._stopping:
            return
        try:
            claim = await in_database(services.claim_turn, turn_id=turn_id, now=timezone.now())
        except DATABASE_AWAY as error:
            # The outbox still owes this turn.
            logger.warning("claim_failed", error=str(error), turn_id=str(turn_id))
            return
        if claim is None:
            return
        task = asyncio.create_task(self._work(claim), name=f"turn-{turn_id}")
        self._held[turn_id] = (claim, task)
        try:
            await task
        finally:
            self._held.pop(turn_id, None)
            self._to_stop.discard(turn_id)

    async def _work(self, claim: Claim) -> None:
        structlog.contextvars.bind_contextvars(turn_id=str(claim.turn_id), epoch=claim.epoch)
        publisher = TurnPublisher(
            turn_id=claim.turn_id,
            channel=user_channel(claim.user_id),
            epoch=claim.epoch,
        )
        publisher.start()
        work = TurnWork(claim, publisher)
        try:
            with tracing.turn_span(claim.turn_id, "turn.work", voice2task__epoch=claim.epoch):
                await self._carry_out(work, claim)
        except (services.TurnLost, UserGone):
            logger.info("turn_lost")
            await publisher.abandon()
        except asyncio.CancelledError:
            await publisher.abandon()
            raise
        else:
            # It has ended, or waits: too late to be stopped, nothing to be renewed.
            self._held.pop(claim.turn_id, None)
            await publisher.close()

    async def _carry_out(self, work: TurnWork, claim: Claim) -> None:
        try:
            await work.carry_out()
        except asyncio.CancelledError:
            if claim.turn_id not in self._to_stop or self._stopping:
                raise
            # The request to the model is closed by now. A second cancellation ends this as well.
            await work.stop()

    async def _renew_forever(self) -> None:
        await hub().join(services.STOP_CHANNEL, self)
        while True:
            await asyncio.sleep(settings.TURN_RENEW_SECONDS)
            epochs = {turn_id: claim.epoch for turn_id, (claim, _) in self._held.items()}
            if not epochs:
                continue
            try:
                renewal = await in_database_apart(services.renew_turns, epochs, now=timezone.now())
            except DATABASE_AWAY as error:
                logger.warning("renewal_failed", error=str(error), turns=len(epochs))
                continue
            self._drop({turn_id: epochs[turn_id] for turn_id in renewal.lost})
            for turn_id in renewal.stopped:
                self._stop_turn(turn_id)

    def deliver(self, payload: bytes) -> None:
        """A turn is to be stopped; part of `kernel.realtime.Listener`."""
        self._stop_turn(UUID(payload.decode()))

    def resynchronise(self) -> None:
        """The next renewal tells which turns are to stop; part of `kernel.realtime.Listener`."""

    def _stop_turn(self, turn_id: UUID) -> None:
        held = self._held.get(turn_id)
        if held is not None and turn_id not in self._to_stop:
            self._to_stop.add(turn_id)
            held[1].cancel()

    def _drop(self, lost: dict[UUID, int]) -> None:
        for turn_id, epoch in lost.items():
            held = self._held.get(turn_id)
            # Claimed anew since the question was asked is not lost.
            if held is not None and held[0].epoch == epoch:
                held[1].cancel()

    async def _give_back(self) -> None:
        self._stopping = True
        held = list(self._held.values())
        for _, task in held:
            task.cancel()
        await asyncio.gather(*(task for _, task in held), return_exceptions=True)
        epochs = {claim.turn_id: claim.epoch for claim, _ in held}
        if epochs:
            await in_database(services.release_turns, epochs, now=timezone.now())


@lru_cache(maxsize=1)
def runner() -> TurnRunner:
    """The runner of this process, started with its first turn."""
    return TurnRunner()
