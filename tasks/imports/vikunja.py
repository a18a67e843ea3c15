"""Vikunja's user data export: a zip with `data.json`, projects with tasks, labels, relations and columns.

The members are those that Vikunja writes in `pkg/models/export.go` and reads in its own import. See
docs/transfer.md for what becomes of each.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson
from pydantic import ValidationError

from tasks.imports.drafts import Draft, ListDraft, prepared_of
from tasks.imports.html import as_markdown
from tasks.imports.vikunja_rows import ProjectRow, TaskRow, real, status_of
from tasks.models import MAX_NAME, Task
from tasks.services.fields import TaskFields
from voice2task.kernel.transfer import Fault, FileInvalid, Prepared, Reading, TooManyRows

DATA = "data.json"
ZIP = b"PK"
# 0 to 5: unset, low, medium, high, urgent, "do now".
PRIORITY = ("none", "low", "medium", "high", "urgent", "urgent")
DAY, HOUR = 86_400, 3_600
MONTHLY, FROM_COMPLETION = 1, (2, 3)
MOST_PERIODS = 999
# The other side of these says where a task is below another.
HIERARCHY = frozenset({"subtask", "parenttask"})


class ArchiveTooLarge(FileInvalid):
    code = "archive_too_large"
    message = "Unpacked, the file is larger than what can be imported."


@dataclass(slots=True)
class _File:
    """What has been read so far."""

    reading: Reading
    drafts: list[Draft] = field(default_factory=list)
    lists: dict[str, ListDraft] = field(default_factory=dict)
    above: dict[int, int] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    rows: int = 0


def read(content: bytes, reading: Reading) -> Prepared:
    """
    Raises:
        FileInvalid, ArchiveTooLarge, TooManyRows
    """
    try:
        projects = orjson.loads(_unpacked(content, reading.max_bytes))
    except orjson.JSONDecodeError as error:
        raise FileInvalid(f"{DATA} is not JSON: {error}"[:200]) from error
    if not isinstance(projects, list):
        raise FileInvalid(f"{DATA} is not a list of projects.")
    file = _File(reading)
    found = list(_projects(projects, file))
    for at, project, tasks in found:
        for index, raw in enumerate(tasks):
            _note_relations(raw, file)
            _take(f"{at}.tasks[{index}]", raw, project, file)
    for draft in file.drafts:
        draft.above = file.above.get(draft.key)  # type: ignore[call-overload]
    prepared = Prepared(file.rows, faults=file.faults, left_out=file.left_out)
    return prepared_of(file.drafts, file.lists.values(), prepared, reading)


def _unpacked(content: bytes, limit: int) -> bytes:
    """`data.json` of the archive, unpacked up to `limit`: what an archive says of itself may be a lie."""
    if not content.startswith(ZIP):
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entry = archive.getinfo(DATA)
            # Others take as much memory as the archive asks for.
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise NotImplementedError("That compression method is not supported")
            with archive.open(entry) as member:
                data = member.read(limit + 1)
    except KeyError as error:
        raise FileInvalid(f"There is no {DATA} in the archive.") from error
    # A password, a method of compression that is not known here, or simply broken.
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as error:
        raise FileInvalid(f"The archive cannot be read: {error}"[:200]) from error
    if len(data) > limit:
        raise ArchiveTooLarge
    return data


def _projects(raw: list[Any], file: _File) -> Iterator[tuple[str, ProjectRow, list[Any]]]:
    """Each project with where it stands, its columns known, its list among the lists; parents first."""
    by_id: dict[int, str] = {}
    waiting = [(f"projects[{index}]", one, "") for index, one in enumerate(raw)]
    for at, one, above in waiting:
        try:
            project = ProjectRow.model_validate(one)
        except ValidationError as error:
            file.faults.append(_fault_of(at, error))
            continue
        over = above or by_id.get(project.parent_project_id, "")
        project.path = f"{over} / {project.title}"[:MAX_NAME] if over else project.title
        by_id[project.id] = project.path
        colour = f"#{project.hex_color.removeprefix('#').lower()}" if project.hex_color else ""
        file.lists.setdefault(project.path, ListDraft(project.path, colour, project.is_archived))
        yield at, project, _in_order(project, file)
        waiting += [
            (f"{at}.child_projects[{index}]", child, project.path)
            for index, child in enumerate(project.child_projects)
        ]


def _in_order(project: ProjectRow, file: _File) -> list[Any]:
    file.rows += len(project.tasks)
    if file.rows > file.reading.max_rows:
        raise TooManyRows(file.reading.max_rows)
    for raw in project.tasks:
        if isinstance(raw, dict) and isinstance(raw.get("id"), int) and isinstance(raw.get("title"), str):
            file.titles[raw["id"]] = raw["title"]
    return project.tasks


def _note_relations(raw: Any, file: _File) -> None:
    """Where tasks are below others; either side may say so."""
    related = raw.get("related_tasks") if isinstance(raw, dict) else None
    if not isinstance(related, dict):
        return
    for kind, others in related.items():
        for other in others if isinstance(others, list) else ():
            if not isinstance(other, dict) or not isinstance(other.get("id"), int):
                continue
            if kind == "subtask":
                file.above.setdefault(other["id"], raw.get("id"))
            elif kind == "parenttask":
                file.above[raw.get("id")] = other["id"]


def _take(at: str, raw: Any, project: ProjectRow, file: _File) -> None:
    try:
        row = TaskRow.model_validate(raw)
    except ValidationError as error:
        file.faults.append(_fault_of(at, error))
        return
    zone = file.reading.zone
    fields: TaskFields = {
        "title": row.title,
        "notes": _notes(row, file),
        "priority": PRIORITY[min(max(row.priority, 0), len(PRIORITY) - 1)],
        "status": status_of(row, project),
    }
    if due := real(row.due_date):
        fields["due_at"] = due
    if start := real(row.start_date):
        day = start.astimezone(zone).date()
        # Vikunja lets a task begin after it is due.
        if due is None or day <= due.astimezone(zone).date():
            fields["start_on"] = day
    _set_rule(fields, row, file)
    reminders = [(one.reminder, one.relative_period, one.relative_to) for one in row.reminders]
    file.left_out["attachment"] += len(row.attachments)
    file.drafts.append(
        Draft(
            at,
            row.id,
            fields,
            project.path,
            labels=list(dict.fromkeys(label.title for label in row.labels)),
            done_at=(real(row.done_at) or file.reading.now) if row.done else None,
            created_at=real(row.created),
            remind_at=[moment for one, _, to in reminders if to != "due_date" and (moment := real(one))],
            lead_minutes=[-period // 60 for _, period, to in reminders if to == "due_date" and period <= 0],
        )
    )


def _notes(row: TaskRow, file: _File) -> str:
    """The description, then what has no field here: other relations, then comments."""
    pieces = [as_markdown(row.description)] if row.description.strip() else []
    relations = [
        f"- {kind}: {file.titles.get(other.id, other.title)}"
        for kind, others in row.related_tasks.items()
        if kind not in HIERARCHY
        for other in others or ()
    ]
    if relations:
        pieces.append("\n".join(relations))
    for comment in row.comments:
        who = comment.author.name or comment.author.username if comment.author else ""
        when = f"{made:%Y-%m-%d}" if (made := real(comment.created)) else ""
        head = ", ".join(filter(None, (who, when)))
        pieces.append(f"{head}: {as_markdown(comment.comment)}" if head else as_markdown(comment.comment))
    return "\n\n".join(pieces)


def _set_rule(fields: TaskFields, row: TaskRow, file: _File) -> None:
    if row.repeat_mode == MONTHLY:
        fields["rrule"] = "FREQ=MONTHLY"
        return
    if row.repeat_after <= 0:
        return
    freq, unit = ("DAILY", DAY) if row.repeat_after % DAY == 0 else ("HOURLY", HOUR)
    periods, rest = divmod(row.repeat_after, unit)
    if rest or periods > MOST_PERIODS:
        file.left_out["repeat"] += 1
        return
    if freq == "DAILY" and periods % 7 == 0:
        freq, periods = "WEEKLY", periods // 7
    fields["rrule"] = f"FREQ={freq};INTERVAL={periods}" if periods > 1 else f"FREQ={freq}"
    if row.repeat_mode in FROM_COMPLETION:
        fields["repeat_from"] = Task.RepeatFrom.COMPLETION.value


def _fault_of(at: str, error: ValidationError) -> Fault:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    return Fault(at, "invalid", str(first["msg"])[:200], ".".join(map(str, first["loc"])) or None)
