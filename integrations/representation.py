"""How workflows and their runs look outside: REST and activities alike. No secret is ever among it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from integrations.models import Workflow, WorkflowRun

JSON = dict[str, Any]


def render_workflow(workflow: Workflow) -> JSON:
    return {
        "id": str(workflow.id),
        "name": workflow.name,
        "description": workflow.description,
        "input_schema": workflow.input_schema,
        "url": workflow.url,
        "has_token": bool(workflow.token),
        "timeout_seconds": workflow.timeout_seconds,
        "active": workflow.active,
        "shared": workflow.owner_id is None,
    }


def render_run(run: WorkflowRun) -> JSON:
    return {
        "id": str(run.id),
        "workflow": run.name,
        "turn_id": str(run.turn_id) if run.turn_id else None,
        "input": run.input,
        "status": run.status,
        "output": run.output,
        "error": {"code": run.error_code, "message": run.error_message} if run.error_code else None,
        "created_at": moment(run.created_at),
        "sent_at": moment(run.sent_at),
        "finished_at": moment(run.finished_at),
        "deadline_at": moment(run.deadline_at),
    }


def moment(value: datetime | None) -> str | None:
    """ISO 8601 in UTC, ending in Z."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if value else None
