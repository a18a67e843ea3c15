"""Todoist's project template: CSV with a line for each task, section and comment.

The columns are those that Todoist documents for its CSV import and writes in its export. See docs/transfer.md
for what becomes of each.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo, available_timezones

from tasks.imports.drafts import Draft, prepared_of
from tasks.models import Task
from tasks.services.fields import TaskFields
from voice2task.kernel.errors import Invalid
from voice2task.kernel.transfer import Fault, FileInvalid, Prepared, Reading, TooManyRows, When

# A field may be as long as a file: what is too long for a task is said of its line, not of the file.
csv.field_size_limit(2**31 - 1)

PRIORITY = {
    "1": Task.Priority.URGENT,
    "2": Task.Priority.HIGH,
    "3": Task.Priority.MEDIUM,
    "4": Task.Priority.NONE,
    "": Task.Priority.NONE,
}
MINUTES = {"minute": 1, "minutes": 1, "hour": 60, "hours": 60, "day": 24 * 60, "days": 24 * 60}
DEEPEST, LONGEST_NUMBER = 100, 6
LANGUAGE = "en"
_LABEL = re.compile(r"(?:^|(?<=\s))@([\w-]+)(?=\s|$)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")


class TypeUnknown(Invalid):
    code = "type_unknown"
    message = "TYPE is task, section or note."


class PriorityInvalid(Invalid):
    code = "priority_invalid"
    message = "PRIORITY is 1, 2, 3 or 4."


class IndentInvalid(Invalid):
    code = "indent_invalid"
    message = "INDENT is a number from 1 on."


class DateNotUnderstood(Invalid):
    code = "date_not_understood"


class TimezoneUnknown(Invalid):
    code = "timezone_unknown"
    message = "TIMEZONE is not a timezone of the IANA database."


class DurationInvalid(Invalid):
    code = "duration_invalid"
    message = "DURATION is a number, DURATION_UNIT is minute, hour or day."


class NoteWithoutTask(Invalid):
    code = "note_without_task"
    message = "There is no task above this note."


Line = dict[str, str]


@dataclass(slots=True)
class _State:
    """Where in the file the reading is."""

    section: str = ""
    # The tasks above the next one, by depth; and whether the last line of a task could be read.
    above: dict[int, int] = field(default_factory=dict)
    last: Draft | None = None
    broken: bool = False


def read(content: bytes, reading: Reading) -> Prepared:
    """
    Raises:
        FileInvalid, TooManyRows
    """
    drafts: list[Draft] = []
    prepared = Prepared()
    state = _State()
    for number, line in _lines(content):
        prepared.rows += 1
        if prepared.rows > reading.max_rows:
            raise TooManyRows(reading.max_rows)
        try:
            _take(line, number, state, drafts, prepared, reading)
        except Invalid as error:
            state.broken = state.broken or line["TYPE"] == "task"
            prepared.faults.append(Fault(f"line {number}", error.code, error.message, error.field))
    return prepared_of(drafts, (), prepared, reading)


def _lines(content: bytes) -> Iterator[tuple[int, Line]]:
    """The rows that hold anything, each with the number of its first line."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileInvalid("Not UTF-8.") from error
    rows = csv.reader(io.StringIO(text, newline=""))
    try:
        header = [name.strip().upper() for name in next(rows, [])]
        if not {"TYPE", "CONTENT"} <= set(header):
            raise FileInvalid("The first line does not name the columns TYPE and CONTENT.")
        number = rows.line_num + 1
        for row in rows:
            line = dict.fromkeys(header, "") | dict(zip(header, (cell.strip() for cell in row), strict=False))
            if any(line.values()):
                yield number, line
            number = rows.line_num + 1
    except csv.Error as error:
        raise FileInvalid(f"Not CSV: {error}") from error


def _take(
    line: Line, number: int, state: _State, drafts: list[Draft], prepared: Prepared, reading: Reading
) -> None:
    kind = line["TYPE"].lower()
    if kind == "section":
        state.section, state.above, state.last, state.broken = line["CONTENT"], {}, None, False
    elif kind == "note":
        _note(line, state, prepared)
    elif kind == "meta":
        prepared.left_out["meta"] += 1
    elif kind == "task":
        depth = _depth(line)
        state.broken = False
        state.last = None
        draft = _draft(line, number, state, reading)
        draft.above = next((state.above[up] for up in range(depth - 1, 0, -1) if up in state.above), None)
        state.above = {up: key for up, key in state.above.items() if up < depth} | {depth: number}
        state.last = draft
        drafts.append(draft)
    else:
        raise TypeUnknown(field="TYPE")


