"""Checking the fields of a task, from whichever door they come, and applying them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypedDict
from urllib.parse import urlsplit
from uuid import UUID

from tasks.models import MAX_LINK, MAX_NAME, MAX_TITLE, Task
from tasks.recurrence import Due, parse_rule
from tasks.services.workspace import DoesNotExist, Workspace
from voice2task.kernel.errors import Invalid

MAX_NOTES_BYTES = 100_000
MAX_LABELS = 20
MAX_LINKS = 20
MAX_EXDATES = 366
LONGEST_ESTIMATE_MINUTES = 366 * 24 * 60
LINK_SCHEMES = ("http", "https", "mailto")


class Link(TypedDict, total=False):
    """`url` is needed: http, https or mailto."""

    url: str
    title: str


class TaskFields(TypedDict, total=False):
    """What may be said of a task. Absent fields keep their value, or get the default of a new task.

    `due_at` without an offset is wall time in the user's timezone. `due_on` alone makes the task all-day,
    `due_at` alone sets the date too, null for `due_on` clears both. `labels` are names; new ones are made.
    `source_span` says which words of which message gave which field, or gives the words themselves; other
    fields keep theirs.
    """

    title: str
    notes: str
    status: str
    priority: str
    due_on: date | None
    due_at: datetime | None
    start_on: date | None
    estimate_minutes: int | None
    rrule: str
    exdates: Sequence[date]
    repeat_from: str
    list_id: UUID
    parent_id: UUID | None
    links: Sequence[Link]
    labels: Sequence[str]
    source_span: dict[str, Any] | None


class Blank(Invalid):
    code = "blank"
    message = "This may not be blank."


class TooLong(Invalid):
    code = "max_length"
    message = "This is too long."


class CharactersInvalid(Invalid):
    code = "characters_invalid"
    message = "Null characters and lone surrogates are not text."


class ChoiceInvalid(Invalid):
    code = "invalid_choice"


class DueInconsistent(Invalid):
    code = "due_inconsistent"
    message = "due_on is not the date of due_at in your timezone."


class DateOutOfRange(Invalid):
    code = "date_out_of_range"
    message = "The date is beyond the years that can be kept."


class StartAfterDue(Invalid):
    code = "start_after_due"
    message = "A task cannot start after it is due."


class EstimateInvalid(Invalid):
    code = "estimate_invalid"
    message = f"1 to {LONGEST_ESTIMATE_MINUTES} minutes."


class LinkInvalid(Invalid):
    code = "link_invalid"
    message = f"At most {MAX_LINKS} links, each an address with http, https or mailto."


class TooManyExceptions(Invalid):
    code = "too_many_exdates"
    message = f"At most {MAX_EXDATES} days can be left out."


class ParentLoop(Invalid):
    code = "parent_loop"
    message = "A task cannot be below itself."


class TooManyLabels(Invalid):
    code = "too_many_labels"
    message = f"A task carries at most {MAX_LABELS} labels."


def apply_fields(workspace: Workspace, task: Task, fields: TaskFields) -> None:
    """Set everything of `task` that is a column, but neither its labels nor the status "done".

    Raises:
        Invalid: a value cannot be used; `field` says which.
    """
    for name, clean in _SIMPLE.items():
        if name in fields:
            setattr(task, name, clean(fields[name], name))  # type: ignore[literal-required]
    if spans := fields.get("source_span"):
        task.source_span = {**(task.source_span or {}), **spans}
    if "list_id" in fields:
        task.list = workspace.list_by_id(fields["list_id"])
    if "parent_id" in fields:
        _apply_parent(workspace, task, fields["parent_id"])
    if "due_on" in fields or "due_at" in fields:
        _apply_due(workspace, task, fields)
    if "rrule" in fields:
        _apply_rule(workspace, task, fields["rrule"])
    if task.start_on and task.due_on and task.start_on > task.due_on:
        raise StartAfterDue(field="start_on")


def clean_name(value: str, field: str, limit: int) -> str:
    """One line of text without surplus space, 1 to `limit` characters."""
    name = " ".join(_text(value, field).split())
    if not name:
        raise Blank(field=field)
    if len(name) > limit:
        raise TooLong(f"At most {limit} characters.", field=field)
    return name


def _title(value: str, field: str) -> str:
    return clean_name(value, field, MAX_TITLE)


def _notes(value: str, field: str) -> str:
    if len(_text(value, field).encode()) > MAX_NOTES_BYTES:
        raise TooLong(f"At most {MAX_NOTES_BYTES} bytes.", field=field)
    return value


def _text(value: str, field: str) -> str:
    """What PostgreSQL can keep as text."""
    if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise CharactersInvalid(field=field)
    return value


def _estimate(minutes: int | None, field: str) -> int | None:
    if minutes is not None and not 1 <= minutes <= LONGEST_ESTIMATE_MINUTES:
        raise EstimateInvalid(field=field)
    return minutes


def _links(links: Sequence[Link], field: str) -> list[dict[str, str]]:
    if len(links) > MAX_LINKS:
        raise LinkInvalid(field=field)
    return [{"url": _address(link.get("url", "")), "title": _link_title(link)} for link in links]


def _address(text: str) -> str:
    url = _text(text, "links").strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        raise LinkInvalid(field="links") from None
    if parts.scheme not in LINK_SCHEMES or not (parts.netloc or parts.path) or len(url) > MAX_LINK:
        raise LinkInvalid(field="links")
    return url


def _link_title(link: Link) -> str:
    title = link.get("title", "")
    return clean_name(title, "links", MAX_NAME) if title.strip() else ""


def _exdates(days: Sequence[date], field: str) -> list[str]:
    found = sorted({day.isoformat() for day in days})
    if len(found) > MAX_EXDATES:
        raise TooManyExceptions(field=field)
    return found


def _as_it_is(value: Any, _field: str) -> Any:
    return value


def _choice(choices: Sequence[str]) -> Callable[[str, str], str]:
    def clean(value: str, field: str) -> str:
        if value not in choices:
            raise ChoiceInvalid(f"One of {', '.join(choices)}.", field=field)
        return value

    return clean


_SIMPLE: dict[str, Callable[[Any, str], Any]] = {
    "title": _title,
    "notes": _notes,
    "status": _choice(Task.Status.values),
    "priority": _choice(Task.Priority.values),
    "repeat_from": _choice(Task.RepeatFrom.values),
    "start_on": _as_it_is,
    "estimate_minutes": _estimate,
    "links": _links,
    "exdates": _exdates,
}


def _apply_parent(workspace: Workspace, task: Task, parent_id: UUID | None) -> None:
    kept = Task.objects.of(workspace.user_id).kept()
    parent = kept.filter(pk=parent_id).first() if parent_id else None
    if parent_id and parent is None:
        raise DoesNotExist("There is no such task.", field="parent_id")
    if parent and is_below(parent, task):
        raise ParentLoop(field="parent_id")
    task.parent = parent


def is_below(task: Task, other: Task) -> bool:
    """Whether `task` is `other` or one of the subtasks below it."""
    above: Task | None = task
    while above is not None and above.pk != other.pk:
        above = above.parent
    return above is not None


def _apply_due(workspace: Workspace, task: Task, fields: TaskFields) -> None:
    moment = fields.get("due_at")
    if moment is None:
        # Only the time is taken away where only `due_at` is given.
        task.due_on = fields.get("due_on", task.due_on)
        task.due_at = None
        return
    try:
        local = moment.replace(tzinfo=workspace.clock_zone) if moment.tzinfo is None else moment
        task.due_at = local.astimezone(UTC)
        day = task.due_at.astimezone(workspace.zone).date()
        said = day if moment.tzinfo else moment.date()
    except OverflowError:
        raise DateOutOfRange(field="due_at") from None
    if fields.get("due_on", said) != said:
        raise DueInconsistent(field="due_on")
    task.due_on = day


def _apply_rule(workspace: Workspace, task: Task, text: str) -> None:
    """A task that repeats is due: without a date, on the first day on which the rule comes true."""
    if not text.strip():
        task.rrule = ""
        return
    today = workspace.now.astimezone(workspace.zone).date()
    due = Due(task.due_on or today, task.due_at)
    task.rrule, first = parse_rule(text, due=due, zone=workspace.zone, exdates=task.days_left_out)
    task.due_on = task.due_on or first
