"""Runs the turns of one worker process, all on one event loop.

Celery's threads hand a turn over and wait; the loop asks the provider, and database work is done on the small
pool of `voice2task.kernel.database`. One statement every few seconds renews the leases of all turns held.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError as FutureCancelled
from datetime import tzinfo
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

import structlog
import uvloop
from django.conf import settings
from django.utils import timezone

from activities.frames import user_channel
from conversations import metrics, services
from conversations.agent.context import load_context
from conversations.agent.loop import (
    AnswerFinished,
    StepLimitReached,
    TextAdded,
    ToolFinished,
    ToolStarted,
    TurnFinished,
    run_turn,
)
from conversations.agent.tools import choices_in, run_tool
from conversations.publisher import TurnPublisher
from conversations.querysets import Claim
from conversations.receipts import receipts_of
from conversations.representation import render_message
from integrations.llm.base import Provider, ProviderError, ToolCall
from integrations.llm.chain import providers
from voice2task.kernel.database import DATABASE_AWAY, in_database
from voice2task.kernel.redis import loop_client

logger = structlog.get_logger(__name__)

T = TypeVar("T")
JSON = dict[str, Any]

DATABASE_RETRY_SECONDS = 0.25
SHUTDOWN_SECONDS = 2.0


class TurnRunner:
    """The turns that this process holds."""

    def __init__(self) -> None:
        self._loop = uvloop.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="turns", daemon=True)
        self._held: dict[UUID, tuple[Claim, asyncio.Task[None]]] = {}
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

    async def _work(self, claim: Claim) -> None:
        structlog.contextvars.bind_contextvars(turn_id=str(claim.turn_id), epoch=claim.epoch)
        publisher = TurnPublisher(
            loop_client(),
            turn_id=claim.turn_id,
            channel=user_channel(claim.user_id),
            epoch=claim.epoch,
        )
        publisher.start()
        try:
            await _TurnWork(claim, publisher, providers()[0]).carry_out()
        except services.TurnLost:
            logger.info("turn_lost")
            await publisher.abandon()
        except asyncio.CancelledError:
            await publisher.abandon()
            raise
        else:
            await publisher.close()

    async def _renew_forever(self) -> None:
        while True:
            await asyncio.sleep(settings.TURN_RENEW_SECONDS)
            epochs = {turn_id: claim.epoch for turn_id, (claim, _) in self._held.items()}
            if not epochs:
                continue
            try:
                lost = await in_database(services.renew_turns, epochs, now=timezone.now())
            except DATABASE_AWAY as error:
                logger.warning("renewal_failed", error=str(error), turns=len(epochs))
                continue
            self._drop({turn_id: epochs[turn_id] for turn_id in lost})

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


class _TurnWork:
    """One claimed turn, from the provider's first word to the stored reply."""

    def __init__(self, claim: Claim, publisher: TurnPublisher, provider: Provider) -> None:
        self._claim = claim
        self._publisher = publisher
        self._provider = provider
        self._unstored: services.Answer | None = None
        self._silent = True
        self._zone: tzinfo | None = None

    async def carry_out(self) -> None:
        failure = await self._attempt()
        if failure is not None:
            code, message = failure
            await self._patiently(services.fail_turn, claim=self._claim, code=code, message=message)
            self._publisher.send("turn.failed", code=code, message=message)
            metrics.TURNS.labels(outcome="failed", engine=self._provider.name).inc()
            logger.warning("turn_failed", code=code, engine=self._provider.name)

    async def _attempt(self) -> tuple[str, str] | None:
        """Work the turn to its end, or say with which code and message it failed."""
        if self._claim.failures >= settings.TURN_MAX_FAILURES:
            return services.WORKER_LOST
        try:
            await self._converse()
        except ProviderError as error:
            logger.warning("provider_failed", error=str(error))
            return "provider_failed", "No engine could answer."
        except StepLimitReached:
            return "too_many_steps", "This took more steps than a message may take."
        except services.TurnLost:
            raise
        except Exception:
            # Whatever else goes wrong would go wrong again: the user must see an end, and somebody a trace.
            logger.exception("turn_broke")
            return "internal_error", "Something went wrong inside."
        return None

    async def _converse(self) -> None:
        request, recorded = await _until_database_is_back(load_context, self._claim)
        self._zone = request.moment.tzinfo
        async for event in run_turn(self._provider, self, request, recorded):
            match event:
                case TextAdded(text):
                    self._say(text)
                case AnswerFinished():
                    # Stored in the transaction of what follows: its first tool, or the reply.
                    self._unstored = None if event.index in recorded.answers else self._answer(event)
                case ToolStarted(call):
                    self._tool(call, "started")
                case ToolFinished(call, result):
                    self._tool(call, "finished", result=result)
                case TurnFinished():
                    await self._finish(event)

    async def run(self, index: int, call: ToolCall) -> JSON:
        """Run one tool; part of `agent.loop.Toolbox`."""
        result = await self._patiently(
            services.run_tool_step,
            claim=self._claim,
            index=index,
            call=_call_json(call),
            effect=lambda actor: run_tool(call, actor=actor, now=timezone.now().astimezone(self._zone)),
            answer=self._unstored,
        )
        self._unstored = None
        return result

    def _say(self, text: str) -> None:
        self._publisher.say(text)
        if self._silent:
            self._silent = False
            metrics.FIRST_DELTA_SECONDS.observe((timezone.now() - self._claim.created_at).total_seconds())

    def _tool(self, call: ToolCall, status: str, **members: Any) -> None:
        self._publisher.send(
            "turn.tool", id=call.id, name=call.name, arguments=call.arguments, status=status, **members
        )

    def _answer(self, event: AnswerFinished) -> services.Answer:
        calls = [_call_json(call) for call in event.tool_calls]
        return services.Answer(event.index, self._provider.name, event.text, calls)

    async def _finish(self, end: TurnFinished) -> None:
        choices = choices_in(end.results)
        # What the tools have committed does not change any more: read beside the last commit, not after it.
        message, receipts = await asyncio.gather(
            self._patiently(
                services.finish_turn,
                claim=self._claim,
                text=end.text,
                answer=self._unstored,
                choices=choices,
            ),
            _until_database_is_back(receipts_of, [self._claim.turn_id]),
        )
        self._publisher.send(
            "turn.completed",
            message=render_message(message),
            receipts=receipts.get(self._claim.turn_id, []),
            choices=choices,
            engine=self._provider.name,
        )
        metrics.TURNS.labels(outcome="completed", engine=self._provider.name).inc()
        seconds = (message.created_at - self._claim.created_at).total_seconds()
        metrics.TURN_SECONDS.observe(seconds)
        logger.info("turn_completed", engine=self._provider.name, seconds=round(seconds, 3))

    async def _patiently(self, service: Callable[..., T], **arguments: Any) -> T:
        return await _until_database_is_back(lambda: service(now=timezone.now(), **arguments))


async def _until_database_is_back(function: Callable[..., T], *args: Any) -> T:
    """Repeat while PostgreSQL is away: every service here may be repeated, and checks its claim.

    Ends at the latest when the renewal, which needs the database as well, finds the turn lost.
    """
    while True:
        try:
            return await in_database(function, *args)
        except DATABASE_AWAY as error:
            logger.warning("database_away", error=str(error))
            await asyncio.sleep(DATABASE_RETRY_SECONDS)


def _call_json(call: ToolCall) -> JSON:
    return {"id": call.id, "name": call.name, "arguments": call.arguments}


@lru_cache(maxsize=1)
def runner() -> TurnRunner:
    """The runner of this process, started with its first turn."""
    return TurnRunner()
