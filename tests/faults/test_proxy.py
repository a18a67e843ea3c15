"""The proxy does what it is named for, or the suite that stands on it proves nothing."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.proxy import CHUNK, FaultProxy, Target
from tests.waiting import wait_for

PATIENCE_SECONDS = 10.0
SILENCE_SECONDS = 0.2
FRAME = bytes(range(256)) * 64


@contextmanager
def echo(listener: socket.socket) -> Iterator[None]:
    """Serve one connection after another, sending back what comes."""

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=[connection]).start()

    def answer(connection: socket.socket) -> None:
        with connection:
            try:
                while data := connection.recv(CHUNK):
                    connection.sendall(data)
            except ConnectionError:
                return

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(PATIENCE_SECONDS)


@pytest.fixture(params=["tcp", "unix"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Target]:
    if request.param == "tcp":
        listener = socket.create_server(("127.0.0.1", 0))
    else:
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(tmp_path / "echo"))
        listener.listen()
    with echo(listener):
        yield listener.getsockname() if request.param == "tcp" else tmp_path / "echo"


@pytest.fixture
def proxy() -> Iterator[FaultProxy]:
    with FaultProxy(seed=1) as proxy:
        yield proxy


def call(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)


def read(connection: socket.socket, size: int) -> bytes:
    """So many bytes, or fewer if the connection ends."""
    data = b""
    while len(data) < size and (chunk := connection.recv(size - len(data))):
        data += chunk
    return data


@pytest.mark.parametrize("weather", ["clear", "delay"])
def test_everything_arrives_in_order(proxy: FaultProxy, target: Target, weather: str) -> None:
    port = proxy.link("echo", target)
    proxy.set_weather("echo", weather)  # type: ignore[arg-type]
    with call(port) as connection:
        for _ in range(3):
            connection.sendall(FRAME)
            assert read(connection, len(FRAME)) == FRAME
    assert proxy.hurt("echo") == (weather == "delay")


def test_a_stall_holds_everything_until_it_is_over(proxy: FaultProxy, target: Target) -> None:
    port = proxy.link("echo", target)
    with call(port) as before:
        before.sendall(b"hello")
        assert read(before, 5) == b"hello"
        proxy.set_weather("echo", "stall")
        with call(port) as during:
            for connection in (before, during):
                connection.sendall(FRAME)
                connection.settimeout(SILENCE_SECONDS)
                with pytest.raises(TimeoutError):
                    connection.recv(1)
                connection.settimeout(PATIENCE_SECONDS)
            proxy.set_weather("echo", "clear")
            assert [read(connection, len(FRAME)) for connection in (before, during)] == [FRAME, FRAME]
    assert proxy.hurt("echo") == 2


def test_a_reset_ends_what_stands_and_what_comes(proxy: FaultProxy, target: Target) -> None:
    port = proxy.link("echo", target)
    with call(port) as before:
        before.sendall(b"hello")
        assert read(before, 5) == b"hello"
        proxy.set_weather("echo", "reset")
        with pytest.raises(ConnectionResetError):
            before.recv(1)
    with pytest.raises(ConnectionResetError), call(port) as during:
        during.recv(1)
    proxy.set_weather("echo", "clear")
    with call(port) as after:
        after.sendall(b"hello")
        assert read(after, 5) == b"hello"


def test_a_cut_ends_in_the_middle_of_a_frame(proxy: FaultProxy, target: Target) -> None:
    port = proxy.link("echo", target)
    proxy.set_weather("echo", "cut")
    with call(port) as connection:
        connection.sendall(FRAME)
        got = read(connection, len(FRAME))
    assert len(got) < len(FRAME)
    assert got == FRAME[: len(got)]


def test_what_is_behind_it_may_go_and_come_back(proxy: FaultProxy) -> None:
    port = proxy.link("later")
    with pytest.raises(ConnectionResetError), call(port) as connection:
        connection.recv(1)
    listener = socket.create_server(("127.0.0.1", 0))
    with echo(listener):
        proxy.lead("later", listener.getsockname())
        with call(port) as connection:
            connection.sendall(b"hello")
            assert read(connection, 5) == b"hello"


def test_the_same_seed_cuts_at_the_same_places(target: Target) -> None:
    def places() -> list[int]:
        with FaultProxy(seed=42) as proxy:
            port = proxy.link("echo", target)
            lengths = []
            for _ in range(5):
                with call(port) as connection:
                    connection.sendall(b"hello")
                    assert read(connection, 5) == b"hello"
                    proxy.set_weather("echo", "cut")
                    connection.sendall(FRAME)
                    lengths.append(len(read(connection, len(FRAME))))
                    proxy.set_weather("echo", "clear")
                wait_for(lambda: not proxy.connections("echo"))
            return lengths

    assert places() == places()
