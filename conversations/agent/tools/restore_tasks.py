from __future__ import annotations

from datetime import datetime

from accounts.actors import Actor
from conversations.agent.tools.base import JSON, Tool
from conversations.agent.tools.by_reference import ReferencesInput
from conversations.agent.tools.meaning import find_meant, present_tasks
from tasks import services
from tasks.models import Task


def run(actor: Actor, given: ReferencesInput, now: datetime) -> JSON:
    trashed = Task.objects.of(actor.user_id).trashed()
    found, refusal = find_meant(actor, given.references, now, among=trashed)
    if refusal:
        return refusal
    services.restore_tasks(actor=actor, task_ids=found, now=now)
    return {"status": "done", "tasks": present_tasks(actor, found, now)}


TOOL = Tool("restore_tasks", "Take tasks out of the trash.", "write", ReferencesInput, run)
