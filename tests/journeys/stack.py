"""A whole stack, `manage.py up`, as a child process: started, hurt and ended by the ids it wrote down."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import psutil
import psycopg
import redis

from tests import environment
from tests.waiting import wait_for
from voice2task.stack import paths

PROJECT = Path(__file__).resolve().parents[2]
# Processes of tests look for a port at a distance from one another.
FIRST_PORT = 18700 + 50 * environment.WORKER
ALL = frozenset(
    {
        "postgres",
        "valkey",
        "web",
        "worker-turns",
        "worker-speech",
        "worker-deliveries",
        "worker-default",
        "beat",
    }
)

START_SECONDS = 90.0
# What `up` promises, and what a test machine that is busy with other things is granted on top.
STOP_SECONDS = 10.0
HEALTH_SECONDS = 0.2
GRACE_SECONDS = 5.0

# The first process of a job in the background: its shell has taken SIGINT from it.
IN_THE_BACKGROUND = 'trap "" INT; exec "$@"'

# Made once: reading the certificates of the world takes longer than a request.
TLS = httpx.create_ssl_context()


def new_session(url: str, **headers: str) -> httpx.Client:
    """An HTTP client that opens a connection for each request, so that none has died in between."""
    limits = httpx.Limits(max_keepalive_connections=0)
    return httpx.Client(base_url=url, headers=headers, timeout=30, verify=TLS, limits=limits)


class Stack:
    """One var folder and the `up` that runs on it."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder = folder
        self._log = folder.with_suffix(".log")
        self._variables = variables
        self._up: subprocess.Popen[bytes] | None = None
        self.entry: dict[str, str] = {}

    # Beginning and end

    def start(self) -> None:
        """Return when every queue has a worker and the web server answers."""
        paths.up_file(self.folder).unlink(missing_ok=True)
        with self._log.open("ab") as log:
            self._up = subprocess.Popen(
                ["sh", "-c", IN_THE_BACKGROUND, "sh", sys.executable, "manage.py", "up"],
                cwd=PROJECT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_for(self._has_started, seconds=START_SECONDS, what="the stack to start")
        self.entry = self._read_entry()
        self.wait_until_well()

    def _read_entry(self) -> dict[str, str]:
        """What `up` has written down: its address and the demo login."""
        entry: dict[str, str] = json.loads(paths.up_file(self.folder).read_text())
        return entry

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Ask `up` to end; fails unless it ends in time, with status 0 and without a trace."""
        assert self._up is not None
        self._up.send_signal(number)
        try:
            assert self._up.wait(STOP_SECONDS + GRACE_SECONDS) == 0
        finally:
            self._up.kill()
            self._up.wait()
            left = self.processes()
            for process in left:
                process.kill()
        assert left == []

    @property
    def environment(self) -> dict[str, str]:
        """That of `up` and of commands that talk to it; it names no server of the test session."""
        return {
            **os.environ,
            "VAR_DIR": str(self.folder),
            "PORT": str(FIRST_PORT),
            "REDIS_URL": "",
            "TURN_LEASE_SECONDS": "3",
            "TURN_RENEW_SECONDS": "1",
            "SWEEP_SECONDS": "1",
            **self._variables,
        }

    def _has_started(self) -> bool:
        assert self._up is not None
        assert self._up.poll() is None, f"up has ended: {self.log_tail()}"
        return paths.up_file(self.folder).exists() and self.pids().keys() >= ALL

    def log_tail(self, lines: int = 120) -> str:
        """The end of its log; nothing of a stack that was never started."""
        text = self._log.read_text(errors="replace") if self._log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])

    # Its processes

    def pids(self) -> dict[str, int]:
        """Name to process id, as `up` has written it down."""
        return self._pids_in(self.folder)

    @staticmethod
    def _pids_in(folder: Path) -> dict[str, int]:
        try:
            entries = json.loads((paths.run_folder(folder) / "processes.json").read_text())
        except FileNotFoundError:
            return {}
        return {entry["name"]: entry["pid"] for entry in entries}

    def send_signal(self, name: str, number: signal.Signals) -> None:
        os.kill(self.pids()[name], number)

    def send_supervisor_signal(self, number: signal.Signals) -> None:
        assert self._up is not None
        self._up.send_signal(number)

    def kill(self, name: str) -> int:
        """SIGKILL; answers the id that the process had."""
        pid = self.pids()[name]
        os.kill(pid, signal.SIGKILL)
        return pid

    def wait_until_replaced(self, name: str, pid: int) -> None:
        """Return when another process stands in the place of `pid`, and serves if it is a server."""
        wait_for(lambda: self.pids().get(name, pid) != pid, what=f"{name} to be started again")
        wait_for(lambda: self.serves(name), what=f"{name} to serve again")

    def serves(self, name: str) -> bool:
        """Whether a server answers; of other processes nothing is asked."""
        try:
            if name == "postgres":
                self.database().close()
            elif name == "valkey":
                with self.redis() as client:
                    client.ping()
            elif name == "web":
                with new_session(self.url) as session:
                    session.get("/health/live")
        except (psycopg.OperationalError, redis.RedisError, httpx.HTTPError):
            return False
        return True

    def processes(self) -> list[psutil.Process]:
        """Everything that lives and belongs to this folder, whoever is its parent."""
        return [process for process in psutil.process_iter() if self._owns(process)]

    def _owns(self, process: psutil.Process) -> bool:
        try:
            with process.oneshot():
                if process.status() == psutil.STATUS_ZOMBIE:
                    return False
                named = any(str(self.folder) in part for part in process.cmdline())
                # PostgreSQL writes its title over its environment; its processes work in the data folder.
                inside = process.cwd().startswith(str(self.folder))
                return named or inside or process.environ().get("VAR_DIR") == str(self.folder)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return False

    # Its doors

    @property
    def url(self) -> str:
        return self.entry["url"]

    def health(self) -> tuple[int, dict[str, Any]]:
        with new_session(self.url) as session:
            answer = session.get("/health/ready")
        return answer.status_code, answer.json()

    def wait_until_well(self) -> None:
        """Return when everything serves and every queue has a worker."""
        wait_for(self._is_well, seconds=START_SECONDS, what="every worker")

    def _is_well(self) -> bool:
        """Asked less often than a file is read: the answer costs the stack that is just starting."""
        time.sleep(HEALTH_SECONDS)
        return self.health()[1]["status"] == "ok"

    def database(self) -> psycopg.Connection:
        return psycopg.connect(paths.database_url(self.folder), autocommit=True, connect_timeout=5)

    def redis(self) -> redis.Redis:
        return redis.Redis.from_url(paths.redis_url(self.folder), socket_timeout=2, socket_connect_timeout=2)
