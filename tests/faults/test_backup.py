"""Backup and restore with the runbook's own commands, of a stack that is talked to meanwhile."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests import environment
from tests.faults.crowd import Crowd
from tests.journeys.people import Person, everything, new_person
from tests.journeys.stack import PROJECT, Stack
from tests.recordings import FOLDER
from tests.waiting import wait_for

pytestmark = [pytest.mark.faults, pytest.mark.timeout(400)]

RUNBOOK = (PROJECT / "docs" / "runbook.md").read_text()
SOUND = (FOLDER / "call_bob.ogg").read_bytes()
LISTS = ("/tasks/", "/lists/", "/activities/", "/conversations/", "/captures/", "/notifications/")


def follow(name: str, **variables: str) -> None:
    """Do what the runbook says, command by command."""
    (commands,) = re.findall(rf"<!-- tried: {name} -->\n```sh\n(.*?)```", RUNBOOK, flags=re.DOTALL)
    done = subprocess.run(
        ["bash", "-eu", "-c", commands],
        cwd=PROJECT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def restored(stack: Stack, tmp_path: Path) -> Iterator[Stack]:
    """A second stack, which is not started yet."""
    made = Stack(environment.FOLDER / "restored")
    yield made
    if made.entry:
        made.stop()


def test_what_was_backed_up_is_there_again(
    stack: Stack, crowd: Crowd, restored: Stack, tmp_path: Path
) -> None:
    person = new_person(stack)
    with person.session() as session:
        for title in ("Water the plants", "Call Bob"):
            assert session.post("/tasks/", json={"title": title}).status_code == 201
        spoken = session.post(
            "/captures/", data={"id": str(uuid4())}, files={"audio": ("reminder.ogg", SOUND, "audio/ogg")}
        )
        assert spoken.status_code == 202, spoken.text
    # Nobody here can listen: it is kept, and says so.
    capture = f"/captures/{spoken.json()['capture']['id']}/"
    wait_for(lambda: person.get(capture)["status"] == "failed", what="the recording to be given up")
    before = contents(person)
    crowd.speak()
    crowd.wait_for_words(3)
    backup = {"VAR_DIR": str(stack.folder), "BACKUP": str(tmp_path / "backup")}
    follow("backup", **backup)
    crowd.assert_nothing_lost_or_doubled()

    follow("restore", **backup | {"VAR_DIR": str(restored.folder)})
    restored.start()
    # The login of before is still one: the key came with the files.
    moved = Person(restored.url, **person._credentials)
    moved._access = person._access
    assert contents(moved) == before
    with moved.session() as session:
        sound = session.get(f"/captures/{before['/captures/'][0]['id']}/audio/")
        assert (sound.status_code, sound.content) == (200, SOUND)
        assert session.post("/tasks/", json={"title": "Go on"}).status_code == 201
    seqs = [row["seq"] for row in everything(moved, "/activities/")]
    assert seqs == list(range(1, len(before["/activities/"]) + 2))
    # What was being answered while the backup was taken is answered here too.
    wait_for(lambda: unended(restored) == 0, seconds=60, what="turns of the backup to end")


def contents(person: Person) -> dict[str, list[dict[str, Any]]]:
    return {path: everything(person, path) for path in LISTS}


def unended(stack: Stack) -> int:
    with stack.database() as database:
        row = database.execute(
            "SELECT count(*) FROM conversations_turn WHERE status IN ('queued', 'running')"
        ).fetchone()
    return int(row[0]) if row else 0
