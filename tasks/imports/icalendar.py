"""iCalendar files (RFC 5545): their VTODOs. Events are no tasks and stay out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from icalendar import Calendar, Todo

from tasks.imports.drafts import Draft, prepared_of
from tasks.models import Task
from tasks.services.fields import TaskFields
from voice2task.kernel.errors import Invalid
from voice2task.kernel.transfer import Fault, FileInvalid, Prepared, Reading, TooManyRows

# The library's own switch, which it sets for events: a broken property is told, not the end of the file.
Todo.ignore_exceptions = True

STATUS = {
    "COMPLETED": Task.Status.DONE,
    "CANCELLED": Task.Status.DISMISSED,
    "IN-PROCESS": Task.Status.IN_PROGRESS,
}
# RFC 5545, section 3.8.1.9: 1 to 4 are high, 5 medium, 6 to 9 low, 0 undefined.
HIGHEST, HIGH, MEDIUM = 1, 4, 5


class ComponentInvalid(Invalid):
    code = "component_invalid"


def read(content: bytes, reading: Reading) -> Prepared:
    """
    Raises:
        FileInvalid, TooManyRows
    """
    try:
        calendars = Calendar.from_ical(content, multiple=True)
    except (ValueError, KeyError, IndexError) as error:
        raise FileInvalid(f"Not iCalendar: {error}"[:200]) from error
    if not calendars:
        raise FileInvalid("There is no calendar in the file.")
    todos = [todo for calendar in calendars for todo in calendar.walk("VTODO")]
    if len(todos) > reading.max_rows:
        raise TooManyRows(reading.max_rows)
    drafts: list[Draft] = []
    prepared = Prepared(len(todos))
    prepared.left_out["event"] = sum(len(calendar.walk("VEVENT")) for calendar in calendars)
    for index, todo in enumerate(todos):
        try:
            drafts.append(_draft(todo, index, reading))
        except Invalid as error:
            prepared.faults.append(Fault(f"todos[{index}]", error.code, error.message, error.field))
    return prepared_of(drafts, (), prepared, reading)


def _draft(todo: Any, index: int, reading: Reading) -> Draft:
    if todo.errors:
        name, message = todo.errors[0]
        raise ComponentInvalid(f"{name}: {message}"[:200], field=name)
    fields: TaskFields = {
        "title": str(todo.get("SUMMARY", "")),
        "notes": str(todo.get("DESCRIPTION", "")),
        "status": STATUS.get(str(todo.get("STATUS", "")).upper(), Task.Status.OPEN).value,
        "priority": _priority(todo).value,
    }
    _set_times(fields, todo, reading)
    if rule := todo.get("RRULE"):
        fields["rrule"] = rule.to_ical().decode()
    if left_out := todo.exdates:
        fields["exdates"] = [_local(moment, reading) for moment in left_out]
    completed = _moment(todo, "COMPLETED", reading)
    done = completed if fields["status"] in (Task.Status.DONE, Task.Status.OPEN) else None
    return Draft(
        f"todos[{index}]",
        str(todo.get("UID") or index),
        fields,
        reading.list_name,
        above=str(todo["RELATED-TO"]) if "RELATED-TO" in todo else None,
        labels=list(dict.fromkeys(todo.categories)),
        done_at=done,
        created_at=_moment(todo, "CREATED", reading),
    )


def _set_times(fields: TaskFields, todo: Any, reading: Reading) -> None:
    start, due = _value(todo, "DTSTART"), _value(todo, "DUE")
    if due is None and "DURATION" in todo and start is not None:
        due = start + todo["DURATION"].dt
    # A rule is read from DTSTART; without a due, that is when the task is.
    due = start if due is None and "RRULE" in todo else due
    if isinstance(due, datetime):
        fields["due_at"] = due
    elif due is not None:
        fields["due_on"] = due
    if start is not None and (due is None or _local(start, reading) < _local(due, reading)):
        fields["start_on"] = _local(start, reading)


def _value(todo: Any, name: str) -> Any:
    value = todo.get(name)
    return None if value is None else value.dt


def _local(moment: date | datetime, reading: Reading) -> date:
    if not isinstance(moment, datetime):
        return moment
    return (moment.astimezone(reading.zone) if moment.tzinfo else moment).date()


def _moment(todo: Todo, name: str, reading: Reading) -> datetime | None:
    value = _value(todo, name)
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=reading.zone)


def _priority(todo: Todo) -> Task.Priority:
    level = int(todo.get("PRIORITY", 0))
    if level == 0:
        return Task.Priority.NONE
    if level == HIGHEST:
        return Task.Priority.URGENT
    return (
        Task.Priority.HIGH
        if level <= HIGH
        else Task.Priority.MEDIUM
        if level == MEDIUM
        else Task.Priority.LOW
    )
