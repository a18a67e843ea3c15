"""How workflows and their runs look outside: REST and activities alike. No secret is ever among it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from integrations.models import Delivery, DeliveryAttempt, WebhookEndpoint, Workflow, WorkflowRun

JSON = dict[str, Any]


def render_workflow(workflow: Workflow) -> JSON:
    return {
        "id": str(workflow.id),
        "name": workflow.name,
        "description": workflow.description,
        "input_schema": workflow.input_schema,
        "url": workflow.url,
        "has_token": bool(workflow.token),
        "calls_back": workflow.calls_back,
        "timeout_seconds": workflow.timeout_seconds,
        "effect": workflow.effect,
        "capability": workflow.capability,
        "compensation_id": str(workflow.compensation_id) if workflow.compensation_id else None,
        "n8n_id": workflow.n8n_id,
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
        "execution_id": run.execution_id,
        "compensates": str(run.compensates_id) if run.compensates_id else None,
        "late_output": run.late_output,
        "late_at": moment(run.late_at),
        "error": {"code": run.error_code, "message": run.error_message} if run.error_code else None,
        "created_at": moment(run.created_at),
        "sent_at": moment(run.sent_at),
        "finished_at": moment(run.finished_at),
        "deadline_at": moment(run.deadline_at),
    }


def render_webhook(endpoint: WebhookEndpoint) -> JSON:
    return {
        "id": str(endpoint.id),
        "url": endpoint.url,
        "description": endpoint.description,
        "kinds": list(endpoint.kinds),
        "status": endpoint.status,
        "failures_in_a_row": endpoint.failures_in_a_row,
        "rests_until": moment(endpoint.rests_until),
        "created_at": moment(endpoint.created_at),
    }


def render_delivery(delivery: Delivery) -> JSON:
    return {
        "id": str(delivery.id),
        "webhook_id": str(delivery.endpoint_id) if delivery.endpoint_id else None,
        "run_id": str(delivery.run_id) if delivery.run_id else None,
        "kind": delivery.kind,
        "status": delivery.status,
        "attempts": delivery.attempts_made,
        "error_code": delivery.error_code,
        "next_attempt_at": moment(delivery.next_attempt_at) if delivery.status == "pending" else None,
        "created_at": moment(delivery.created_at),
        "finished_at": moment(delivery.finished_at),
    }


def render_attempt(attempt: DeliveryAttempt) -> JSON:
    return {
        "number": attempt.number,
        "url": attempt.url,
        "request": {"headers": attempt.request_headers, "body": attempt.request_body},
        "response": {
            "status": attempt.status_code,
            "headers": attempt.response_headers,
            "body": attempt.response_body,
        },
        "outcome": attempt.outcome,
        "error": {"code": attempt.error_code, "message": attempt.error_message}
        if attempt.error_code
        else None,
        "started_at": moment(attempt.started_at),
        "duration_ms": attempt.duration_ms,
    }


def moment(value: datetime | None) -> str | None:
    """ISO 8601 in UTC, ending in Z."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if value else None
