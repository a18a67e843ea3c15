"""Files of other programs: what becomes of each member, and which rows are refused why."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from tasks.imports import todoist
from tasks.models import Reminder, Task, TaskList
from tests.tasks.doors import created
from tests.tasks.scenes import kinds_of, seq_of, titles
from tests.tasks.test_feed import feed_of
from tests.transfer.doors import faults, imported

HEADER = "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE"
LONG_HEADER = HEADER + ",DURATION,DURATION_UNIT,DEADLINE,DEADLINE_LANG"


def csv_of(*lines: str, header: str = HEADER) -> str:
    return "\r\n".join((header, *lines)) + "\r\n"


def by_title(user: User) -> dict[str, Task]:
    return {task.title: task for task in Task.objects.of(user.id).loaded().select_related("parent")}


def in_zip(data: Any, name: str = "data.json", **options: Any) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("VERSION", "v1.0.0")
        archive.writestr(name, data if isinstance(data, bytes | str) else json.dumps(data))
    return buffer.getvalue()


# Todoist


def test_a_todoist_template(as_alice: APIClient, alice: User) -> None:
    content = csv_of(
        "meta,view_style=list,,,,,,,,",
        'task,"Call, then write @phone @Work",Ask about the VAT,1,1,Ann (1),Bo,2030-08-17 14:30,,US/Central',
        "note,It is urgent,,,,,,,,",
        "task,Gather numbers,,2,2,,,tomorrow,en,",
        "task,Really small,,4,3,,,,,",
        "task,Water plants,,3,1,,,every! 3 days,en,",
        ",,,,,,,,,",
        "section,Errands,,,,,,,,",
        "task,Buy milk,,,,,,2030-01-02,,",
    )
    state = imported(as_alice, "\ufeff" + content, "todoist", list_name="Office")
    assert (state["status"], state["report"]["faults"]) == ("finished", [])
    assert state["report"]["created"] == {"task": 5, "list": 2}
    assert state["report"]["left_out"] == {"meta": 1}
    tasks = by_title(alice)
    call = tasks["Call, then write"]
    assert (call.notes, call.priority) == ("Ask about the VAT\n\nIt is urgent", "urgent")
    assert call.due_at == datetime(2030, 8, 17, 19, 30, tzinfo=UTC)
    assert sorted(label.name for label in call.labels.all()) == ["Work", "phone"]
    assert tasks["Gather numbers"].parent == call
    assert tasks["Really small"].parent == tasks["Gather numbers"]
    assert tasks["Gather numbers"].due_on is not None
    plants = tasks["Water plants"]
    assert (plants.rrule, plants.repeat_from, plants.parent) == ("FREQ=DAILY;INTERVAL=3", "completion", None)
    assert tasks["Buy milk"].list.name == "Office / Errands"
    office = TaskList.objects.get(name="Office")
    assert titles(alice, office) == ["Call, then write", "Gather numbers", "Really small", "Water plants"]


def test_deadlines_and_durations(as_alice: APIClient, alice: User) -> None:
    content = csv_of(
        "task,a,,4,1,,,,,,45,minute,2030-01-02,en",
        "task,b,,4,1,,,2030-01-01,,,2,day,2030-01-02,en",
        "task,c,,4,1,,,,,,x,minute,,",
        header=LONG_HEADER,
    )
    state = imported(as_alice, content, "todoist", on_error="skip")
    tasks = by_title(alice)
    assert (str(tasks["a"].due_on), tasks["a"].estimate_minutes) == ("2030-01-02", 45)
    assert (str(tasks["b"].due_on), tasks["b"].notes) == ("2030-01-01", "Deadline: 2030-01-02")
    assert tasks["b"].estimate_minutes == 2 * 24 * 60
    assert faults(state) == [("line 4", "duration_invalid")]


BROKEN = csv_of(
    "task,Good,,4,1,,,,,",
    "taks,Wrong type,,4,1,,,,,",
    "task,Wrong priority,,9,1,,,,,",
    "note,goes with it,,,,,,,,",
    "task,Wrong indent,,4,0,,,,,",
    "task,Wrong date,,4,1,,,blah blah,en,",
    "task,No such day,,4,1,,,2030-02-30,en,",
    "task,Beyond all years,,4,1,,,99999-01-01,en,",
    "task,Wrong zone,,4,1,,,2030-02-03 10:00,en,Mars/Olympus",
    f"task,{'x' * 501},,4,1,,,,,",
    "task,,,4,1,,,,,",
    "task,Nul\0,,4,1,,,,,",
    f"task,Below,{'n' * 1_000_000},4,2,,,,,",
    "task,Child of the broken,,4,3,,,,,",
    'task,Many lines,"one',
    'two",4,1,,,every blue moon,,',
    "section,Later,,,,,,,,",
    "note,of nothing,,,,,,,,",
)
REFUSED = [
    ("line 3", "type_unknown"),
    ("line 4", "priority_invalid"),
    ("line 6", "indent_invalid"),
    ("line 7", "date_not_understood"),
    ("line 8", "date_not_understood"),
    ("line 9", "date_not_understood"),
    ("line 10", "timezone_unknown"),
    ("line 16", "date_not_understood"),
    ("line 19", "note_without_task"),
    ("line 11", "max_length"),
    ("line 12", "blank"),
    ("line 13", "characters_invalid"),
    ("line 14", "max_length"),
]


def test_the_rest_is_imported_and_the_broken_lines_are_told(as_alice: APIClient, alice: User) -> None:
    state = imported(as_alice, BROKEN, "todoist", on_error="skip")
    assert state["status"] == "finished"
    assert faults(state) == REFUSED
    assert state["report"]["broken"] == len(REFUSED)
    assert state["report"]["left_out"]["note"] == 1
    tasks = by_title(alice)
    assert tasks.keys() == {"Good", "Child of the broken"}
    # Those above it could not be read, up to the last that could.
    assert tasks["Child of the broken"].parent is None


def test_nothing_is_imported_when_that_was_chosen(as_alice: APIClient, alice: User) -> None:
    seq = seq_of(alice)
    state = imported(as_alice, BROKEN, "todoist")
    assert (state["status"], state["error"]["code"]) == ("failed", "rows_broken")
    assert faults(state) == REFUSED
    assert state["report"]["created"] == {}
    assert not Task.objects.of(alice.id).exists()
    assert kinds_of(alice, after=seq) == ["import.started", "import.progress", "import.failed"]


# Vikunja


def vikunja_task(number: int, title: str, **fields: Any) -> dict[str, Any]:
    zero = "0001-01-01T00:00:00Z"
    return {
        "id": number, "title": title, "description": "", "done": False, "done_at": zero, "due_date": zero,
        "start_date": zero, "end_date": zero, "reminders": None, "project_id": 1, "repeat_after": 0,
        "repeat_mode": 0, "priority": 0, "labels": None, "hex_color": "", "percent_done": 0,
        "related_tasks": {}, "attachments": None, "bucket_id": 0, "created": "2026-01-02T03:04:05Z",
        "comments": None,
    } | fields  # fmt: skip


def test_a_vikunja_export(as_alice: APIClient, alice: User) -> None:
    house = vikunja_task(
        1,
        "House",
        description="<p>Call <strong>Bob</strong></p><ul><li>one</li></ul><a href='https://x.example'>x</a>",
        due_date="2030-03-30T08:00:00Z",
        start_date="2030-03-01T00:00:00Z",
        priority=5,
        labels=[{"id": 1, "title": "Home"}],
        reminders=[
            {"reminder": "2030-03-30T07:30:00Z", "relative_period": -1800, "relative_to": "due_date"},
            {"reminder": "2030-03-29T07:30:00Z", "relative_period": 0, "relative_to": ""},
            {"reminder": "2020-03-29T07:30:00Z", "relative_period": 0, "relative_to": ""},
        ],
        related_tasks={
            "subtask": [{"id": 2, "title": "Pack"}],
            "blocking": [{"id": 3, "title": "Old title"}],
        },
        comments=[{"comment": "Soon", "author": {"username": "ann"}, "created": "2026-05-06T00:00:00Z"}],
        attachments=[{"id": 1}],
    )
    tasks = [
        house,
        vikunja_task(2, "Pack", repeat_after=14 * 86_400, due_date="2030-01-01T08:00:00Z"),
        vikunja_task(3, "Paid", done=True, done_at="2026-02-03T04:05:06Z"),
        vikunja_task(4, "Rent", repeat_mode=1, due_date="2030-01-01T08:00:00Z", bucket_id=8),
        vikunja_task(5, "Plants", repeat_after=3 * 86_400, repeat_mode=2, due_date="2030-01-01T08:00:00Z"),
        vikunja_task(6, "Odd", repeat_after=100, percent_done=0.5),
    ]
    child = {
        "id": 2,
        "title": "Garden",
        "parent_project_id": 1,
        "tasks": [vikunja_task(7, "Dig")],
        "is_archived": True,
    }
    projects = [
        {
            "id": 1,
            "title": "Home",
            "hex_color": "AABBCC",
            "tasks": tasks,
            "buckets": [{"id": 8, "title": "Doing"}],
        },
        child,
        {"id": 3, "title": "Inbox", "tasks": [vikunja_task(8, "Somewhere")]},
    ]
    state = imported(as_alice, in_zip(projects), "vikunja")
    assert (state["status"], state["report"]["faults"]) == ("finished", [])
    assert state["report"]["created"] == {"task": 8, "list": 2, "reminder": 2}
    assert state["report"]["left_out"] == {"attachment": 1, "repeat": 1, "reminder": 1}
    found = by_title(alice)
    top = found["House"]
    assert top.notes == (
        "Call **Bob**\n\n- one\n\n[x](https://x.example)\n\n- blocking: Paid\n\nann, 2026-05-06: Soon"
    )
    assert (top.priority, str(top.start_on), top.due_at) == (
        "urgent",
        "2030-03-01",
        datetime(2030, 3, 30, 8, tzinfo=UTC),
    )
    assert top.created_at == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert (found["Pack"].parent, found["Pack"].rrule) == (top, "FREQ=WEEKLY;INTERVAL=2")
    assert (found["Paid"].status, found["Paid"].completed_at) == (
        "done",
        datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC),
    )
    assert (found["Rent"].rrule, found["Rent"].status) == ("FREQ=MONTHLY", "in_progress")
    assert (found["Plants"].rrule, found["Plants"].repeat_from) == ("FREQ=DAILY;INTERVAL=3", "completion")
    assert (found["Odd"].rrule, found["Odd"].status) == ("", "in_progress")
    assert found["Dig"].list.name == "Home / Garden"
    assert found["Dig"].list.archived_at is not None
    assert top.list.colour == "#aabbcc"
    assert found["Somewhere"].list.is_inbox
    reminders = Reminder.objects.of(alice.id).order_by("fires_at")
    assert [(one.lead_minutes, one.fires_at) for one in reminders] == [
        (None, datetime(2030, 3, 29, 7, 30, tzinfo=UTC)),
        (30, datetime(2030, 3, 30, 7, 30, tzinfo=UTC)),
    ]


def test_broken_tasks_of_vikunja_are_told_by_their_path(as_alice: APIClient, alice: User) -> None:
    loop = [
        vikunja_task(4, "a", related_tasks={"parenttask": [{"id": 5}]}),
        vikunja_task(5, "b", related_tasks={"parenttask": [{"id": 4}]}),
    ]
    tasks = [
        vikunja_task(1, "Good"),
        "no task",
        vikunja_task(2, "x" * 501),
        vikunja_task(3, "Bad", due_date="soon"),
        *loop,
    ]
    projects = [{"id": 1, "title": "P", "tasks": tasks}, {"title": "no id"}]
    state = imported(as_alice, json.dumps(projects), "vikunja", on_error="skip")
    assert sorted(faults(state)) == [
        ("projects[0].tasks[1]", "invalid"),
        ("projects[0].tasks[2]", "max_length"),
        ("projects[0].tasks[3]", "invalid"),
        ("projects[0].tasks[4]", "parent_loop"),
        ("projects[0].tasks[5]", "parent_loop"),
        ("projects[1]", "invalid"),
    ]
    assert by_title(alice).keys() == {"Good"}


# iCalendar


def test_what_the_feed_says_comes_back(as_alice: APIClient, as_bob: APIClient, bob: User) -> None:
    as_bob.patch("/api/v1/auth/me/", {"timezone": "Europe/Berlin"})
    top = created(
        as_alice,
        title="Standup",
        notes="Say; it, loud\nand \\ clear",
        due_at="2026-10-19T09:00:00",
        rrule="FREQ=WEEKLY;COUNT=9",
        exdates=["2026-11-02"],
        labels=["Work"],
        priority="high",
    )
    created(as_alice, title="Below", parent_id=top["id"], due_on="2030-01-05", start_on="2030-01-02")
    state = imported(as_bob, APIClient().get(feed_of(as_alice)).content, "icalendar", list_name="Calendar")
    assert (state["status"], state["report"]["faults"], state["report"]["left_out"]) == (
        "finished",
        [],
        {"event": 1},
    )
    tasks = by_title(bob)
    fields = ("notes", "due_on", "due_at", "rrule", "exdates", "priority", "start_on")
    for title, task in by_title(User.objects.get(email="alice@example.com")).items():
        for name in fields:
            assert getattr(tasks[title], name) == getattr(task, name), name
    assert tasks["Below"].parent == tasks["Standup"]
    assert [label.name for label in tasks["Standup"].labels.all()] == ["Work"]
    assert tasks["Below"].list.name == "Calendar"


SAMPLE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:x
BEGIN:VTODO
UID:1
SUMMARY:Done
STATUS:COMPLETED
COMPLETED:20260203T040506Z
PRIORITY:9
END:VTODO
BEGIN:VTODO
UID:2
SUMMARY:Started
DTSTART;VALUE=DATE:20300101
DURATION:P2D
STATUS:IN-PROCESS
END:VTODO
BEGIN:VTODO
UID:3
SUMMARY:Broken
DUE:never
END:VTODO
BEGIN:VTODO
UID:4
END:VTODO
END:VCALENDAR
"""


