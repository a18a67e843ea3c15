from __future__ import annotations

from datetime import datetime

from accounts.actors import Actor

called: list[tuple[Actor, datetime]] = []


def note(*, actor: Actor, now: datetime) -> None:
    called.append((actor, now))


def fail(*, actor: Actor, now: datetime) -> None:
    raise RuntimeError("no inbox for you")
