"""Forks of a process that has preloaded the product, each started by a process of one thread, as `up` is."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from voice2task.stack import forks
from voice2task.stack.launch import PROJECT

pytestmark = pytest.mark.skipif(not forks.POSSIBLE, reason="programs are executed on this system")

# Prints what was read from the fork, and how it ended, as JSON.
START = """
import fcntl, json, os, signal, sys
from pathlib import Path
from voice2task.kernel.identifiers import uuid7
from voice2task.stack.programs import Program

sys.path[0] = os.getcwd()
way, folder, times = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
uuid7()
lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT)
fcntl.flock(lock, fcntl.LOCK_EX)
given = os.open(folder / "given", os.O_RDWR | os.O_CREAT)
reader, writer = os.pipe()
os.set_blocking(writer, False)
signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
    signal.signal(number, lambda *_: None)
members = {"name": "the-fork", "env": {"VARIABLE": "set"}, "folder": folder, "files": (given,), "niceness": 3}
program = Program.of_module(("tests.stack.forked", way), **members)
ended = []
for _ in range(times):
    child = program.start()
    if way == "wait":
        first = child.stdout.readline()
        os.kill(child.pid, signal.SIGTERM)
        said = first + child.stdout.read()
    else:
        said = child.stdout.read()
    ended.append({"said": said.decode(), "status": child.wait(), "given": given})
print(json.dumps(ended))
"""

PRELOAD = """
import json, os, sys, threading
from voice2task.stack import forks

forks.preload({"PROMETHEUS_MULTIPROC_DIR": sys.argv[1]})
numbers = [entry for entry in os.listdir("/proc/self/fd") if os.path.lexists(f"/proc/self/fd/{entry}")]
links = [os.readlink(f"/proc/self/fd/{entry}") for entry in numbers]
print(json.dumps({
    "threads": threading.active_count(),
    "tasks": len(os.listdir("/proc/self/task")),
    "sockets": [link for link in links if link.startswith(("socket", "anon_inode"))],
    "modules": sorted(sys.modules),
    "jobs": sorted(sys.modules["voice2task.celery"].app.tasks),
}))
"""


def started(way: str, folder: Path, times: int = 1) -> list[dict[str, Any]]:
    command = [sys.executable, "-c", START, way, str(folder), str(times)]
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def test_a_fork_is_a_process_of_its_own(tmp_path: Path) -> None:
    [ended] = started("return", tmp_path)
    first, *rest = ended["said"].splitlines()
    seen = json.loads(first)
    assert (rest, ended["status"]) == (["at the end"], 0)
    assert seen["leads"]
    assert (seen["argv"], seen["name"], seen["folder"]) == (["return"], "the-fork", str(tmp_path))
    assert (seen["niceness"], seen["variable"]) == (os.nice(0) + 3, "set")
    assert (seen["blocked"], seen["handlers"], seen["interrupted"]) == ([], [True, True, True], True)


def test_a_fork_holds_nothing_of_its_parent_but_what_it_was_given(tmp_path: Path) -> None:
    [ended] = started("return", tmp_path)
    files = json.loads(ended["said"].splitlines()[0])["files"]
    assert files[str(ended["given"])] == str(tmp_path / "given")
    assert files["0"] == os.devnull
    others = {place for number, place in files.items() if number not in {"0", "1", "2", str(ended["given"])}}
    # The folder of descriptors is open while it is read.
    assert {place for place in others if not place.startswith("/proc/")} == {os.devnull}


def test_forks_do_not_make_the_same_keys(tmp_path: Path) -> None:
    keys = {
        json.loads(ended["said"].splitlines()[0])["random"] for ended in started("return", tmp_path, times=3)
    }
    assert len(keys) == 3


@pytest.mark.parametrize(
    ("way", "status", "last"),
    [
        ("exit", 0, "at the end"),
        ("exit3", 3, "at the end"),
        ("exitno such table", 1, "at the end"),
        ("raise", 1, "at the end"),
        ("thread", 0, "at the end"),
        ("wait", -signal.SIGTERM, None),
    ],
)
def test_a_fork_ends_as_any_program_does(tmp_path: Path, way: str, status: int, last: str | None) -> None:
    [ended] = started(way, tmp_path)
    assert ended["status"] == status
    lines = ended["said"].splitlines()
    assert (lines[-1] == last) is (last is not None)
    if way == "raise":
        assert "RuntimeError: it broke" in lines
    if way == "exitno such table":
        assert "no such table" in lines
    if way == "thread":
        assert "the thread is done" in lines


def test_what_is_preloaded_can_be_forked(tmp_path: Path) -> None:
    """No thread, connection or event loop that forks would share; and no library that brings threads."""
    run = subprocess.run(
        [sys.executable, "-c", PRELOAD, str(tmp_path)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = json.loads(run.stdout)
    assert (loaded["threads"], loaded["tasks"], loaded["sockets"]) == (1, 1, [])
    modules = set(loaded["modules"])
    assert not modules & {
        "twisted.internet.reactor",
        "daphne.server",
        "numpy",
        "ctranslate2",
        "onnxruntime",
        "av",
    }
    assert modules >= {"conversations.runner", "conversations.consumers", "voice2task.urls", "rest_framework"}
    assert "conversations.run_turn" in loaded["jobs"]