def test_todos_of_elsewhere(as_alice: APIClient, alice: User) -> None:
    state = imported(as_alice, SAMPLE, "icalendar", on_error="skip")
    tasks = by_title(alice)
    assert (tasks["Done"].completed_at, tasks["Done"].priority) == (
        datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC),
        "low",
    )
    assert (str(tasks["Started"].start_on), str(tasks["Started"].due_on)) == ("2030-01-01", "2030-01-03")
    assert tasks["Started"].status == "in_progress"
    assert faults(state) == [("todos[2]", "component_invalid"), ("todos[3]", "blank")]


# Files that are none


def short(value: Any) -> str:
    """An id that is the same in every process."""
    return value if isinstance(value, str) and len(value) < 20 else "content"


BOMB = in_zip(b"[" + b" " * 5_000_000 + b"]")
# Asks for a dictionary of 4 GB.
LZMA = (
    in_zip("[]")
    .replace(b"PK\x03\x04\x14\x00\x00\x00\x08", b"PK\x03\x04\x14\x00\x00\x00\x0e")
    .replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x08", b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x0e")
)
ENCRYPTED = in_zip("[]").replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x01\x00")


@pytest.mark.parametrize(
    ("format", "content", "code"),
    [
        ("voice2task", "nothing", "file_invalid"),
        ("voice2task", "[]", "file_invalid"),
        ("voice2task", '{"format": "other", "version": 1}', "file_invalid"),
        ("voice2task", '{"format": "voice2task", "version": 2}', "version_unknown"),
        ("voice2task", '{"format": "voice2task", "version": 1, "tasks": {}}', "file_invalid"),
        ("voice2task", "[" * 100_000, "file_invalid"),
        ("todoist", "a,b\n1,2\n", "file_invalid"),
        ("todoist", b"\xff\xfe\x00T", "file_invalid"),
        ("vikunja", b"PK\x03\x04 not really", "file_invalid"),
        ("vikunja", in_zip("[]", name="other.json"), "file_invalid"),
        ("vikunja", in_zip("{}"), "file_invalid"),
        ("vikunja", in_zip("no json"), "file_invalid"),
        ("vikunja", in_zip([])[:-30], "file_invalid"),
        ("vikunja", BOMB, "archive_too_large"),
        ("vikunja", LZMA, "file_invalid"),
        ("icalendar", "nothing", "file_invalid"),
        ("icalendar", b"\xff\xfe", "file_invalid"),
    ],
    ids=short,
)
def test_files_that_are_none(
    as_alice: APIClient, alice: User, settings: Any, format: str, content: Any, code: str
) -> None:
    settings.IMPORT_MAX_BYTES = 1_000_000
    state = imported(as_alice, content, format, on_error="skip")
    assert (state["status"], state["error"]["code"]) == ("failed", code)
    assert not Task.objects.of(alice.id).exists()


