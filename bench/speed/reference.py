"""Another server, installed from a folder and started beside the stack, on the same PostgreSQL.

The folder holds `app.py` (ASGI, `app`), `requirements.txt`, and answers `POST /auth/register`, `POST
/auth/token` (a form with `username` and `password`), `/tasks` and `/ws/chat?token=`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx
import psutil
import psycopg

from bench.stack import PROJECT, START_SECONDS, STOP_SECONDS, Stack, free_port
from voice2task.stack import paths

HOME = PROJECT / "var" / "bench" / "reference"
DATABASE = "reference"
LOGIN = {"username": "bench@example.com", "password": "bench-pass"}


@dataclass(frozen=True)
class Running:
    """Where it listens, a token of a user, and its process."""

    url: str
    token: str
    process: psutil.Process


@contextmanager
def running_reference(folder: Path, stack: Stack, model_url: str) -> Iterator[Running]:
    """Install what the folder needs, start its server, and make a user of it."""
    python = _installed(folder)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    env = {
        **os.environ,
        "DATABASE_URL": _database(stack),
        "LLM_BASE_URL": model_url,
        # The better of its transports.
        "LLM_HTTP": "aiohttp",
    }
    command = [str(python), "-m", "uvicorn", "app:app", "--workers", "1", "--port", str(port)]
    # As long as ours keeps a connection that waits for its turn.
    command += ["--timeout-keep-alive", "75"]
    process = subprocess.Popen([*command, "--log-level", "warning"], cwd=folder, env=env)
    try:
        yield Running(url, _token(url, process), psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)


def _installed(folder: Path) -> Path:
    python = HOME / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True)
    requirements, installed = folder / "requirements.txt", HOME / "installed.txt"
    if not installed.exists() or installed.read_bytes() != requirements.read_bytes():
        subprocess.run([str(python), "-m", "pip", "install", "-q", "-r", str(requirements)], check=True)
        installed.write_bytes(requirements.read_bytes())
    return python


def _database(stack: Stack) -> str:
    """A database of its own in the stack's PostgreSQL, as SQLAlchemy names it."""
    with psycopg.connect(paths.database_url(stack.var_dir), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {DATABASE}")  # type: ignore[call-overload]
        user, host, port = connection.info.user, connection.info.host, connection.info.port
    return f"postgresql+asyncpg://{user}@/{DATABASE}?host={quote(host)}&port={port}"


def _token(url: str, process: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.post(f"{url}/auth/register", data=LOGIN, timeout=5)
            answer = httpx.post(f"{url}/auth/token", data=LOGIN, timeout=5)
        except httpx.TransportError:
            time.sleep(0.05)
            continue
        token: str = answer.raise_for_status().json()["access_token"]
        return token
    raise SystemExit("the reference did not start")
