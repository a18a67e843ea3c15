"""What a sentence was understood to say.

A span is a half-open range of characters of the original sentence: `sentence[span.start:span.end]`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Generic, Literal, TypeVar

Intent = Literal[
    "create",
    "update",
    "complete",
    "reopen",
    "delete",
    "query",
    "undo",
    "choose",
    "smalltalk",
    "help",
    "snooze",
    "silence",
    "pause",
    "resume",
    "restart",
    "other",
]
Priority = Literal["none", "low", "medium", "high", "urgent"]
Kind = Literal["task", "alarm", "timer"]
Status = Literal["open", "done", "all"]
Due = date | datetime
T_co = TypeVar("T_co", covariant=True)

ALL = 0
LAST = -1


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field(Generic[T_co]):
    """A value and the place in the sentence that it was read from.

    `parts` are the places where `span` only covers them: "tomorrow" and "at 5" of "tomorrow call Bob at 5".
    """

    value: T_co
    span: Span
    parts: tuple[Span, ...] = field(default=(), compare=False)

    @property
    def places(self) -> tuple[Span, ...]:
        return self.parts or (self.span,)


@dataclass(frozen=True, slots=True)
class Query:
    """Which tasks were asked for. The dates are inclusive."""

    text: str = ""
    due_from: date | None = None
    due_to: date | None = None
    overdue: bool = False
    status: Status = "open"
    list: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the sentence asks for.

    In an update, `title`, `due`, `rrule`, `priority`, `list` and `labels` are the new values, `cleared` names
    the fields to empty, `shift` moves the due moment by that much, and `keeps_day` says that of `due` only
    the time was said. `reference` holds the words that say which existing task is meant. `due` is a date, or
    a datetime aware in the timezone of `now`; `rrule` is an RFC 5545 recurrence rule without DTSTART; `lead`
    is how long before `due` to remind. `choices` are numbers from 1, `LAST` or `ALL`. `topic` tells kinds of
    one intent apart.
    """

    intent: Intent
    span: Span
    kind: Kind = "task"
    title: Field[str] | None = None
    due: Field[Due] | None = None
    rrule: Field[str] | None = None
    lead: Field[timedelta] | None = None
    priority: Field[Priority] | None = None
    list: Field[str] | None = None
    labels: tuple[Field[str], ...] = ()
    reference: Field[str] | None = None
    cleared: frozenset[Literal["due", "rrule"]] = frozenset()
    shift: Field[timedelta] | None = None
    keeps_day: bool = False
    query: Query | None = None
    choices: tuple[int, ...] = ()
    topic: Literal["", "thanks", "new list", "statement"] = ""


@dataclass(frozen=True, slots=True)
class Understanding:
    """All commands of a sentence in the order they were said.

    `language` is the code of the language it was read in; "" where it is in none that is known, and the one
    command is a task titled by the sentence. `too_long` says that it was not read at all.
    """

    text: str
    commands: tuple[Command, ...]
    too_long: bool = False
    language: str = "en"
