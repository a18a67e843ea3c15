"""Autobahn words a line of its log for every frame, in colours, before it asks whether anybody wants it."""

from __future__ import annotations

from typing import Any

from autobahn.websocket import protocol


def leave_colours_out() -> None:
    """Give Autobahn's log the values as they are: its colours are a quarter of what a frame costs to send."""
    module: Any = protocol
    module.hltype = module.hlval = _as_it_is


def _as_it_is(value: Any, **_: Any) -> Any:
    return value
