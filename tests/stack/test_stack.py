"""The whole stack under its supervisor, with small stand-ins for Django, daphne and Celery."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.stack.conftest import launch_of, left_over, processes, run_and, wait_for
from voice2task.stack import launch, paths, web_port
from voice2task.stack.launch import Launch
from voice2task.stack.programs import Program

pytestmark = pytest.mark.usefixtures("stand_ins")

ALL = {
    "postgres",
    "valkey",
    "web",
    "worker-turns",
    "worker-speech",
    "worker-deliveries",
    "worker-default",
    "beat",
}


def status_of(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own http address
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def test_it_greets_serves_and_ends_without_a_trace(var_dir: Path, capfd: pytest.CaptureFixture[str]) -> None:
    seen: dict[str, object] = {}

    def look() -> None:
        seen["entry"] = json.loads(paths.up_file(var_dir).read_text())
        seen["status"] = status_of(seen["entry"]["url"])  # type: ignore[index]
        seen["names"] = set(processes(var_dir))

    assert run_and(look, launch_of(var_dir), stop=signal.SIGINT) == 0
    url = seen["entry"]["url"]  # type: ignore[index]
    assert seen["entry"] == {"url": url, "email": "demo@example.com", "password": "made up"}
    assert seen["names"] == ALL
    assert seen["status"] == 501
    assert stat.S_IMODE(paths.up_file(var_dir).stat().st_mode) == 0o600
    assert stat.S_IMODE(paths.metrics_folder(var_dir).stat().st_mode) & 0o700 == 0o700
    assert left_over(var_dir) == []
    output = capfd.readouterr().out
    assert all(line in output for line in (url, "demo@example.com", "made up", "worker-turns   │ at work"))
    assert "\x1b" not in output


def test_whatever_is_killed_comes_back(var_dir: Path, capfd: pytest.CaptureFixture[str]) -> None:
    def kill_each() -> None:
        before = processes(var_dir)
        [helper] = wait_for(psutil.Process(before["worker-turns"]).children)
        for pid in before.values():
            os.kill(pid, signal.SIGKILL)
        wait_for(
            lambda: set(pids := processes(var_dir)) == ALL and not set(pids.values()) & set(before.values())
        )
        wait_for(lambda: not helper.is_running())
        wait_for((paths.postgres_data(var_dir) / "postmaster.pid").exists)
        wait_for(lambda: _accepts(paths.database_url(var_dir)))

    assert run_and(kill_each, launch_of(var_dir)) == 0
    assert left_over(var_dir) == []
    output = capfd.readouterr().out
    for name in ALL:
        assert f"{name} died (killed by SIGKILL), restarting" in output
        assert f"{name} restarted as process" in output


def _accepts(url: str) -> bool:
    try:
        with psycopg.connect(url):
            return True
    except psycopg.OperationalError:
        return False


def test_the_next_start_ends_what_a_killed_one_left(var_dir: Path, capfd: pytest.CaptureFixture[str]) -> None:
    program = "import sys; from tests.stack.conftest import as_a_program; as_a_program(sys.argv[1])"
    first = subprocess.Popen(
        [sys.executable, "-c", program, launch_of(var_dir).serialize()],
        cwd=launch.PROJECT,
        stdout=subprocess.DEVNULL,
    )
    orphans = wait_for(lambda: pids if set(pids := processes(var_dir)) == ALL else {})
    # A worker whose leader is gone too: the process it had started is all that is left of it.
    first.kill()
    first.wait()
    os.kill(orphans["worker-turns"], signal.SIGKILL)
    assert run_and(lambda: None, launch_of(var_dir)) == 0
    assert not any(psutil.pid_exists(pid) for pid in orphans.values())
    assert left_over(var_dir) == []
    assert "ended web, left behind by an earlier start" in capfd.readouterr().out


def test_a_stranger_under_a_recorded_id_is_left_alone(fresh_dir: Path) -> None:
    stranger = subprocess.Popen(["sleep", "30"], start_new_session=True)
    entry = {"name": "web", "pid": stranger.pid, "argv": ["sleep", "30"], "stop_signal": 15}
    paths.run_folder(fresh_dir).mkdir(parents=True)
    try:
        for fields in (
            {"created": 1.0},
            {"created": psutil.Process(stranger.pid).create_time(), "argv": ["daphne"]},
        ):
            (paths.run_folder(fresh_dir) / "processes.json").write_text(json.dumps([entry | fields]))
            assert run_and(lambda: None, launch_of(fresh_dir, embed=False)) == 0
            assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_second_start_is_refused(var_dir: Path, capfd: pytest.CaptureFixture[str]) -> None:
    statuses: list[int] = []
    options = launch_of(var_dir, embed=False)
    assert run_and(lambda: statuses.append(launch.run_stack(options)), options) == 0
    assert statuses == [1]
    assert f"Error: Another Voice2Task stack already runs in {var_dir}\n" in capfd.readouterr().err


def test_servers_of_the_operator_are_not_embedded(fresh_dir: Path) -> None:
    names: list[set[str]] = []
    run_and(lambda: names.append(set(processes(fresh_dir))), launch_of(fresh_dir, embed=False))
    assert names == [ALL - {"postgres", "valkey"}]
    assert not paths.postgres_data(fresh_dir).exists()


def test_a_taken_port_makes_room_for_the_next(fresh_dir: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run_and(lambda: None, launch_of(fresh_dir, port=port, embed=False))
        url = json.loads(paths.up_file(fresh_dir).read_text())["url"]
    assert url != f"http://127.0.0.1:{port}"


def test_no_free_port_is_an_error(
    fresh_dir: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(web_port, "PORTS_TRIED", 1)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert launch.run_stack(launch_of(fresh_dir, port=port, embed=False)) == 1
    assert (
        capfd.readouterr().err
        == f"Error: All ports from {port} to {port} are in use on 127.0.0.1: set PORT\n"
    )


def test_an_address_of_another_machine_is_an_error(
    fresh_dir: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    options = Launch.parse(launch_of(fresh_dir, embed=False).serialize().replace("127.0.0.1", "203.0.113.7"))
    assert launch.run_stack(options) == 1
    assert (
        "Error: Cannot listen on 203.0.113.7:18471: Cannot assign requested address" in capfd.readouterr().err
    )


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("0.0.0.0", "http://localhost:1"),  # noqa: S104 - recognised, not bound
        ("::1", "http://[::1]:1"),
        ("127.0.0.2", "http://127.0.0.2:1"),
    ],
)
def test_the_printed_address_works_in_a_browser(host: str, url: str) -> None:
    class Listener:
        def getsockname(self) -> tuple[str, int]:
            return host, 1

    assert web_port.address(Listener()) == url  # type: ignore[arg-type]


def test_a_failing_preparation_ends_everything(
    var_dir: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    program = Program(name="prepare", argv=(sys.executable, "-c", "import sys; sys.exit('no such table')"))
    monkeypatch.setattr(launch, "_preparation", lambda *_: program)
    assert launch.run_stack(launch_of(var_dir)) == 1
    assert capfd.readouterr().err == "Error: prepare failed (exit status 1): no such table\n"
    assert left_over(var_dir) == []


def test_a_web_server_that_does_not_start_ends_everything(
    fresh_dir: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    program = Program(
        name="web", argv=(sys.executable, "-c", "print('bad settings')"), is_ready=lambda: False
    )
    monkeypatch.setattr(launch, "_web", lambda *_: program)
    assert launch.run_stack(launch_of(fresh_dir, embed=False)) == 1
    assert capfd.readouterr().err == "Error: web did not start: bad settings\n"
    assert left_over(fresh_dir) == []


def test_a_full_disk_is_one_line(
    fresh_dir: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def full(folder: Path) -> None:
        raise OSError(28, "No space left on device", str(folder))

    monkeypatch.setattr(launch, "_empty", full)
    assert launch.run_stack(launch_of(fresh_dir, embed=False)) == 1
    assert capfd.readouterr().err.startswith("Error: No space left on device: ")
