"""The programs that a real stack runs, and what surrounds them."""

import json
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stack.conftest import launch_of
from voice2task import env as environment
from voice2task.stack import launch, paths
from voice2task.stack.launch import Launch
from voice2task.stack.management.commands import up
from voice2task.stack.prepare import write_up_file


def test_the_web_server_takes_over_the_socket_of_the_supervisor(fresh_dir: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        program = launch._web(launch_of(fresh_dir), fresh_dir, listener)
        assert program.preloaded
        assert program.argv[:3] == (sys.executable, "-m", "voice2task.socket_server")
        assert program.argv[-1] == "voice2task.asgi:application"
        named = dict(zip(program.argv, program.argv[1:], strict=False))
        assert named["--fd"] == str(listener.fileno())
        assert int(named["--websocket-max-message-size"]) > 2**20
        assert program.files == (listener.fileno(),)
        assert program.env["PORT"] == str(listener.getsockname()[1])
        assert program.env["PROMETHEUS_MULTIPROC_DIR"] == str(paths.metrics_folder(fresh_dir))


def test_one_worker_for_turns_one_for_the_rest_and_the_clock(fresh_dir: Path) -> None:
    programs = launch._workers(launch_of(fresh_dir), {"PORT": "8123"})
    celery, quiet = "celery -A voice2task", "--without-gossip --without-mingle"
    assert [(program.name, program.niceness, " ".join(program.argv[2:])) for program in programs] == [
        ("worker-turns", 0, f"{celery} worker -Q turns -P threads -c 2 -n turns@%h {quiet}"),
        ("worker-speech", 0, f"{celery} worker -Q speech,partials -P threads -c 2 -n speech@%h {quiet}"),
        ("worker-deliveries", 10, f"{celery} worker -Q deliveries -P threads -c 32 -n deliveries@%h {quiet}"),
        ("worker-default", 0, f"{celery} worker -Q default -P threads -c 4 -n default@%h {quiet}"),
        ("beat", 0, f"{celery} beat --scheduler django_celery_beat.schedulers:DatabaseScheduler"),
    ]
    for program in programs:
        assert program.argv[:2] == (sys.executable, "-m")
        assert program.env == {"PORT": "8123"}


def test_the_command_becomes_the_supervisor(fresh_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda _program, argv: called.append(argv))
    monkeypatch.setattr(os, "chdir", lambda _folder: None)
    for name, value in {
        "VAR_DIR": str(fresh_dir),
        "PORT": "8123",
        "DATABASE_URL": "",
        "REDIS_URL": "redis://cache",
    }.items():
        monkeypatch.setenv(name, value)
    up.Command().handle()
    [argv] = called
    assert argv[:-1] == [sys.executable, "-m", "voice2task.stack"]
    assert Launch.parse(argv[-1]) == Launch(
        var_dir=str(fresh_dir),
        host=environment.load_env().HOST,
        port=8123,
        turn_concurrency=environment.load_env().TURN_CONCURRENCY,
        speech_concurrency=1,
        embed_database=True,
        embed_redis=False,
    )


def test_the_demo_login_is_written_for_its_owner_only(fresh_dir: Path) -> None:
    paths.run_folder(fresh_dir).mkdir(parents=True)
    file = paths.up_file(fresh_dir)
    for password in ("made up", None):
        write_up_file(fresh_dir, url="http://127.0.0.1:8000", email="demo@example.com", password=password)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert json.loads(file.read_text()) == {
            "url": "http://127.0.0.1:8000",
            "email": "demo@example.com",
            "password": password,
        }


def test_importing_the_supervisor_does_not_import_django() -> None:
    """It stays in memory for as long as the stack runs."""
    code = (
        "import sys, voice2task.stack.launch; sys.exit('django' in sys.modules or 'pydantic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=launch.PROJECT, check=False).returncode == 0