def _note(line: Line, state: _State, prepared: Prepared) -> None:
    if state.broken:
        prepared.left_out["note"] += 1
        return
    if state.last is None:
        raise NoteWithoutTask(field="TYPE")
    state.last.fields["notes"] = _joined(state.last.fields.get("notes", ""), line["CONTENT"])


def _depth(line: Line) -> int:
    indent = line.get("INDENT") or "1"
    if not indent.isdecimal() or not 1 <= int(indent[:4]) <= DEEPEST:
        raise IndentInvalid(field="INDENT")
    return int(indent)


def _draft(line: Line, number: int, state: _State, reading: Reading) -> Draft:
    labels = _LABEL.findall(line["CONTENT"])
    title = " ".join(_LABEL.sub("", line["CONTENT"]).split()) or line["CONTENT"]
    if line.get("PRIORITY", "") not in PRIORITY:
        raise PriorityInvalid(field="PRIORITY")
    fields: TaskFields = {"title": title, "priority": PRIORITY[line.get("PRIORITY", "")].value}
    notes = line.get("DESCRIPTION", "")
    _set_when(fields, line, reading)
    if deadline := line.get("DEADLINE", ""):
        if "due_on" in fields or "due_at" in fields:
            notes = _joined(notes, f"Deadline: {deadline}")
        else:
            _set_when(fields, line | {"DATE": deadline, "DATE_LANG": line.get("DEADLINE_LANG", "")}, reading)
    if notes:
        fields["notes"] = notes
    if line.get("DURATION"):
        fields["estimate_minutes"] = _minutes(line)
    name = reading.list_name
    if state.section:
        name = f"{name} / {state.section}" if name else state.section
    return Draft(f"line {number}", number, fields, name, labels=list(dict.fromkeys(labels)))


def _set_when(fields: TaskFields, line: Line, reading: Reading) -> None:
    text = " ".join(line.get("DATE", "").split())
    if not text:
        return
    zone = _zone(line, reading)
    # "every!" counts from when it was done.
    if "every!" in text.lower():
        fields["repeat_from"] = Task.RepeatFrom.COMPLETION.value
        text = re.sub("every!", "every", text, flags=re.IGNORECASE)
    when = _written(text, zone)
    if when is None:
        language = (line.get("DATE_LANG") or LANGUAGE).lower()[:2]
        when = reading.say_when(text, language, reading.now.astimezone(zone))
    if when is None:
        raise DateNotUnderstood(f"{text[:80]!r} is not understood.", field="DATE")
    if when.due_at is not None:
        fields["due_at"] = when.due_at
    elif when.due_on is not None:
        fields["due_on"] = when.due_on
    if when.rrule:
        fields["rrule"] = when.rrule


def _written(text: str, zone: ZoneInfo) -> When | None:
    """A day or a moment in ISO 8601; None if it is none."""
    try:
        if _DAY.fullmatch(text):
            return When(due_on=date.fromisoformat(text))
        if _MOMENT.fullmatch(text):
            moment = datetime.fromisoformat(text)
            return When(due_at=moment if moment.tzinfo else moment.replace(tzinfo=zone))
    except ValueError:
        return None
    return None


def _zone(line: Line, reading: Reading) -> ZoneInfo:
    name = line.get("TIMEZONE", "")
    if name and name not in available_timezones():
        raise TimezoneUnknown(field="TIMEZONE")
    return ZoneInfo(name) if name else reading.zone


def _minutes(line: Line) -> int:
    unit = MINUTES.get(line.get("DURATION_UNIT", "").lower() or "minute")
    amount = line["DURATION"]
    if unit is None or not amount.isdecimal() or not amount.isascii() or len(amount) > LONGEST_NUMBER:
        raise DurationInvalid(field="DURATION")
    return int(amount) * unit


def _joined(notes: str, more: str) -> str:
    return f"{notes}\n\n{more}" if notes else more
