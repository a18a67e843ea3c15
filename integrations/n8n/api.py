"""The public API of the n8n of `N8N_URL`: which workflows it offers, and what became of an execution."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import requests
from django.conf import settings

from voice2task.kernel.errors import Unavailable
from voice2task.kernel.outbound import outbound_session

JSON = dict[str, Any]

TAG = "voice2task"
PAGE_SIZE = 100
FENCED = re.compile(r"```json\s*(\{.*?\})\s*```", re.DOTALL)

# What n8n says of an execution -> how its run ends: status, code, text.
ENDS: Mapping[str, tuple[str, str, str]] = {
    "success": ("timed_out", "callback_lost", "n8n says that it ended well, but it never reported."),
    "error": ("failed", "workflow_failed", "n8n says that it failed."),
    "crashed": ("failed", "workflow_crashed", "n8n went down while it was at work."),
    "canceled": ("failed", "workflow_cancelled", "It was stopped in n8n."),
}
AT_WORK = ("timed_out", "workflow_timeout", "n8n says that it is still at work.")
NOT_KNOWN = ("timed_out", "workflow_timeout", "It did not report in time, and n8n does not say why.")


class N8nUnavailable(Unavailable):
    code = "n8n_unavailable"


def end_of_execution(execution_id: str) -> tuple[str, str, str]:
    """How a run ends whose time is over, as n8n knows it: status, code and text."""
    try:
        status = str(_get(f"executions/{execution_id}").get("status"))
    except N8nUnavailable:
        return NOT_KNOWN
    return ENDS.get(status, AT_WORK if status in ("running", "waiting", "new") else NOT_KNOWN)


def offered_workflows() -> Iterator[JSON]:
    """The workflows tagged `voice2task`, as rows of a manifest; see `docs/webhooks.md`.

    A sticky note with a fenced JSON object says what cannot be read off the webhook node.

    Raises:
        N8nUnavailable
    """
    cursor = ""
    while True:
        page = _get("workflows", tags=TAG, limit=str(PAGE_SIZE), **({"cursor": cursor} if cursor else {}))
        for workflow in page.get("data", []):
            if row := described(workflow):
                yield row
        if not (cursor := page.get("nextCursor") or ""):
            return


def described(workflow: JSON) -> JSON | None:
    """What a workflow of n8n is to us; None if nothing can be sent to it."""
    nodes = {node["type"].rpartition(".")[2]: node for node in workflow["nodes"]}
    webhook = nodes.get("webhook")
    if webhook is None:
        return None
    noted = FENCED.search(nodes.get("stickyNote", {}).get("parameters", {}).get("content", ""))
    try:
        said = json.loads(noted[1]) if noted else {}
    except json.JSONDecodeError as error:
        raise N8nUnavailable(f"The note of “{workflow['name']}” is not JSON: {error}") from error
    name = re.sub(r"[^a-z0-9]+", "_", workflow["name"].lower()).strip("_")
    return {
        "name": name[:48],
        "description": workflow["name"],
        "input_schema": {"type": "object"},
        "calls_back": webhook["parameters"].get("responseMode", "onReceived") == "onReceived",
        **said,
        "path": f"/webhook/{webhook['parameters']['path']}",
        "n8n_id": str(workflow["id"]),
    }


def _get(path: str, **parameters: str) -> JSON:
    if not settings.N8N_URL or not settings.N8N_API_KEY:
        raise N8nUnavailable("N8N_URL and N8N_API_KEY are not set.")
    try:
        response = outbound_session().get(
            f"{settings.N8N_URL}/api/v1/{path}",
            params=parameters,
            headers={"X-N8N-API-KEY": settings.N8N_API_KEY, "Accept": "application/json"},
        )
        response.raise_for_status()
        answer = response.json()
    except (requests.RequestException, ValueError) as error:
        raise N8nUnavailable(f"n8n does not answer as it should: {error}") from error
    return answer if isinstance(answer, dict) else {}
