from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field, model_validator

from accounts.actors import Actor
from conversations.agent.tools.base import JSON, Tool, ToolInput
from conversations.agent.tools.fields import Name
from tasks import services
from tasks.models import TaskList


class ManageListsInput(ToolInput):
    action: Literal["create", "rename", "recolour", "archive", "unarchive", "delete"]
    name: Name
    new_name: Name | None = Field(default=None, description="For rename")
    colour: str | None = Field(default=None, description="#rrggbb, for create and recolour")

    @model_validator(mode="after")
    def _complete(self) -> ManageListsInput:
        if self.action == "rename" and self.new_name is None:
            raise ValueError("rename needs new_name")
        if self.action == "recolour" and self.colour is None:
            raise ValueError("recolour needs colour")
        return self


def run(actor: Actor, given: ManageListsInput, now: datetime) -> JSON:
    done: JSON = {"status": "done", "action": given.action, "list": given.name}
    if given.action == "create":
        services.create_list(actor=actor, name=given.name, colour=given.colour or "", now=now)
        return done
    known = TaskList.objects.of(actor.user_id).named(given.name).first()
    if known is None:
        return {"status": "not_found", "reference": given.name}
    if given.action == "delete":
        # Counted before they move to the Inbox, with which no task is lost.
        moved = known.tasks.kept().count()
        services.delete_list(actor=actor, list_id=known.id, now=now)
        return {**done, "tasks_moved_to_inbox": moved}
    services.update_list(actor=actor, list_id=known.id, changes=_changes(given), now=now)
    return {**done, "new_name": given.new_name} if given.action == "rename" else done


def _changes(given: ManageListsInput) -> services.ListFields:
    if given.action == "rename":
        return {"name": given.new_name or given.name}
    if given.action == "recolour":
        return {"colour": given.colour or ""}
    return {"archived": given.action == "archive"}


TOOL = Tool(
    "manage_lists",
    "Create, rename, recolour, archive or delete a list. The tasks of a deleted list move to the Inbox.",
    "write",
    ManageListsInput,
    run,
)
