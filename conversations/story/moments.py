"""What a turn's story is made of."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

# What is further from the axis than this is written in words, and drawn at its edge.
AXIS = 100.0


@dataclass(frozen=True, slots=True)
class Part:
    """Something that users said or that tells of it: shown only to those who may see content."""

    label: str
    text: str

    @classmethod
    def of_json(cls, label: str, value: Any) -> Part:
        return cls(label, json.dumps(value, indent=2, ensure_ascii=False, sort_keys=False, default=str))


@dataclass(slots=True)
class Moment:
    """One thing that happened, or took from `at` `until`.

    `tone` is "good", "bad", "waiting" or "". `facts` are numbers and states that anybody on staff may see;
    `content` is not among them. `capture_id` is a recording that can be played. `start` and `width` place it
    on the axis, in hundredths of it.
    """

    at: datetime
    kind: str
    title: str
    tone: str = ""
    until: datetime | None = None
    facts: list[tuple[str, Any]] = field(default_factory=list)
    content: list[Part] = field(default_factory=list)
    capture_id: UUID | None = None
    start: float = 0.0
    width: float = 0.0
    after_ms: int = 0

    @property
    def end(self) -> datetime:
        return self.until or self.at

    @property
    def took_ms(self) -> int | None:
        return round((self.until - self.at).total_seconds() * 1000) if self.until else None


@dataclass(frozen=True, slots=True)
class Story:
    """The moments of a turn in order, and the length of the axis in milliseconds."""

    moments: list[Moment]
    axis_ms: int
    log_is_known: bool


def place(moments: list[Moment], begin: datetime, end: datetime) -> int:
    """Put moments on the axis from `begin` to `end`; returns its length in milliseconds.

    What came before or after, such as a delivery that was repeated a day later, stands at its edge.
    """
    length = max((end - begin).total_seconds(), 0.001)
    for moment in moments:
        offset = (moment.at - begin).total_seconds()
        moment.after_ms = round(offset * 1000)
        moment.start = min(max(offset / length, 0.0), 1.0) * AXIS
        reach = min(max((moment.end - begin).total_seconds() / length, 0.0), 1.0) * AXIS
        moment.width = max(reach - moment.start, 0.0)
    return round(length * 1000)
