"""No way inward: what may be reached for a user, and what comes back from there."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.kernel.hostile import HOSTILE, NAMES
from voice2task.kernel import outbound
from voice2task.kernel.addresses import REASONS, Forbidden, check_destination
from voice2task.kernel.outbound import AnswerTooLarge, OutboundRefused, OutboundSession

Connection = socket.socket
LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch, settings: Any) -> list[Any]:
    """A world of `NAMES`, from which nothing is reachable; every attempt to connect is noted."""
    settings.OUTBOUND_ALLOWED_NETWORKS = ()
    attempts: list[Any] = []
    really = socket.getaddrinfo

    def look_up(host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
        found = NAMES.get(host)
        if found is None:
            # Numbers are what the system says they are, names are unknown.
            return really(host, port, *args, flags=socket.AI_NUMERICHOST, **kwargs)
        return [each for address in found for each in really(address, port, *args, **kwargs)]

    def connect(_: Connection, address: Any) -> None:
        attempts.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket.socket, "connect", connect)
    return attempts


@pytest.fixture
def session(settings: Any) -> Iterator[OutboundSession]:
    settings.OUTBOUND_ALLOWED_NETWORKS = LOOPBACK
    with OutboundSession() as made:
        yield made


@pytest.mark.parametrize(("url", "reason"), HOSTILE)
def test_hostile_addresses_are_never_connected_to(url: str, reason: str, reached: list[Any]) -> None:
    with OutboundSession() as session, pytest.raises(OutboundRefused) as refused:
        session.post(url, data=b"{}")
    assert (refused.value.reason, reached) == (reason, [])
    with pytest.raises(Forbidden) as forbidden:
        check_destination(url)
    assert (forbidden.value.reason, refused.value.message) == (reason, REASONS[reason])
    assert refused.value.permanent == (reason != "host_unresolved")


def test_public_addresses_are_connected_to_and_nothing_else(reached: list[Any]) -> None:
    with OutboundSession() as session:
        for url in ("http://public.example/x", "https://public.example:8443/", "http://[64:ff9b::8.8.8.8]/"):
            check_destination(url)
            with pytest.raises(requests.ConnectionError):
                session.post(url)
    assert [address[:2] for address in reached] == [
        ("93.184.216.34", 80),
        ("2606:2800:220:1:248:1893:25c8:1946", 80),
        ("93.184.216.34", 8443),
        ("2606:2800:220:1:248:1893:25c8:1946", 8443),
        ("64:ff9b::808:808", 80),
    ]


def test_the_operators_networks_are_allowed_and_no_others(reached: list[Any], settings: Any) -> None:
    settings.OUTBOUND_ALLOWED_NETWORKS = (ipaddress.ip_network("10.1.0.0/16"),)
    check_destination("http://private.example/")
    check_destination("http://[::ffff:10.1.0.9]/")
    for url in ("http://10.2.0.1/", "http://127.0.0.1/"):
        with pytest.raises(Forbidden):
            check_destination(url)


def test_a_name_that_points_elsewhere_the_second_time_is_asked_only_once(
    session: OutboundSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    really = socket.getaddrinfo

    def rebinding(host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
        asked.append(host)
        return really("127.0.0.1" if len(asked) == 1 else "169.254.169.254", port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with serving(OK) as (port, heard):
        assert session.post(f"http://rebinding.example:{port}/hook?a=1", data=b"x").text == "ok"
    assert asked == ["rebinding.example"]
    assert heard[0].startswith(f"POST /hook?a=1 HTTP/1.1\r\nHost: rebinding.example:{port}\r\n".encode())


def test_nothing_is_taken_from_the_environment(
    session: OutboundSession, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password secret")
    monkeypatch.setenv("NETRC", str(netrc))
    session.proxies = {"http": "http://127.0.0.1:9"}
    with serving(OK) as (port, heard):
        assert session.post(f"http://127.0.0.1:{port}/").status_code == 200
    assert b"authorization" not in heard[0].lower()


def test_redirects_are_not_followed_and_cookies_not_kept(session: OutboundSession) -> None:
    moved = b"HTTP/1.1 307 Moved\r\nLocation: http://169.254.169.254/\r\nSet-Cookie: a=b; Path=/\r\n"
    with serving(moved + b"Content-Length: 0\r\n\r\n") as (port, heard):
        for _ in range(2):
            response = session.post(f"http://127.0.0.1:{port}/", allow_redirects=True)
            assert (response.status_code, response.history) == (307, [])
    assert (len(heard), b"cookie" in heard[1].lower()) == (2, False)


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 1048577\r\n\r\n" + b"x" * 1_048_577,
        b"Connection: close\r\n\r\n" + b"x" * 1_048_577,
        b"Content-Encoding: gzip\r\nConnection: close\r\n\r\n" + gzip.compress(b"x" * 50_000_000),
    ],
)
def test_an_answer_of_more_than_a_mebibyte_is_not_read(session: OutboundSession, head: bytes) -> None:
    with serving(b"HTTP/1.1 200 OK\r\n" + head) as (port, _), pytest.raises(AnswerTooLarge):
        session.post(f"http://127.0.0.1:{port}/")


def test_an_answer_of_a_mebibyte_is_read(session: OutboundSession) -> None:
    whole = b"HTTP/1.1 200 OK\r\nContent-Length: 1048576\r\n\r\n" + b"x" * 1_048_576
    with serving(whole) as (port, _):
        assert len(session.post(f"http://127.0.0.1:{port}/").content) == 1_048_576


@pytest.mark.parametrize(
    ("first", "drop"),
    [
        (b"", b""),
        (b"HTTP/1.1 200 OK\r\nX: ", b"x"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0"),
    ],
)
def test_an_answer_that_drips_is_cut_off(session: OutboundSession, first: bytes, drop: bytes) -> None:
    with dripping(first, drop) as port, pytest.raises(requests.ReadTimeout):
        session.post(f"http://127.0.0.1:{port}/", timeout=(0.2, 0.3))


def test_connections_are_kept_and_the_pools_are_shared(session: OutboundSession) -> None:
    with serving(OK) as (port, heard):
        for _ in range(3):
            session.post(f"http://127.0.0.1:{port}/")
        assert (len(heard), heard.connections) == (3, 1)


def test_the_name_is_what_the_certificate_is_held_against(
    session: OutboundSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """TLS begins with the name of the URL, though the connection goes to a number."""
    names: list[Any] = []
    really = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *rest, **kwargs: really("127.0.0.1", *rest, **kwargs)
    )

    def note(_self: Any, *args: Any, server_hostname: str, **kwargs: Any) -> None:
        names.append(server_hostname)
        raise ssl.SSLError("enough was seen")

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", note)
    with serving(OK) as (port, _), pytest.raises(requests.exceptions.SSLError):
        session.post(f"https://hooks.example:{port}/")
    assert names == ["hooks.example"]


def test_one_session_serves_the_process() -> None:
    assert outbound.outbound_session() is outbound.outbound_session()


class Heard(list[bytes]):
    connections = 0


class serving:  # noqa: N801 - reads as a verb
    """A server of one answer, whatever it is asked; the whole requests as they came."""

    def __init__(self, answer: bytes) -> None:
        self._answer, self._heard = answer, Heard()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[Connection] = []

    def __enter__(self) -> tuple[int, Heard]:
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()
        return self._listener.getsockname()[1], self._heard

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._heard.connections += 1
            self._open.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: Connection) -> None:
        try:
            while request := connection.recv(65536):
                self._heard.append(request)
                connection.sendall(self._answer)
                if b"Connection: close" in self._answer:
                    connection.shutdown(socket.SHUT_WR)
        except OSError:
            return

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            connection.close()
        self._thread.join(10)


class dripping:  # noqa: N801 - reads as a verb
    """A server that begins an answer and then sends a byte again and again, for longer than anybody waits."""

    def __init__(self, first: bytes, drop: bytes) -> None:
        self._first, self._drop, self._over = first, drop, threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))

    def __enter__(self) -> int:
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return int(self._listener.getsockname()[1])

    def _serve(self) -> None:
        connection, _ = self._listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(self._first)
            while not self._over.wait(0.05):
                try:
                    connection.sendall(self._drop)
                except OSError:
                    return

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(10)
        self._listener.close()
