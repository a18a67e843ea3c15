"""An extension of ASGI: several text frames of a WebSocket in one message of the application.

A server that offers it names it among the `extensions` of the scope, and takes a list of texts, as UTF-8, for
the `text` of `websocket.send`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

EXTENSION = "voice2task.many_texts"


def are_taken(scope: Mapping[str, Any]) -> bool:
    """Whether the server that has made this scope takes them."""
    return EXTENSION in scope.get("extensions", {})
