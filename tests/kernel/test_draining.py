"""How a process says that it is about to end, and ends."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import httpx
import pytest
from django.conf import LazySettings
from django.test import Client

from tests.waiting import wait_for_async
from voice2task import celery, draining, probe
from voice2task.kernel import draining as state


@pytest.fixture
def ending(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process has been asked to end; undone afterwards."""
    monkeypatch.setattr(state, "_draining", threading.Event())
    state.begin_draining()


def test_one_that_ends_takes_nothing_more(client: Client, db: None, ending: None):
    answer = client.get("/health/accepting")
    assert (answer.status_code, answer.json()) == (503, {"status": "draining"})
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.json()["status"]) == (503, "draining")
    assert ready.json()["checks"] == {"database": "ok", "redis": "ok"}
    # It is not to be killed for that, and goes on serving.
    assert client.get("/health/live").status_code == 200
    assert client.get("/").status_code == 200


def test_one_that_serves_takes_more(client: Client):
    answer = client.get("/health/accepting")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/health/accepting", "/metrics"])
def test_probes_may_call_it_what_they_like(client: Client, db: None, path: str):
    assert client.get(path, headers={"host": "10.1.2.3:8000"}).status_code == 200
    assert client.get("/", headers={"host": "10.1.2.3:8000"}).status_code == 400


class Reactor:
    """As much of Twisted's as draining uses."""

    def __init__(self, *readers: Any) -> None:
        self._readers = readers
        self.stopped = asyncio.Event()
        self.loop = asyncio.get_running_loop()

    def callWhenRunning(self, call: Any) -> None:  # noqa: N802 - Twisted's name
        call()

    def callFromThread(self, call: Any) -> None:  # noqa: N802 - Twisted's name
        self.loop.call_soon_threadsafe(call)

    def getReaders(self) -> tuple[Any, ...]:  # noqa: N802 - Twisted's name
        return self._readers

    def stop(self) -> None:
        self.stopped.set()


class Socket:
    """An open end; `stays` is one whose client never answers."""

    def __init__(self, *, stays: bool = False, fails: bool = False) -> None:
        self._stays, self._fails = stays, fails
        self.code: int | None = None
        state.opened(self)

    async def close(self, code: int) -> None:
        self.code = code
        if self._fails:
            raise RuntimeError("it is gone")
        if not self._stays:
            state.closed(self)


async def wait_until(condition: Callable[[], bool]) -> None:
    async def look() -> bool:
        return condition()

    await wait_for_async(look)


@pytest.fixture
def sigterm(monkeypatch: pytest.MonkeyPatch, ending: None) -> Any:
    """What this process did on SIGTERM comes back afterwards."""
    monkeypatch.setattr(state, "_draining", threading.Event())
    monkeypatch.setattr(state, "_open", set())
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


async def test_sockets_are_sent_away_and_requests_finished(sigterm: None):
    finish = asyncio.Event()

    async def application(_scope: Any, _receive: Any, _send: Any) -> None:
        await finish.wait()

    requests, reactor = draining.Requests(application), Reactor()
    sockets = [Socket(), Socket()]
    request = asyncio.create_task(requests({}, None, None))
    await asyncio.sleep(0)
    draining.drain_on_sigterm(reactor, requests)
    signal.raise_signal(signal.SIGTERM)
    signal.raise_signal(signal.SIGTERM)
    await wait_until(lambda: all(socket.code for socket in sockets))
    assert [socket.code for socket in sockets] == [1012, 1012]
    assert state.is_draining()
    assert not reactor.stopped.is_set()
    finish.set()
    await request
    await asyncio.wait_for(reactor.stopped.wait(), 10)


async def test_nobody_can_keep_it_from_ending(sigterm: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(draining, "FINISH_SECONDS", 0.05)
    reactor = Reactor()
    stubborn, gone = Socket(stays=True), Socket(fails=True)
    draining.drain_on_sigterm(reactor, draining.Requests(None))
    signal.raise_signal(signal.SIGTERM)
    await asyncio.wait_for(reactor.stopped.wait(), 10)
    assert (stubborn.code, gone.code) == (1012, 1012)


async def test_it_goes_on_for_as_long_as_the_proxy_needs(sigterm: None, settings: LazySettings):
    settings.DRAIN_SECONDS = 0.3
    reactor, socket = Reactor(), Socket()
    draining.drain_on_sigterm(reactor, draining.Requests(None))
    signal.raise_signal(signal.SIGTERM)
    await wait_until(state.is_draining)
    assert socket.code is None
    await asyncio.wait_for(reactor.stopped.wait(), 10)
    assert socket.code == 1012


def test_a_worker_serves_its_own_metrics_where_it_is_told(settings: LazySettings, unused_tcp_port: int):
    settings.METRICS_HOST, settings.METRICS_PORT = "127.0.0.1", unused_tcp_port
    server, thread = celery.serve_metrics()
    try:
        answer = httpx.get(f"http://127.0.0.1:{unused_tcp_port}/metrics", trust_env=False, timeout=60)
        assert "python_info" in answer.text
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_worker_that_is_not_told_serves_none(settings: LazySettings):
    settings.METRICS_PORT = 0
    assert celery.serve_metrics() is None


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(int(self.path.strip("/")))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing: the test's output is read by people."""


@pytest.mark.parametrize(("path", "status"), [("200", 0), ("503", 1)])
def test_a_health_check_says_it_by_its_exit_status(
    path: str, status: int, capsys: pytest.CaptureFixture[str]
):
    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        assert probe.main(f"http://127.0.0.1:{server.server_port}/{path}") == status
        thread.join()
    assert ("503" in capsys.readouterr().err) is bool(status)


def test_a_health_check_of_nobody_fails(unused_tcp_port: int):
    command = [sys.executable, "-m", "voice2task.probe", f"http://127.0.0.1:{unused_tcp_port}/"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1
