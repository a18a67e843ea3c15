"""A tool call as it is carried out: its dates held against the words, within what may be done unasked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils import timezone

from accounts.actors import Actor
from conversations.agent.context import Context
from conversations.agent.dates_check import check_dates
from conversations.agent.policy import Standing
from conversations.agent.source_spans import with_source_spans
from conversations.agent.tools import run_tool
from conversations.services import Effect, Effected
from integrations.llm.base import ToolCall

JSON = dict[str, Any]


def effect_of(call: ToolCall, context: Context) -> Effect:
    """What `services.run_tool_step` runs within its transaction, by how things stand in the turn now."""
    standing = Standing(dict(context.rows), context.tainted, context.allowed)

    def effect(actor: Actor, arguments: JSON, approved: bool) -> Effected:
        asked = ToolCall(call.id, call.name, arguments, call.malformed)
        now = timezone.now().astimezone(context.request.moment.tzinfo)
        correction = None
        if not approved:
            # What the user has approved, or edited, is what is done.
            asked, correction = check_dates(asked, context.request)
        asked = with_source_spans(asked, context.request, context.message_id, correction=correction)
        done = run_tool(context.tools, asked, actor=actor, now=now, standing=None if approved else standing)
        if correction is None or done.result.get("status") != "done":
            return done
        return replace(done, result={**done.result, "corrected": correction})

    return effect
