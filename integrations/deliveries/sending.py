"""Sends one delivery over HTTP, once, and says what came of it. No transaction may be open meanwhile."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import orjson
import requests
from django.conf import settings

from integrations.deliveries.signatures import signed_headers
from integrations.models import Delivery, WebhookEndpoint, Workflow, WorkflowRun
from integrations.secrets import callback_token, secrets_of
from voice2task.kernel.errors import ApplicationError
from voice2task.kernel.outbound import CONNECT_SECONDS, AnswerTooLarge, OutboundRefused, outbound_session
from voice2task.kernel.sealing import unseal

JSON = dict[str, Any]

ACCEPT_SECONDS = 10.0
WEBHOOK_SECONDS = 15.0
HIDDEN = "…"
SHOWN_BODY = 16 * 1024
LAST_SUCCESS = 299


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request and its answer, as they are kept. `answer` is what `classification.rule_for` takes.

    `output` is the JSON that a workflow answered.
    """

    answer: str
    url: str
    started_at: datetime
    duration: timedelta = timedelta()
    request_headers: JSON = field(default_factory=dict)
    request_body: str = ""
    status_code: int | None = None
    response_headers: JSON = field(default_factory=dict)
    response_body: str = ""
    output: JSON | None = None
    message: str = ""
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class _Request:
    body: str
    shown_body: str
    headers: dict[str, str]
    shown_headers: dict[str, str]
    seconds: float


def seconds_for(target: Workflow | WebhookEndpoint) -> float:
    """How long an answer is waited for."""
    if isinstance(target, Workflow):
        return ACCEPT_SECONDS if target.calls_back else float(target.timeout_seconds)
    return WEBHOOK_SECONDS


def send(delivery: Delivery, *, now: datetime) -> Attempt:
    """POST a delivery to its target and read the answer."""
    target = delivery.target
    if target is None:
        return Attempt("gone", "", now, message="The workflow is gone.")
    try:
        request = _request(delivery, target, now)
    except ApplicationError as error:
        return Attempt("unreadable", target.url, now, message=error.message)
    began = time.monotonic()
    try:
        response = outbound_session().post(
            target.url,
            data=request.body.encode(),
            headers=request.headers,
            timeout=(CONNECT_SECONDS, request.seconds),
        )
    except requests.RequestException as error:
        answer, message = _failure(error)
        status, headers, body = None, {}, b""
        if error.response is not None:
            status, headers = error.response.status_code, dict(error.response.headers)
    else:
        status, headers, body = response.status_code, dict(response.headers), response.content
        answer, message = str(status), f"It answered {status}."
    output = _json(body)
    if status is not None and answer == str(status) and status <= LAST_SUCCESS:
        agreed = isinstance(target, WebhookEndpoint) or _agreed(target, output)
        answer = "agreed" if agreed else "not_agreed"
        message = "" if agreed else "It did not answer with the JSON that was agreed on."
    return Attempt(
        answer=answer,
        url=target.url,
        started_at=now,
        duration=timedelta(seconds=time.monotonic() - began),
        request_headers=request.shown_headers,
        request_body=request.shown_body,
        status_code=status,
        response_headers=headers,
        response_body=body[:SHOWN_BODY].decode(errors="replace").replace("\x00", "�"),
        output=output,
        message=message,
        retry_after=_retry_after(headers, now),
    )


def _request(delivery: Delivery, target: Workflow | WebhookEndpoint, now: datetime) -> _Request:
    run = delivery.run
    body = shown = delivery.body
    if run is not None:
        body, shown = _run_body(run, callback_token(run.id)), _run_body(run, HIDDEN)
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(delivery.id)}
    headers |= signed_headers(secrets_of(target, now), message_id=str(delivery.id), body=body, now=now)
    shown_headers = dict(headers)
    if isinstance(target, Workflow) and (token := unseal(target.token)):
        headers["Authorization"] = f"Bearer {token}"
        shown_headers["Authorization"] = f"Bearer {HIDDEN}"
    return _Request(body, shown, headers, shown_headers, seconds_for(target))


def _run_body(run: WorkflowRun, token: str) -> str:
    """What a workflow is sent. The same at every try."""
    body: JSON = {
        "run_id": str(run.id),
        "workflow": run.name,
        "user": {"id": str(run.user_id), "timezone": run.user.timezone, "language": run.user.language},
        "input": run.input,
    }
    if run.calls_back:
        body["callback"] = {"url": f"{settings.PUBLIC_URL}/api/v1/hooks/n8n/{run.id}/", "token": token}
    return orjson.dumps(body).decode()


def _agreed(workflow: Workflow, output: Any) -> bool:
    """A JSON object; of one that calls back, with `"accepted": true`."""
    return isinstance(output, dict) and (not workflow.calls_back or output.get("accepted") is True)


def _failure(error: requests.RequestException) -> tuple[str, str]:
    match error:
        case OutboundRefused():
            return ("forbidden" if error.permanent else "unreachable"), error.message
        case AnswerTooLarge():
            return "too_large", error.message
        case requests.ReadTimeout():
            return "no_answer", "It did not answer in time."
        case _:
            return "unreachable", f"It cannot be reached: {type(error).__name__}."


def _json(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None


def _retry_after(headers: JSON, now: datetime) -> timedelta | None:
    """`Retry-After`, in seconds or as a date; what cannot be read counts as absent."""
    value = str(headers.get("Retry-After", "")).strip()
    if value.isascii() and value.isdigit():
        return timedelta(seconds=min(int(value), 86_400))
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(moment - now, timedelta())
