"""What the n8n of the tests runs: the shipped templates, set up for the tests, and some that misbehave."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

JSON = dict[str, Any]

TEMPLATES = Path(__file__).resolve().parents[2] / "integrations" / "n8n" / "templates"
TOKEN = "a token of these tests"
# Printable bytes, so that n8n's credential can hold them as text.
SIGNING_KEY = "0123456789abcdef0123456789abcdef"
SIGNING_SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
HEADER = {"id": "voice2task-header", "name": "Voice2Task header"}
ANSWER = "={{ JSON.stringify({accepted: true, execution_id: $execution.id}) }}"

CREDENTIALS: list[JSON] = [
    {**HEADER, "type": "httpHeaderAuth", "data": {"name": "Authorization", "value": f"Bearer {TOKEN}"}},
    {
        "id": "voice2task-signing",
        "name": "Voice2Task signing",
        "type": "crypto",
        "data": {"hmacSecret": SIGNING_KEY},
    },
    {
        "id": "calendar-login",
        "name": "Calendar login",
        "type": "httpBasicAuth",
        "data": {"user": "me", "password": "secret"},
    },
    {
        "id": "mail-login",
        "name": "Mail login",
        "type": "httpHeaderAuth",
        "data": {"name": "Authorization", "value": "Bearer mail"},
    },
]


def workflows(*, outside: str, site: str) -> dict[str, JSON]:
    """By name; the error workflow first, since others name it."""
    values = {
        "calendar_url": f"{outside}/calendar/",
        "jmap_url": f"{outside}/jmap",
        "account_id": "a",
        "chat_url": f"{outside}/chat",
        "voice2task_url": site,
    }
    paths = sorted(TEMPLATES.glob("*.json"), key=lambda path: (path.stem != "error_workflow", path.stem))
    found = {path.stem: _set_up(json.loads(path.read_text()), values) for path in paths}
    throws = _node("Throw", "code", 2, {"jsCode": "throw new Error('The mill is broken');"})
    waits = _wait(5)
    found["throwing"] = _chain("throwing", _hook("t-throwing"), throws, _respond())
    found["slow"] = _chain("slow", _hook("t-slow"), waits, _respond())
    found["silent"] = _chain(
        "silent", _hook("t-silent"), _node("Stop", "code", 2, {"jsCode": "return [];"}), _respond()
    )
    found["unpublished"] = _chain("unpublished", _hook("t-unpublished"), _respond()) | {"published": False}
    found["later"] = _chain("later", _hook("t-later", calls_back=True), _wait(60))
    found["later_throwing"] = _chain("later throwing", _hook("t-later-throwing", calls_back=True), throws)
    found["later_throwing"]["settings"]["errorWorkflow"] = "error_workflow"
    found["verifying"] = _verifying()
    return found


def _set_up(workflow: JSON, values: dict[str, str]) -> JSON:
    for each in workflow["nodes"]:
        if each["name"] == "Settings":
            kept = json.loads(each["parameters"]["jsonOutput"])
            each["parameters"]["jsonOutput"] = json.dumps({name: values[name] for name in kept})
    if any(each["name"] == "Sign" for each in workflow["nodes"]) and workflow["tags"]:
        workflow["settings"]["errorWorkflow"] = "error_workflow"
    return workflow


def _node(name: str, kind: str, version: float, parameters: JSON, **more: Any) -> JSON:
    return {
        "id": name,
        "name": name,
        "type": f"n8n-nodes-base.{kind}",
        "typeVersion": version,
        "position": [0, 0],
        "parameters": parameters,
        **more,
    }


def _hook(path: str, *, calls_back: bool = False) -> JSON:
    parameters: JSON = {"httpMethod": "POST", "path": path, "authentication": "headerAuth", "options": {}}
    if calls_back:
        entry = {"name": "content-type", "value": "application/json"}
        parameters |= {
            "responseMode": "onReceived",
            "options": {"responseData": ANSWER, "responseHeaders": {"entries": [entry]}},
        }
    else:
        parameters["responseMode"] = "responseNode"
    more = {"webhookId": path, "credentials": {"httpHeaderAuth": dict(HEADER)}}
    return _node("Webhook", "webhook", 2.1, parameters, **more)


def _wait(seconds: int) -> JSON:
    return _node("Wait", "wait", 1.1, {"resume": "timeInterval", "amount": seconds, "unit": "seconds"})


def _respond(body: str = "={{ { ok: true } }}") -> JSON:
    return _node(
        "Respond", "respondToWebhook", 1.5, {"respondWith": "json", "responseBody": body, "options": {}}
    )


def _chain(name: str, *nodes: JSON) -> JSON:
    return {
        "name": name,
        "nodes": list(nodes),
        "connections": {
            before["name"]: {"main": [[{"node": after["name"], "type": "main", "index": 0}]]}
            for before, after in pairwise(nodes)
        },
        "settings": {"executionOrder": "v1"},
    }


def _verifying() -> JSON:
    """Checks the signature of what it is sent, as a workflow of a user's can."""
    hook = _hook("t-verifying")
    hook["parameters"]["options"] = {"rawBody": True}
    options = {"keepSource": "json"}
    raw = _node(
        "Raw",
        "extractFromFile",
        1,
        {
            "operation": "text",
            "binaryPropertyName": "data",
            "destinationKey": "raw",
            "options": options,
        },
    )
    value = "={{ $json.headers['webhook-id'] }}.{{ $json.headers['webhook-timestamp'] }}.{{ $json.raw }}"
    sign = _node(
        "Expected",
        "crypto",
        2,
        {
            "action": "hmac",
            "type": "SHA256",
            "encoding": "base64",
            "dataPropertyName": "expected",
            "value": value,
        },
        credentials={"crypto": {"id": "voice2task-signing", "name": "Voice2Task signing"}},
    )
    right = "($json.headers['webhook-signature'] || '').split(' ').includes('v1,' + $json.expected)"
    same = "$json.headers['webhook-id'] === $json.headers['idempotency-key']"
    return _chain("verifying", hook, raw, sign, _respond(f"={{{{ {{ right: {right}, same: {same} }} }}}}"))
