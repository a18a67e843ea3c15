"""A stack whose connections pass a fault proxy: to PostgreSQL, to Valkey, to the model, and from clients.

The servers run in a folder of their own, so that what `up` runs does not find them by itself.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import psycopg
import redis

from tests.fakes.openai import OPENAI
from tests.fakes.rules import at_pace
from tests.fakes.server import running
from tests.faults.proxy import FaultProxy
from tests.journeys.stack import PROJECT, START_SECONDS, STOP_SECONDS, Stack
from tests.waiting import wait_for
from voice2task.stack import paths

SERVERS = ("postgres", "valkey")
LINKS = ("PostgreSQL", "Valkey", "model", "clients")
PACE_SECONDS = 0.04


class ProxiedStack(Stack):
    """As `Stack`, with the servers of another folder in the places of its own."""

    def __init__(self, folder: Path, proxy: FaultProxy, **variables: str) -> None:
        self.proxy = proxy
        self._servers = folder.with_name(f"servers-of-{folder.name}")
        self._serving: subprocess.Popen[bytes] | None = None
        ports = {
            "PostgreSQL": proxy.link("PostgreSQL", paths.postgres_socket(self._servers)),
            "Valkey": proxy.link("Valkey", paths.valkey_socket(self._servers)),
        }
        self._clients_port = proxy.link("clients")
        super().__init__(
            folder,
            DATABASE_URL=f"postgresql://{paths.DATABASE_USER}@127.0.0.1:{ports['PostgreSQL']}/{paths.DATABASE_NAME}",
            REDIS_URL=f"redis://127.0.0.1:{ports['Valkey']}/0",
            **variables,
        )

    def start(self) -> None:
        with Path(f"{self._servers}.log").open("ab") as log:
            self._serving = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.servers", str(self._servers)],
                cwd=PROJECT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_for(lambda: all(map(self.serves, SERVERS)), seconds=START_SECONDS, what="the servers to start")
        super().start()

    def _read_entry(self) -> dict[str, str]:
        entry = super()._read_entry()
        self.proxy.lead("clients", ("127.0.0.1", urlsplit(entry["url"]).port or 0))
        return {**entry, "url": f"http://127.0.0.1:{self._clients_port}"}

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        assert self._serving is not None
        try:
            super().stop(number)
        finally:
            self._serving.send_signal(number)
            try:
                assert self._serving.wait(STOP_SECONDS) == 0
            finally:
                self._serving.kill()
                self._serving.wait()

    def pids(self) -> dict[str, int]:
        return {**super().pids(), **self._pids_in(self._servers)}

    def tree(self, name: str) -> list[psutil.Process]:
        """A process and all that it has started: PostgreSQL is one for each connection."""
        process = psutil.Process(self.pids()[name])
        return [process, *process.children(recursive=True)]

    def database(self) -> psycopg.Connection:
        return psycopg.connect(paths.database_url(self._servers), autocommit=True, connect_timeout=5)

    def redis(self) -> redis.Redis:
        return redis.Redis.from_url(
            paths.redis_url(self._servers), socket_timeout=2, socket_connect_timeout=2
        )


@contextmanager
def proxied_stack(folder: Path, *, seed: int, **variables: Any) -> Iterator[ProxiedStack]:
    """A running stack behind proxies, whose model is a fake at a model's pace with the rules behind it."""
    with running(OPENAI, at_pace(PACE_SECONDS)) as model, FaultProxy(seed) as proxy:
        address = urlsplit(model.base_url)
        port = proxy.link("model", (str(address.hostname), address.port or 0))
        stack = ProxiedStack(
            folder,
            proxy,
            OPENAI_BASE_URL=f"http://127.0.0.1:{port}{address.path}",
            LLM_PROVIDERS="openai,rules",
            LOG_LEVEL="WARNING",
            **variables,
        )
        stack.start()
        try:
            yield stack
        finally:
            for link in LINKS:
                proxy.set_weather(link, "clear")
            stack.stop()
