from __future__ import annotations

from datetime import datetime

from pydantic import Field

from accounts.actors import Actor
from conversations import services
from conversations.agent.tools.base import JSON, Tool, ToolInput
from conversations.models import Memory
from tasks.references import Ambiguous, Candidate, Match, resolve


class ForgetInput(ToolInput):
    reference: str = Field(description="The fact's id, or words that name it")


def run(actor: Actor, given: ForgetInput, now: datetime) -> JSON:
    memories = Memory.objects.of(actor.user_id)
    candidates = [Candidate(row.id, row.text, True, row.created_at) for row in memories]
    match resolve(given.reference, candidates):
        case Match(found):
            services.delete_memory(actor=actor, memory_id=found.id, now=now)
            return {"status": "done", "forgotten": found.title}
        case Ambiguous(found):
            facts = [{"id": str(one.id), "title": one.title} for one in found]
            choices = [{"number": number, "memory": fact} for number, fact in enumerate(facts, start=1)]
            return {"status": "which", "reference": given.reference, "memories": choices}
    return {"status": "not_found", "reference": given.reference}


TOOL = Tool("forget", "Forget a fact that was to be remembered.", "write", ForgetInput, run)
