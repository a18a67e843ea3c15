"""The export file as an answer over HTTP."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from typing import IO

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse

from accounts.actors import Actor
from voice2task.transfer import document

PIECE = 256 * 1024


def export_response(request: HttpRequest, *, actor: Actor, now: datetime) -> StreamingHttpResponse:
    """Everything of the actor's user, to be kept as a file."""
    # Written first, sent afterwards: a client that reads slowly keeps neither a transaction nor a lock.
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    for piece in document.write(actor=actor, now=now):
        file.write(piece)
    size = file.tell()
    file.seek(0)
    asynchronous = isinstance(request, ASGIRequest)
    response = StreamingHttpResponse(
        _pieces_async(file) if asynchronous else _pieces(file), content_type="application/json"
    )
    response["Content-Length"] = str(size)
    response["Content-Disposition"] = f'attachment; filename="voice2task-{now:%Y-%m-%d}.json"'
    response["Cache-Control"] = "no-store"
    return response


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


async def _pieces_async(file: IO[bytes]) -> AsyncIterator[bytes]:
    with file:
        while piece := await sync_to_async(file.read, thread_sensitive=False)(PIECE):
            yield piece
