"""The steps of a turn that is held: answers, tools, and the reply that ends it. Exactly once each."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.actors import Actor
from activities.services import Entry, Recording, lock_stream
from conversations.claim_querysets import Claim
from conversations.models import Approval, Message, Turn, TurnStep
from conversations.querysets import HeldStep
from conversations.representation import render_message
from conversations.services.approvals import ApprovalRequired, digest_of, request_approval
from conversations.services.turns import TurnLost, wake
from voice2task.kernel.errors import ApplicationError, Conflict
from voice2task.kernel.identifiers import uuid7
from voice2task.kernel.transactions import undone_as_a_whole

JSON = dict[str, Any]


class ApprovalStale(Conflict):
    """What was approved is not what is about to be done."""

    code = "approval_stale"
    message = "The approval was for another call."


@dataclass(frozen=True, slots=True)
class Answer:
    """An engine's finished answer, step `index` of its turn. `tool_calls`: `{"id", "name", "arguments"}`."""

    index: int
    engine: str
    text: str
    tool_calls: Sequence[JSON] = ()
    unsupported: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Effected:
    """What a tool answered, and how many things it changed without having asked."""

    result: JSON
    rows: int


# Runs the tool for an actor with these arguments; the last tells whether the user has approved it.
Effect = Callable[[Actor, JSON, bool], Effected]


@transaction.atomic
def run_tool_step(
    *, claim: Claim, index: int, call: JSON, effect: Effect, now: datetime, answer: Answer | None = None
) -> Effected | Approval:
    """Run a tool and store its result as step `index`, in one transaction: exactly once.

    `answer` is the one that asked for the tool, if it is not stored yet. `effect` makes its service calls for
    the actor it is given. What it refuses becomes a result with status "error", and leaves nothing behind.
    If it must not act unasked, the turn waits: the Approval it waits for is returned.
    """
    lock_stream(claim.user_id)
    step = Turn.objects.hold_step(claim, index)
    if step is None:
        raise TurnLost
    if step.result is not None:
        return Effected(step.result, rows=0)
    steps = [_answer_step(claim, answer, now)] if answer else []
    actor = Actor(claim.user_id, "agent", claim.turn_id)
    try:
        with undone_as_a_whole():
            done = _run_or_decline(step, call, effect, actor)
    except ApprovalRequired as required:
        TurnStep.objects.store(steps)
        return request_approval(claim=claim, index=index, call=call, required=required, now=now)
    except ApplicationError as error:
        result = {"status": "error", "code": error.code, "message": error.message, "field": error.field}
        done = Effected(result, rows=0)
    steps.append(
        TurnStep(
            turn_id=claim.turn_id,
            index=index,
            kind=TurnStep.Kind.TOOL,
            tool_calls=[call],
            result=done.result,
            rows=done.rows,
            created_at=now,
        )
    )
    TurnStep.objects.store(steps)
    return done


def _run_or_decline(step: HeldStep, call: JSON, effect: Effect, actor: Actor) -> Effected:
    approval = step.approval
    if approval is None:
        return effect(actor, call["arguments"], False)
    if approval["status"] != Approval.Status.APPROVED:
        return Effected({"status": approval["status"]}, rows=0)
    if approval["digest"] != digest_of(call["name"], call["arguments"]):
        raise ApprovalStale
    if approval["edited"] is None:
        return effect(actor, call["arguments"], True)
    done = effect(actor, approval["edited"], True)
    return Effected({**done.result, "arguments_changed_by_user": approval["edited"]}, rows=0)


@transaction.atomic
def settle_tool_step(*, claim: Claim, index: int, result: JSON, now: datetime) -> None:
    """Put the final result of step `index` in the place of one that said it was still running."""
    if Turn.objects.hold_step(claim, index) is None:
        raise TurnLost
    TurnStep.objects.filter(turn_id=claim.turn_id, index=index).update(result=result)


@transaction.atomic
def record_answer(*, claim: Claim, answer: Answer, now: datetime) -> None:
    """Store an answer that neither asked for tools nor ended the turn."""
    held = Turn.objects.hold_step(claim, answer.index)
    if held is None:
        raise TurnLost
    TurnStep.objects.store([_answer_step(claim, answer, now)])


@transaction.atomic
def finish_turn(
    *,
    claim: Claim,
    text: str,
    answer: Answer | None,
    engine: str,
    fallbacks: Sequence[Mapping[str, str]],
    choices: Sequence[JSON],
    first_delta_ms: int | None = None,
    now: datetime,
) -> Message:
    """Store the last answer, if it is not stored, and the whole reply, and end the turn.

    `first_delta_ms` is how long the user waited for the first text. Wakes the conversation's next turn.
    """
    lock_stream(claim.user_id)
    message = Message(
        user_id=claim.user_id,
        conversation_id=claim.conversation_id,
        turn_id=claim.turn_id,
        role=Message.Role.ASSISTANT,
        text=text,
        recorded_at=now,
        created_at=now,
    )
    after = {"status": "completed", "engine": engine, "message": render_message(message)}
    entry = Entry("turn.completed", "turn", claim.turn_id, after, {"status": "running"})
    actor = Actor(claim.user_id, "agent", claim.turn_id)
    recording = Recording(actor=actor, entries=[entry], at=now)
    finished = Turn.objects.finish(
        recording.parameters()
        | _last_step(answer)
        | {
            "epoch": claim.epoch,
            "engine": engine,
            "fallbacks": json.dumps(list(fallbacks)),
            "choices": json.dumps(list(choices)),
            "first_delta_ms": first_delta_ms,
            "message_id": message.id,
            "conversation_id": claim.conversation_id,
            "text": text,
        }
    )
    if finished is None:
        raise TurnLost
    seq, waiting = finished
    recording.number(seq)
    recording.announce_on_commit()
    wake(waiting)
    return message


def _last_step(answer: Answer | None) -> JSON:
    """What `Turn.objects.finish` stores of the last answer, if it is not stored yet."""
    return {
        "step_id": uuid7(),
        "step_index": answer.index if answer else None,
        "step_engine": answer.engine if answer else "",
        "step_text": answer.text if answer else "",
        "step_unsupported": json.dumps(list(answer.unsupported) if answer else []),
    }


def _answer_step(claim: Claim, answer: Answer, now: datetime) -> TurnStep:
    return TurnStep(
        turn_id=claim.turn_id,
        index=answer.index,
        kind=TurnStep.Kind.ANSWER,
        engine=answer.engine,
        text=answer.text,
        tool_calls=list(answer.tool_calls),
        unsupported=list(answer.unsupported),
        created_at=now,
    )
