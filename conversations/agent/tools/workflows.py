"""Every active workflow is a tool of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.actors import Actor
from conversations.agent.tools.base import JSON, ArgumentsInvalid, Effect
from integrations import services
from integrations.llm.base import ToolSpec
from integrations.models import Workflow, WorkflowRun
from integrations.services.runs import check_input


@dataclass(frozen=True)
class WorkflowTool:
    """See `tools.AnyTool`. What a workflow does lies outside: it asks, unless it only reads."""

    workflow: Workflow

    @property
    def name(self) -> str:
        return self.workflow.name

    @property
    def effect(self) -> Effect:
        return "read" if self.workflow.effect == Workflow.Effect.READ else "outward"

    def specification(self) -> ToolSpec:
        workflow = self.workflow
        return ToolSpec(self.name, workflow.description, workflow.input_schema, workflow.capability)

    def check(self, arguments: JSON) -> None:
        try:
            check_input(self.workflow, arguments)
        except services.RunInputInvalid as error:
            raise ArgumentsInvalid(error.message) from error

    def call(self, arguments: JSON, *, actor: Actor, now: datetime) -> JSON:
        """Set it in motion. The result says that it is running; `run_outcome` tells how it ended."""
        self.check(arguments)
        run = services.start_run(actor=actor, workflow_id=self.workflow.id, arguments=arguments, now=now)
        return {"status": "running", "run_id": str(run.id), "workflow": self.name}


def workflow_tools(user_id: UUID) -> dict[str, WorkflowTool]:
    """The tools that this user has beside the agent's own; of two with a name, the user's own."""
    workflows = Workflow.objects.usable_by(user_id).active().order_by("owner_id")
    tools: dict[str, WorkflowTool] = {}
    for workflow in workflows:
        if workflow.name not in tools or workflow.owner_id is not None:
            tools[workflow.name] = WorkflowTool(workflow)
    return tools


def run_outcome(run_id: str, user_id: UUID) -> JSON | None:
    """The result of a workflow's tool once its run has ended, or is to report later; None before."""
    run = WorkflowRun.objects.of(user_id).filter(id=run_id).first()
    if run is None:
        return {"status": "error", "code": "run_not_found", "message": "There is no such run."}
    named = {"workflow": run.name, "run_id": str(run.id)}
    if run.status == WorkflowRun.Status.RUNNING:
        return {"status": "accepted", **named, "note": "It is at work and will report later."}
    if not run.ended:
        return None
    if run.status == WorkflowRun.Status.DONE:
        return {"status": "done", **named, "untrusted": True, "output": run.output}
    return {"status": "error", "code": run.error_code, "message": run.error_message, **named}
