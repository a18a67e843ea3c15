from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field, model_validator

from accounts.actors import Actor
from conversations.agent.tools.base import JSON, Tool, ToolInput
from conversations.agent.tools.fields import Name
from tasks import services
from tasks.models import Label


class ManageLabelsInput(ToolInput):
    action: Literal["create", "rename", "delete"]
    name: Name
    new_name: Name | None = Field(default=None, description="For rename")

    @model_validator(mode="after")
    def _complete(self) -> ManageLabelsInput:
        if self.action == "rename" and self.new_name is None:
            raise ValueError("rename needs new_name")
        return self


def run(actor: Actor, given: ManageLabelsInput, now: datetime) -> JSON:
    done: JSON = {"status": "done", "action": given.action, "label": given.name}
    if given.action == "create":
        services.create_label(actor=actor, name=given.name, now=now)
        return done
    known = Label.objects.of(actor.user_id).named(given.name).first()
    if known is None:
        return {"status": "not_found", "reference": given.name}
    if given.new_name is not None and given.action == "rename":
        services.update_label(actor=actor, label_id=known.id, name=given.new_name, now=now)
        return {**done, "new_name": given.new_name}
    services.delete_label(actor=actor, label_id=known.id, now=now)
    return done


TOOL = Tool(
    "manage_labels",
    "Create, rename or delete a label; deleting takes it off every task.",
    "write",
    ManageLabelsInput,
    run,
)
