"""The fields of a task as a provider gives them: wall time, names of lists and labels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, NaiveDatetime, model_validator
from pydantic.json_schema import SkipJsonSchema

from accounts.actors import Actor
from conversations.agent.tools.base import ToolInput
from tasks import services
from tasks.services import TaskFields

Title = Annotated[str, Field(min_length=1, max_length=500)]
Priority = Literal["none", "low", "medium", "high", "urgent"]
SpannedField = Literal["title", "due", "rrule", "priority", "list", "labels"]
Name = Annotated[str, Field(min_length=1, max_length=200)]


class SpanInput(ToolInput):
    message_id: UUID
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    corrected: dict[Literal["given", "due", "said"], str] | None = None


class TaskInput(ToolInput):
    """What may be said of a task. Dates and times are the user's own, without an offset.

    `source_span` is not the provider's to give: it is found in the user's words.
    """

    source_span: SkipJsonSchema[dict[SpannedField, SpanInput] | None] = None

    notes: str | None = Field(default=None, description="Markdown")
    due_on: date | None = Field(default=None, description="The day, of a task due all day: YYYY-MM-DD")
    due_at: NaiveDatetime | None = Field(
        default=None, description="Day and time, in the user's timezone: YYYY-MM-DDTHH:MM. Not with due_on."
    )
    start_on: date | None = Field(default=None, description="Not before this day: YYYY-MM-DD")
    estimate_minutes: int | None = Field(default=None, description="How long it takes", ge=1)
    rrule: str | None = Field(default=None, description="RFC 5545 recurrence, without DTSTART")
    priority: Priority | None = None
    list: Name | None = Field(default=None, description="A list's name; made if there is none of that name")
    labels: Sequence[Name] | None = None

    @model_validator(mode="after")
    def _one_due(self) -> TaskInput:
        if self.due_on is not None and self.due_at is not None:
            raise ValueError("give due_on or due_at, not both")
        return self


def fields_of(given: TaskInput, *, actor: Actor, now: datetime) -> TaskFields:
    """The fields that were said, for the services of tasks. A list not known yet is made."""
    fields: TaskFields = {}
    if "due_on" in given.model_fields_set or "due_at" in given.model_fields_set:
        _set_due(fields, given)
    if given.notes is not None:
        fields["notes"] = given.notes
    if "start_on" in given.model_fields_set:
        fields["start_on"] = given.start_on
    if "estimate_minutes" in given.model_fields_set:
        fields["estimate_minutes"] = given.estimate_minutes
    if given.rrule is not None:
        fields["rrule"] = given.rrule
    if given.priority is not None:
        fields["priority"] = given.priority
    if given.labels is not None:
        fields["labels"] = given.labels
    if given.source_span is not None:
        fields["source_span"] = {
            name: span.model_dump(mode="json", exclude_none=True) for name, span in given.source_span.items()
        }
    if given.list is not None:
        fields["list_id"] = services.ensure_list(actor=actor, name=given.list, now=now).id
    return fields


def _set_due(fields: TaskFields, given: TaskInput) -> None:
    if given.due_at is not None:
        fields["due_at"] = given.due_at
    else:
        fields["due_on"] = given.due_on
