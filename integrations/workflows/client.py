"""Sends a run to its workflow, over HTTP, and reads what it answers."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import orjson
import requests
from requests.adapters import HTTPAdapter

from integrations.models import WorkflowRun
from integrations.secrets import decrypt
from integrations.services.runs import Outcome
from integrations.services.workflows import check_address
from voice2task.kernel.errors import ApplicationError

JSON = dict[str, Any]

CONNECT_SECONDS = 3.0
MAX_OUTPUT_BYTES = 1024 * 1024
CHUNK_BYTES = 64 * 1024
SENDERS = 16
FIRST_REFUSAL, FIRST_SERVER_ERROR = 300, 500


def send(run: WorkflowRun) -> Outcome:
    """POST the run as JSON, under its id as `Idempotency-Key`, and wait for the answer.

    Only a 2xx answer of JSON is a success. Redirects are not followed: the address was checked, another was
    not. No transaction may be open meanwhile.
    """
    workflow = run.workflow
    if workflow is None:
        return _failed("workflow_deleted", "The workflow is gone.")
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(run.id)}
    try:
        if workflow.owner_id is not None:
            # Names point elsewhere from one day to the next.
            check_address(workflow.url)
        if token := decrypt(bytes(workflow.token)):
            headers["Authorization"] = f"Bearer {token}"
    except ApplicationError as error:
        return _failed(error.code, error.message)
    body = {
        "run_id": str(run.id),
        "workflow": run.name,
        "user": {"id": str(run.user_id), "timezone": run.user.timezone, "language": run.user.language},
        "input": run.input,
    }
    try:
        with _session().post(
            workflow.url,
            data=orjson.dumps(body),
            headers=headers,
            timeout=(CONNECT_SECONDS, float(workflow.timeout_seconds)),
            allow_redirects=False,
            stream=True,
        ) as response:
            return _outcome(response)
    except requests.ReadTimeout:
        return Outcome("timed_out", None, "workflow_timeout", "The workflow did not answer in time.")
    except requests.RequestException as error:
        return _failed("workflow_unavailable", f"The workflow cannot be reached: {type(error).__name__}.")


def _outcome(response: requests.Response) -> Outcome:
    status = response.status_code
    if status >= FIRST_SERVER_ERROR:
        return _failed("workflow_unavailable", f"The workflow answered {status}.")
    if status >= FIRST_REFUSAL:
        return _failed("workflow_refused", f"The workflow answered {status}.")
    received = bytearray()
    for chunk in response.iter_content(CHUNK_BYTES):
        received += chunk
        if len(received) > MAX_OUTPUT_BYTES:
            return _failed("workflow_output_too_large", "The workflow answered with more than 1 MiB.")
    try:
        return Outcome("done", orjson.loads(bytes(received)))
    except orjson.JSONDecodeError:
        return _failed("workflow_output_invalid", "The workflow did not answer with JSON.")


def _failed(code: str, message: str) -> Outcome:
    return Outcome("failed", None, code, message)


@lru_cache(maxsize=1)
def _session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(pool_connections=SENDERS, pool_maxsize=SENDERS))
    return session
