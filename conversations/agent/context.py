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
from conversations.agent.history import calls_of, history_of, summaries_of
from conversations.agent.loop import RecordedSteps
from conversations.agent.prompts import situation_prompt, system_prompt
from conversations.agent.tools import TOOLS, AnyTool, tools_of
from conversations.claim_querysets import Claim, StoredStep
from conversations.models import TurnStep
from conversations.patience import until_database_is_back
from integrations.llm.base import ChatMessage, ModelRequest


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


async def load_context(claim: Claim) -> Context:
    """All that a turn needs to begin or to go on, most of which came with the claim.

    The sentence's moment is when it was recorded, in the timezone of the recording or else the user's.
    """
    start = claim.start
    history = history_of(start.earlier)
    earlier = await until_database_is_back(summaries_of, history.before) if history.before else ()
    tools = await until_database_is_back(tools_of, claim.user_id) if start.has_workflows else TOOLS
    moment = start.recorded_at.astimezone(ZoneInfo(start.timezone))
    context = Context(
        request=ModelRequest(
            system=system_prompt(lists=start.lists, memories=start.memories),
            situation=situation_prompt(moment=moment, timezone=start.timezone, earlier=earlier),
            messages=(*history.messages, ChatMessage("user", start.text)),
            tools=tuple(tool.specification() for tool in tools.values()),
            moment=moment,
            language=start.language,
            lists=tuple(start.lists),
        ),
        message_id=start.message_id,
        tools=tools,
        recorded=RecordedSteps(),
        tainted=history.tainted,
        allowed=frozenset(start.allowed),
        consent=consent_in(start.text),
    )
    for step in start.steps:
        _add_recorded(context, step)
    return context


def _add_recorded(context: Context, step: StoredStep) -> None:
    if step.kind == TurnStep.Kind.ANSWER:
        context.recorded.answers[step.index] = AnswerFinished(
            step.index, step.text, calls_of(step), step.engine, tuple(step.unsupported)
        )
    else:
        context.recorded.results[step.index] = step.result
        context.rows[step.tool_calls[0]["name"]] += step.rows
        context.tainted = context.tainted or is_untrusted(step.result)
