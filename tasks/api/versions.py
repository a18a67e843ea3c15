"""`ETag` and `If-Match` (RFC 9110, section 13.1.1): a task is changed only as the client has seen it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from tasks.models import Task
from tasks.representation import render_task
from tasks.services import Versions

IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="The `ETag` of the task as it was read; 412 `version_stale` if it has changed since.",
)
_TAG = re.compile(r'"(\d{1,9})"')


def shown(task: Task | Mapping[str, Any], status: int = 200) -> Response:
    """A task with its version as `ETag`."""
    body = render_task(task)
    return Response(body, status=status, headers={"ETag": f'"{body["version"]}"'})


def versions_of(request: Request, task_id: UUID) -> Versions | None:
    """The versions of the task that `If-Match` names; None if any will do.

    What is not an `ETag` of ours matches no version, weak ones neither.
    """
    header = request.headers.get("If-Match", "*").strip()
    if header == "*":
        return None
    tags = (_TAG.fullmatch(tag.strip()) for tag in header.split(","))
    return {task_id: {int(tag[1]) for tag in tags if tag}}
