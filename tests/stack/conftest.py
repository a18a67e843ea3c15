"""Stacks on folders of their own: nothing here touches the servers of the session."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import psutil
import pytest
from rich.console import Console

from voice2task.stack import launch, paths
from voice2task.stack.launch import Launch
from voice2task.stack.programs import Program
from voice2task.stack.services import embedded_services

SECONDS = 15.0
T = TypeVar("T")

PREPARE = """
import sys
from pathlib import Path
from typing import TypeVar
from voice2task.stack.prepare import write_up_file
write_up_file(Path(sys.argv[1]), url=sys.argv[2], email="demo@example.com", password="made up")
"""
WEB = """
import http.server, socket, sys
class Server(http.server.HTTPServer):
    def server_bind(self): self.socket.close(); self.socket = socket.socket(fileno=int(sys.argv[1]))
    def server_activate(self): pass
Server(("", 0), http.server.BaseHTTPRequestHandler).serve_forever()
"""
# It has started a process of its own, which does not end by itself.
WORKER = """
import subprocess, time
subprocess.Popen(["sleep", "987"])
print("at work", flush=True)
time.sleep(987)
"""


def wait_for(condition: Callable[[], T]) -> T:
    deadline = time.monotonic() + SECONDS
    while not (value := condition()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)
    return value


@pytest.fixture
def fresh_dir(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture(scope="session")
def var_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database in it, used by one test after another: making it takes a while."""
    var_dir = tmp_path_factory.mktemp("made") / "var"
    with embedded_services(var_dir, durable=False):
        return var_dir


@pytest.fixture
def own_dir(fresh_dir: Path, var_dir: Path) -> Path:
    """A copy of it, to be spoiled."""
    subprocess.run(["cp", "-a", var_dir, fresh_dir], check=True)
    return fresh_dir


@pytest.fixture
def stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    use_stand_ins(monkeypatch)


def use_stand_ins(patch: pytest.MonkeyPatch) -> None:
    """Small processes in the places of Django, daphne and Celery."""
    real_web = launch._web

    def prepare(var_dir: Path, url: str) -> Program:
        argv = (sys.executable, "-c", PREPARE, str(var_dir), url)
        return Program(name="prepare", argv=argv, folder=launch.PROJECT)

    def web(options: Launch, var_dir: Path, listener: socket.socket) -> Program:
        program = real_web(options, var_dir, listener)
        argv = (sys.executable, "-c", WEB, str(listener.fileno()))
        return replace(program, argv=argv, preloaded=False)

    def program(name: str, _command: tuple[str, ...], _environment: dict[str, str], **_more: int) -> Program:
        return Program(name=name, argv=(sys.executable, "-c", WORKER))

    patch.setattr(launch, "_preparation", prepare)
    patch.setattr(launch, "_web", web)
    patch.setattr(launch, "_program", program)
    patch.setattr(launch, "_preload", lambda _environment: None)


def launch_of(var_dir: Path, *, port: int = 18471, embed: bool = True) -> Launch:
    return Launch(
        var_dir=str(var_dir),
        host="127.0.0.1",
        port=port,
        turn_concurrency=2,
        speech_concurrency=1,
        embed_database=embed,
        embed_redis=embed,
    )


def processes(var_dir: Path) -> dict[str, int]:
    """Name to process id, as the stack itself has written it down."""
    try:
        entries = json.loads((paths.run_folder(var_dir) / "processes.json").read_text())
    except FileNotFoundError:
        return {}
    return {entry["name"]: entry["pid"] for entry in entries}


def left_over(var_dir: Path) -> list[list[str]]:
    """Command lines of this test's processes: servers name the folder, workers know it as VAR_DIR."""
    left = []
    for process in psutil.process_iter(["cmdline", "environ"]):
        line, environ = process.info["cmdline"] or [], process.info["environ"] or {}
        if any(str(var_dir) in part for part in line) or environ.get("VAR_DIR") == str(var_dir):
            left.append(line)
    return left


def run_and(scenario: Callable[[], None], options: Launch, stop: signal.Signals = signal.SIGTERM) -> int:
    """Run a stack in this thread and `scenario` in another once it has greeted; the exit status."""
    failures: list[BaseException] = []
    greeted, ended = threading.Event(), threading.Event()
    real_greet = launch._greet

    def greet(console: Console, var_dir: Path) -> None:
        real_greet(console, var_dir)
        greeted.set()

    def act() -> None:
        try:
            assert greeted.wait(SECONDS), "the stack did not start"
            scenario()
        except BaseException as error:  # noqa: BLE001 - handed to the main thread below
            failures.append(error)
        finally:
            if not ended.is_set():
                os.kill(os.getpid(), stop)

    actor = threading.Thread(target=act)
    actor.start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(launch, "_greet", greet)
        status = launch.run_stack(options)
    ended.set()
    actor.join()
    for failure in failures:
        raise failure
    return status


def as_a_program(options: str) -> None:
    """A stack with stand-ins as a process of its own, which a test may kill."""
    with pytest.MonkeyPatch.context() as patch:
        use_stand_ins(patch)
        sys.exit(launch.run_stack(Launch.parse(options)))
