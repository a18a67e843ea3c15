"""What `docs/logs.md` says of the logs is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("accounts", "activities", "tasks", "integrations", "conversations", "voice2task")
LOGGED = re.compile(r"logger\.(info|warning|exception|error)\(\s*\"([a-z_]+)\"")
PAGE = (ROOT / "docs" / "logs.md").read_text()


def logged() -> dict[str, str]:
    """Event -> level, of every line that the source writes."""
    found = {}
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            for level, event in LOGGED.findall(path.read_text()):
                found[event] = "error" if level == "exception" else level
    return found


def documented() -> dict[str, str]:
    rows = re.findall(r"^\| (`[a-z_`, ]+`) \| (info|warning|error) \|", PAGE, flags=re.MULTILINE)
    return {event: level for events, level in rows for event in re.findall(r"[a-z_]+", events)}


def test_what_is_documented_is_logged_at_that_level() -> None:
    assert documented().items() <= logged().items()


def test_every_warning_and_error_is_documented() -> None:
    assert {event for event, level in logged().items() if level != "info"} <= documented().keys()


@pytest.mark.django_db
def test_the_questions_to_the_database_can_be_asked() -> None:
    (block,) = re.findall(r"```sql\n(.*?)```", PAGE, flags=re.DOTALL)
    questions = [question for question in block.split(";") if question.strip()]
    assert len(questions) == 4
    with connection.cursor() as cursor:
        for question in questions:
            cursor.execute(question.replace("%", "%%"))
            assert cursor.description
