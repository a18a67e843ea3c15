"""`ETag` and `If-Match` (RFC 9110, section 13.1.1): things are changed only as the client has seen them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from tasks.models import Task
from tasks.representation import JSON, digest_of, render_task
from tasks.services import Versions

IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="The `ETag` of it as it was read; 412 `version_stale` if it has changed since.",
)
_VERSION = re.compile(r'"(\d{1,9})"')
_DIGEST = re.compile(r'"([0-9a-f]{16})"')


def shown(task: Task | Mapping[str, Any], status: int = 200) -> Response:
    """A task with its version as `ETag`."""
    body = render_task(task)
    return Response(body, status=status, headers={"ETag": f'"{body["version"]}"'})


def digested(body: JSON, status: int = 200) -> Response:
    """A list, a label or a reminder, with a digest of what is shown as `ETag`."""
    return Response(body, status=status, headers={"ETag": f'"{digest_of(body)}"'})


def versions_of(request: Request, task_id: UUID) -> Versions | None:
    """The versions of the task that `If-Match` names; None if any will do.

    What is not an `ETag` of ours matches no version, weak ones neither.
    """
    tags = _tags(request, _VERSION)
    return None if tags is None else {task_id: {int(tag) for tag in tags}}


def digests_of(request: Request, id: UUID) -> Versions | None:
    """The same for what `digested` shows."""
    tags = _tags(request, _DIGEST)
    return None if tags is None else {id: set(tags)}


def _tags(request: Request, form: re.Pattern[str]) -> list[str] | None:
    header = request.headers.get("If-Match", "*").strip()
    if header == "*":
        return None
    tags = (form.fullmatch(tag.strip()) for tag in header.split(","))
    return [tag[1] for tag in tags if tag]
