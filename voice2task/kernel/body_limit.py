"""The largest body, held against what arrives: Django under ASGI would store all of it before it looks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings

from voice2task.kernel.error_responses import RequestTooLarge, error_response

Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Application = Callable[[Any, Receive, Send], Awaitable[None]]


def largest_body(path: str) -> int:
    """Bytes that a body sent to `path` may have."""
    default: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return next((size for start, size in settings.BODY_LIMITS.items() if path.startswith(start)), default)


class BodyLimit:
    """An ASGI application that answers 413 in the place of `application`, and reads no further."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        largest, arrived = largest_body(scope["path"]), 0

        async def counting() -> Any:
            nonlocal arrived
            message = await receive()
            arrived += len(message.get("body", b""))
            # To the application it is as if the client had gone, and it tidies up.
            return {"type": "http.disconnect"} if arrived > largest else message

        if _declared(scope) <= largest:
            await self._application(scope, counting, send)
        if max(arrived, _declared(scope)) > largest:
            await _refuse(largest, send)


def _declared(scope: Any) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0


async def _refuse(largest: int, send: Send) -> None:
    error = RequestTooLarge(f"A body has at most {largest} bytes here.")
    response = error_response(error.status, error.code, error.message)
    headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": error.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.content})
