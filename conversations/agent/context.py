"""What a turn starts from: the request to the engines, its tools, and the steps stored already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID
from zoneinfo import ZoneInfo

from conversations.agent.consent import Consent, consent_in
from conversations.agent.events import AnswerFinished
from conversations.agent.fencing import is_untrusted
from conversations.agent.history import calls_of, read_history
from conversations.agent.loop import RecordedSteps
from conversations.agent.prompts import situation_prompt, system_prompt
from conversations.agent.tools import AnyTool, tools_of
from conversations.models import AllowedTool, Memory, Message, TurnStep
from conversations.querysets import Claim
from integrations.llm.base import ChatMessage, ModelRequest
from tasks.models import TaskList


@dataclass(slots=True)
class Context:
    """`message_id` is the sentence's; `rows`, `tainted`, `allowed` are as in `agent.policy`, and grow."""

    request: ModelRequest
    message_id: UUID
    tools: Mapping[str, AnyTool]
    recorded: RecordedSteps
    tainted: bool
    allowed: frozenset[str]
    rows: Counter[str] = field(default_factory=Counter)
    consent: Consent | None = None


def load_context(claim: Claim) -> Context:
    """Read all that a turn needs to begin or to go on, in a handful of queries.

    The sentence's moment is when it was recorded, in the timezone of the recording or else the user's.
    """
    said = Message.objects.filter(turn_id=claim.turn_id, role=Message.Role.USER)
    message_id, text, voice, recorded_at, seq, timezone, language = said.values_list(
        "id", "text", "voice", "recorded_at", "turn__seq", "user__timezone", "user__language"
    ).get()
    # What was spoken is understood where it was spoken.
    timezone = (voice or {}).get("timezone") or timezone
    lists = tuple(TaskList.objects.of(claim.user_id).order_by("id").values_list("name", flat=True))
    memories = Memory.objects.of(claim.user_id).order_by("id").values_list("text", flat=True)
    moment = recorded_at.astimezone(ZoneInfo(timezone))
    history = read_history(claim.conversation_id, before=seq)
    tools = tools_of(claim.user_id)
    context = Context(
        request=ModelRequest(
            system=system_prompt(lists=lists, memories=list(memories)),
            situation=situation_prompt(moment=moment, timezone=timezone, earlier=history.earlier),
            messages=(*history.messages, ChatMessage("user", text)),
            tools=tuple(tool.specification() for tool in tools.values()),
            moment=moment,
            language=language,
            lists=lists,
        ),
        message_id=message_id,
        tools=tools,
        recorded=RecordedSteps(),
        tainted=history.tainted,
        allowed=frozenset(AllowedTool.objects.of(claim.user_id).values_list("tool", flat=True)),
        consent=consent_in(text),
    )
    # The first claim of a turn finds no steps.
    if claim.epoch > 1:
        _add_recorded(context, claim)
    return context


def _add_recorded(context: Context, claim: Claim) -> None:
    recorded = context.recorded
    for step in TurnStep.objects.filter(turn_id=claim.turn_id).order_by("index"):
        if step.kind == TurnStep.Kind.ANSWER:
            recorded.answers[step.index] = AnswerFinished(
                step.index, step.text, calls_of(step), step.engine, tuple(step.unsupported)
            )
        else:
            recorded.results[step.index] = step.result
            context.rows[step.tool_calls[0]["name"]] += step.rows
            context.tainted = context.tainted or is_untrusted(step.result)
