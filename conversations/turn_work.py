"""The work on one claimed turn: the agent on one side, services and the live stream on the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import aclosing
from typing import Any, TypeVar

import structlog
from django.conf import settings
from django.utils import timezone

from activities.services import UserGone
from conversations import metrics, services
from conversations.agent.acting import effect_of
from conversations.agent.approvals import answer_by_word
from conversations.agent.context import Context, load_context
from conversations.agent.engines import Chain
from conversations.agent.events import (
    AnswerFinished,
    AnswerStarted,
    TextAdded,
    TextWithdrawn,
    ToolFinished,
    ToolStarted,
    TurnFinished,
)
from conversations.agent.fencing import is_untrusted
from conversations.agent.loop import Conversing
from conversations.agent.receipts_check import unsupported_in
from conversations.agent.tools import choices_in
from conversations.agent.tools.workflows import run_outcome
from conversations.claim_querysets import Claim
from conversations.metering import RequestMeter
from conversations.models import Approval
from conversations.patience import until_database_is_back
from conversations.publisher import TurnPublisher
from conversations.receipts import receipts_of
from conversations.representation import render_approval, render_message
from conversations.waiting import Arrivals
from integrations.llm.base import ProviderError, ToolCall
from integrations.llm.breaker import breaker_of
from integrations.llm.chain import providers
from voice2task.kernel import tracing

logger = structlog.get_logger(__name__)

T = TypeVar("T")
JSON = dict[str, Any]


class Suspended(Exception):
    """The turn waits for the user now; whoever holds it lets go."""

    def __init__(self, approval: Approval) -> None:
        super().__init__(str(approval.id))
        self.approval = approval


class TurnWork:
    """One claimed turn, from its first word to the stored reply; the `Toolbox` of its agent."""

    def __init__(self, claim: Claim, publisher: TurnPublisher) -> None:
        self._claim = claim
        self._publisher = publisher
        self._chain = Chain(providers(), RequestMeter(claim), breaker_of)
        self._context: Context | None = None
        self._unstored: services.Answer | None = None
        # No receipts without a tool.
        self._acted = False
        self._first_delta_ms: int | None = None

    async def carry_out(self) -> None:
        """Work the turn to its end, or until it waits for the user.

        Raises:
            TurnLost: somebody else has the turn, or it has ended.
        """
        if self._claim.stop_requested:
            await self.stop()
            return
        failure = await self._attempt()
        if failure is not None:
            code, message = failure
            await self._patiently(
                services.fail_turn,
                claim=self._claim,
                code=code,
                message=message,
                fallbacks=self._chain.fallbacks,
            )
            self._publisher.send("turn.failed", code=code, message=message)
            metrics.TURNS.labels(outcome="failed", engine=self._chain.name).inc()
            logger.warning("turn_failed", code=code, engine=self._chain.name)

    async def stop(self) -> None:
        """End the turn with what was said so far."""
        message = await self._patiently(
            services.stop_held_turn,
            claim=self._claim,
            text=self._publisher.said,
            engine=self._chain.name,
            fallbacks=self._chain.fallbacks,
        )
        self._publisher.send(
            "turn.stopped",
            message=render_message(message) if message else None,
            receipts=await self._receipts(),
        )
        metrics.TURNS.labels(outcome="stopped", engine=self._chain.name).inc()
        logger.info("turn_stopped", engine=self._chain.name)

    async def _attempt(self) -> tuple[str, str] | None:
        """Converse, or say with which code and message the turn failed."""
        if self._claim.failures >= settings.TURN_MAX_FAILURES:
            return services.WORKER_LOST
        try:
            async with asyncio.timeout(settings.TURN_MAX_SECONDS):
                await self._converse()
        except Suspended as suspended:
            self._publisher.send("turn.approval", approval=render_approval(suspended.approval))
            logger.info("turn_awaits_approval", tool=suspended.approval.tool)
        except ProviderError as error:
            logger.warning("no_engine_answered", error=str(error))
            return "provider_failed", "No engine could answer."
        except TimeoutError:
            return "time_limit", "This took longer than a message may take."
        except (services.TurnLost, UserGone):
            raise
        except Exception:
            # Whatever else goes wrong would go wrong again: the user must see an end, and somebody a trace.
            logger.exception("turn_broke")
            return "internal_error", "Something went wrong inside."
        return None

    async def _converse(self) -> None:
        self._context = context = await load_context(self._claim)
        self._acted = bool(context.recorded.results)
        if context.consent and await self._take_consent(context):
            return
        for recorded in context.recorded.answers.values():
            self._chain.prefer(recorded.engine)
        agent = Conversing(
            self._chain,
            self,
            context.request,
            context.recorded,
            max_output_tokens=settings.TURN_MAX_OUTPUT_TOKENS,
        )
        async with aclosing(agent.run()) as events:
            async for event in events:
                await self._take(event)

    async def _take(self, event: object) -> None:
        match event:
            case TextAdded(text):
                self._say(text)
            case AnswerStarted():
                self._publisher.mark()
            case TextWithdrawn(everything):
                self._publisher.withdraw(everything=everything)
            case AnswerFinished():
                await self._keep(event)
            case ToolStarted(call):
                self._tell(call, "started")
            case ToolFinished(call, result):
                self._tell(call, "finished", result=result)
            case TurnFinished():
                await self._finish(event.text, choices_in(event.results))

    # The toolbox

    async def run(self, index: int, call: ToolCall) -> JSON:
        """Part of `agent.loop.Toolbox`."""
        self._acted = True
        with tracing.span("turn.tool", gen_ai__tool__name=call.name, voice2task__step=index):
            done = await self._patiently(
                services.run_tool_step,
                claim=self._claim,
                index=index,
                call=_call_json(call),
                effect=effect_of(call, self._known()),
                answer=self._unstored,
            )
        self._unstored = None
        if isinstance(done, Approval):
            raise Suspended(done)
        context = self._known()
        context.rows[call.name] += done.rows
        context.tainted = context.tainted or is_untrusted(done.result)
        return done.result

    async def settle(self, index: int, call: ToolCall, result: JSON) -> JSON:
        """Part of `agent.loop.Toolbox`: wait until a workflow has run, however it ends."""
        async with Arrivals(self._claim.user_id, about=result["run_id"]) as arrivals:
            while (outcome := await self._outcome(result["run_id"])) is None:
                await arrivals.next()
        await self._patiently(services.settle_tool_step, claim=self._claim, index=index, result=outcome)
        context = self._known()
        context.tainted = context.tainted or is_untrusted(outcome)
        return outcome

    async def unsupported(self, text: str, results: Sequence[JSON]) -> tuple[str, ...]:
        """Part of `agent.loop.Toolbox`."""
        receipts = await self._receipts()
        return unsupported_in(text, receipts, results, language=self._known().request.language)

    async def _outcome(self, run_id: str) -> JSON | None:
        return await until_database_is_back(run_outcome, run_id, self._claim.user_id)

    # What is said

    def _say(self, text: str) -> None:
        self._publisher.say(text)
        if self._first_delta_ms is None:
            waited = (timezone.now() - self._claim.created_at).total_seconds()
            self._first_delta_ms = max(0, round(waited * 1000))
            metrics.FIRST_DELTA_SECONDS.observe(waited)

    def _tell(self, call: ToolCall, status: str, **members: Any) -> None:
        self._publisher.send(
            "turn.tool", id=call.id, name=call.name, arguments=call.arguments, status=status, **members
        )

    async def _keep(self, event: AnswerFinished) -> None:
        """See that an answer is stored: with what follows, its first tool or the reply, or else at once."""
        if event.index in self._known().recorded.answers:
            self._unstored = None
            return
        calls = [_call_json(call) for call in event.tool_calls]
        answer = services.Answer(event.index, event.engine, event.text, calls, event.unsupported)
        if event.unsupported:
            logger.warning("claims_withdrawn", engine=event.engine, claims=len(event.unsupported))
            metrics.WITHDRAWN.labels(engine=event.engine).inc()
            await self._patiently(services.record_answer, claim=self._claim, answer=answer)
            self._unstored = None
        else:
            self._unstored = answer

    async def _take_consent(self, context: Context) -> bool:
        """If the sentence was a yes or no to an approval that waits, that is all there is to this turn."""
        said = await until_database_is_back(answer_by_word, self._claim, context, now=timezone.now())
        if said is None:
            return False
        self._acted = True
        self._say(said)
        await self._finish(said, [], engine="rules")
        return True

    async def _finish(self, text: str, choices: list[JSON], *, engine: str = "") -> None:
        engine = engine or self._chain.name
        # What the tools have committed does not change any more: read beside the last commit, not after it.
        message, receipts = await asyncio.gather(
            self._patiently(
                services.finish_turn,
                claim=self._claim,
                text=text,
                answer=self._unstored,
                engine=engine,
                fallbacks=self._chain.fallbacks,
                choices=choices,
                first_delta_ms=self._first_delta_ms,
            ),
            self._receipts(),
        )
        self._publisher.send(
            "turn.completed",
            message=render_message(message),
            receipts=receipts,
            choices=choices,
            engine=engine,
            fallbacks=self._chain.fallbacks,
        )
        metrics.TURNS.labels(outcome="completed", engine=engine).inc()
        seconds = (message.created_at - self._claim.created_at).total_seconds()
        metrics.TURN_SECONDS.observe(seconds)
        logger.info("turn_completed", engine=engine, seconds=round(seconds, 3))

    async def _receipts(self) -> list[JSON]:
        if not self._acted:
            return []
        turn_id = self._claim.turn_id
        return (await until_database_is_back(receipts_of, [turn_id])).get(turn_id, [])

    def _known(self) -> Context:
        if self._context is None:
            raise AssertionError("the context is loaded before anything is done")
        return self._context

    async def _patiently(self, service: Callable[..., T], **arguments: Any) -> T:
        return await until_database_is_back(lambda: service(now=timezone.now(), **arguments))


def _call_json(call: ToolCall) -> JSON:
    named = {"malformed": call.malformed} if call.malformed else {}
    return {"id": call.id, "name": call.name, "arguments": call.arguments, **named}
