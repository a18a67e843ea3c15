"""The sound of a recording over HTTP, whole or in ranges: a player asks for the part it wants to play."""

from __future__ import annotations

import re

from django.http import HttpResponse

from conversations.capture_models import Capture

RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def answer_range(header: str, capture: Capture) -> HttpResponse:
    """The whole, or the one range that was asked for (RFC 9110, section 14); several are answered whole."""
    size = capture.received
    match = RANGE.fullmatch(header.strip())
    first, last = _bounds(match[1], match[2], size) if match and (match[1] or match[2]) else (0, size - 1)
    headers = {"Accept-Ranges": "bytes", "Cache-Control": "private", "Content-Disposition": "inline"}
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    with capture.audio.open("rb") as file:
        file.seek(first)
        content = file.read(last - first + 1)
    if (first, last) == (0, size - 1) and not match:
        return HttpResponse(content, content_type=capture.mime, headers=headers)
    headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return HttpResponse(content, content_type=capture.mime, status=206, headers=headers)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """The first and the last byte of a range; the first after the last if there is no such part."""
    if not first:
        return max(0, size - int(last)), size - 1 if int(last) else -1
    return int(first), min(int(last), size - 1) if last else size - 1