@pytest.mark.parametrize(
    ("format", "content"),
    [
        ("todoist", csv_of(*["task,x,,4,1,,,,,"] * 3)),
        ("vikunja", in_zip([{"id": 1, "title": "P", "tasks": [vikunja_task(n, "x") for n in range(3)]}])),
        ("icalendar", SAMPLE),
        ("voice2task", {"format": "voice2task", "version": 1, "tasks": [{}, {}], "lists": [{}]}),
    ],
    ids=short,
)
def test_too_many_rows(as_alice: APIClient, settings: Any, format: str, content: Any) -> None:
    settings.IMPORT_MAX_ROWS = 2
    assert imported(as_alice, content, format)["error"]["code"] == "too_many_rows"


def test_samples_of_the_format_are_read(as_alice: APIClient) -> None:
    """Calendars that others have written, where the environment names a folder of them."""
    import os

    folder = os.environ.get("ICS_SAMPLES")
    if not folder:
        pytest.skip("ICS_SAMPLES names no folder")
    samples = sorted(Path(folder).glob("*.ics"))
    assert samples
    for path in samples:
        state = imported(as_alice, path.read_bytes(), "icalendar", on_error="skip")
        assert state["status"] == "finished", (path, state)


@pytest.mark.parametrize(
    ("words", "language", "understood"),
    [
        ("every other monday at 9", "en", True),
        ("morgen", "xx", False),
        ("", "en", False),
        ("buy milk", "en", False),
    ],
)
def test_words_for_times(words: str, language: str, understood: bool) -> None:
    from voice2task.transfer.words import say_when

    assert (say_when(words, language, datetime(2026, 3, 2, tzinfo=UTC)) is not None) is understood
    assert todoist.LANGUAGE == "en"
