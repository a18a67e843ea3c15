"""The doors by which data leaves and comes, and the job behind one of them."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from rest_framework.test import APIClient

from voice2task.transfer import services

EXPORT, IMPORT = "/api/v1/export/", "/api/v1/import/"


def exported(client: APIClient) -> dict[str, Any]:
    response = client.get(EXPORT)
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    assert int(response["Content-Length"]) == len(content)
    return json.loads(content)


def post_file(client: APIClient, content: bytes | str | dict, format: str, **fields: Any) -> Any:
    if isinstance(content, dict):
        content = json.dumps(content)
    file = SimpleUploadedFile("file", content.encode() if isinstance(content, str) else content)
    headers = fields.pop("headers", None)
    data = {"file": file, "format": format, **fields}
    return client.post(IMPORT, data, format="multipart", headers=headers)


def imported(client: APIClient, content: bytes | str | dict, format: str, **fields: Any) -> dict[str, Any]:
    """The state of an import once its job has been done, here and now."""
    response = post_file(client, content, format, **fields)
    assert response.status_code == 202, response.content
    assert response.json()["status"] == "queued"
    services.run_import(import_id=UUID(response.json()["id"]), now=timezone.now())
    state = client.get(f"{IMPORT}{response.json()['id']}/")
    assert state.status_code == 200
    return state.json()


def faults(state: dict[str, Any]) -> list[tuple[str, str]]:
    return [(fault["at"], fault["code"]) for fault in state["report"]["faults"]]
