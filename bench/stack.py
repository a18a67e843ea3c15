"""A stack of the benchmark's own, in a folder that goes with it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

PROJECT = Path(__file__).resolve().parent.parent
START_SECONDS = 120.0
STOP_SECONDS = 15.0


@dataclass(frozen=True)
class Stack:
    """A running stack: where it listens, who may log in, its processes and their environment."""

    url: str
    email: str
    password: str
    process: psutil.Process
    start_seconds: float
    var_dir: Path
    env: Mapping[str, str]

    def memory(self) -> dict[str, int]:
        """Proportional set size in bytes of every process of the stack, by process id and name."""
        processes = [self.process, *self.process.children(recursive=True)]
        return {f"{process.pid} {process.name()}": process.memory_full_info().pss for process in processes}

    def cpu_seconds(self) -> float:
        """Processor time of the whole process tree so far."""
        processes = [self.process, *self.process.children(recursive=True)]
        times = [process.cpu_times() for process in processes]
        return sum(time.user + time.system for time in times)


@contextmanager
def running_stack(*, models: Path | None = None, extra: Mapping[str, str] | None = None) -> Iterator[Stack]:
    """Start `manage.py up` on a new folder, with `extra` settings; end it and remove the folder afterwards.

    `models` is a folder with the local recogniser's weights; without it nothing spoken is understood.
    """
    with tempfile.TemporaryDirectory(prefix="v2t-bench-") as folder:
        # As root, PostgreSQL runs as another user, who must be able to pass through.
        os.chmod(folder, 0o711)  # noqa: S103
        var_dir = Path(folder) / "var"
        env = {**os.environ, "VAR_DIR": str(var_dir), "LOG_LEVEL": "WARNING"}
        # What is measured is how fast it is, not how much of it one user may have.
        env |= {f"RATE_{name}": "off" for name in ("USER", "ADDRESS", "MESSAGES", "FRAMES", "LOGIN")}
        env |= {"TURNS_PER_USER": "100000", "SOCKETS_PER_USER": "100000"}
        env |= extra or {}
        if models is None:
            env["SPEECH_ENGINES"] = "openai"
        else:
            var_dir.mkdir()
            (var_dir / "speech-models").symlink_to(models)
        started = time.monotonic()
        with (Path(folder) / "up.log").open("wb") as log:
            command = [sys.executable, "manage.py", "up"]
            process = subprocess.Popen(command, cwd=PROJECT, env=env, stdout=log, stderr=log)
        try:
            login = _wait_for_login(process, var_dir / "run" / "up.json", Path(folder) / "up.log")
            yield Stack(
                login["url"],
                login["email"],
                login["password"],
                psutil.Process(process.pid),
                time.monotonic() - started,
                var_dir,
                env,
            )
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


def _wait_for_login(process: subprocess.Popen[bytes], file: Path, log: Path) -> dict[str, str]:
    import httpx

    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit(f"The stack did not start:\n{log.read_text()}")
        if file.exists():
            login: dict[str, str] = json.loads(file.read_text())
            try:
                ready = httpx.get(f"{login['url']}/health/ready", timeout=5).json()
            except httpx.HTTPError:
                ready = {}
            if ready.get("status") == "ok":
                return login
        time.sleep(0.05)
    raise SystemExit(f"The stack was not ready in {START_SECONDS} s:\n{log.read_text()}")
