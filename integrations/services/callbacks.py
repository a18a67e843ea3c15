"""What workflows report back: signed, from now, with the token of the one run, and each only once."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import orjson
from django.db import transaction

from activities.services import lock_stream
from integrations.deliveries.signatures import SignatureInvalid, verify
from integrations.models import WorkflowRun
from integrations.secrets import callback_tokens, secrets_of
from integrations.services.outcomes import EXECUTION_LENGTH, end_run, finish, note_late
from voice2task.kernel.errors import ApplicationError, Invalid

JSON = dict[str, Any]
Taken = Literal["accepted", "duplicate", "late"]

MAX_BYTES = 1024 * 1024
BEARER = "Bearer "
Status = WorkflowRun.Status


class CallbackRefused(ApplicationError):
    """One text for every reason: whoever forges learns nothing."""

    code = "callback_refused"
    status = 401
    message = "This is not a callback that is waited for."


class CallbackInvalid(Invalid):
    code = "callback_invalid"


@dataclass(frozen=True, slots=True)
class Report:
    """`{"run_id", "status": "done" | "failed", "output"?, "error"?: {"message"}, "execution_id"?}`"""

    run_id: str
    status: str
    output: Any
    message: str
    execution_id: str


@transaction.atomic
def receive_callback(*, run_id: UUID, headers: Mapping[str, str], body: bytes, now: datetime) -> Taken:
    """Take what a run's workflow reports. The second time, and later, it changes nothing.

    Raises:
        CallbackRefused: no such run, no right signature, not from now, or not the run's token.
        CallbackInvalid: it is signed and cannot be read.
    """
    run = _locked(run_id)
    given = _header(headers, "authorization")
    if run is None or not any(
        hmac.compare_digest(given, f"{BEARER}{token}") for token in callback_tokens(run_id)
    ):
        raise CallbackRefused
    message_id = _signer(run, headers, body, now)
    if message_id is None:
        raise CallbackRefused
    report = _report(body)
    if report.run_id != str(run.id):
        raise CallbackRefused
    return _take(run, report, message_id, now)


@transaction.atomic
def receive_failure(*, execution_id: str, headers: Mapping[str, str], body: bytes, now: datetime) -> Taken:
    """Take what the error workflow of an n8n reports of an execution, `{"message"}`.

    Ids of executions are not unique among several n8n: the signature tells whose it is.

    Raises:
        CallbackRefused, CallbackInvalid
    """
    named = WorkflowRun.objects.filter(execution_id=execution_id[:EXECUTION_LENGTH]).order_by("-id")
    for run_id in list(named.values_list("id", flat=True)[:10]) if execution_id else ():
        run = _locked(run_id)
        if run is None or (message_id := _signer(run, headers, body, now)) is None:
            continue
        message = str(_object(body).get("message") or "The workflow failed.")
        return _take(run, Report(str(run.id), "failed", None, message, execution_id), message_id, now)
    raise CallbackRefused


def _locked(run_id: UUID) -> WorkflowRun | None:
    user_id = WorkflowRun.objects.filter(id=run_id, calls_back=True).values_list("user_id", flat=True).first()
    if user_id is None:
        return None
    lock_stream(user_id)
    return WorkflowRun.objects.select_for_update(of=("self",)).select_related("workflow").get(id=run_id)


def _signer(run: WorkflowRun, headers: Mapping[str, str], body: bytes, now: datetime) -> str | None:
    """The id of a message that the run's workflow has signed; None if it has not."""
    if run.workflow is None:
        return None
    try:
        return verify(secrets_of(run.workflow, now), headers=headers, body=body, now=now)
    except SignatureInvalid:
        return None


def _take(run: WorkflowRun, report: Report, message_id: str, now: datetime) -> Taken:
    if run.callback_id or run.late_at:
        return "duplicate"
    if run.ended:
        note_late(run, report.output, now)
        return "late"
    run.callback_id = message_id[:255]
    run.execution_id = report.execution_id or run.execution_id
    if report.status == Status.DONE:
        finish(run, report.output, now)
    else:
        end_run(run, "failed", "workflow_failed", report.message, now)
    return "accepted"


def _report(body: bytes) -> Report:
    given = _object(body)
    if given.get("status") not in (Status.DONE, Status.FAILED):
        raise CallbackInvalid("A status is done or failed.", field="status")
    error = given.get("error")
    message = error.get("message") if isinstance(error, dict) else error
    return Report(
        run_id=str(given.get("run_id")),
        status=given["status"],
        output=given.get("output"),
        message=str(message or "The workflow failed."),
        execution_id=str(given.get("execution_id") or "")[:EXECUTION_LENGTH],
    )


def _object(body: bytes) -> JSON:
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise CallbackInvalid("The body is not JSON.") from error
    if not isinstance(given, dict):
        raise CallbackInvalid("The body is not a JSON object.")
    return given


def _header(headers: Mapping[str, str], name: str) -> str:
    return {key.lower(): value for key, value in headers.items()}.get(name, "")
