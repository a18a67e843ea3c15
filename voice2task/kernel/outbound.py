"""HTTP to addresses that users name: a `requests.Session` through which nobody gets inside.

A host is looked up once, by the connection itself: all of its addresses must be allowed
(`voice2task.kernel.addresses`), and the connection goes to one of those, so that no second look-up can point
elsewhere. SNI, the certificate's name and `Host` are those of the URL. Nothing is taken from the environment
(proxies, `.netrc`), no redirect is followed, no cookie kept, and an answer ends in time and in size.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError
from urllib3.response import HTTPResponse

from voice2task.kernel import addresses
from voice2task.kernel.addresses import REASONS, Forbidden, check_url

CONNECT_SECONDS = 3.0
READ_SECONDS = 10.0
MAX_ANSWER_BYTES = 1024 * 1024
CHUNK_BYTES = 64 * 1024
SHORTEST_SECONDS = 0.01
POOLED_HOSTS = 64
POOLED_PER_HOST = 4


class OutboundRefused(requests.RequestException):
    """Nothing was sent, and why: a key of `REASONS`. `permanent` if another try would end the same."""

    def __init__(self, reason: str, *args: Any, **kwargs: Any) -> None:
        self.reason = reason
        self.message = REASONS[reason]
        self.permanent = reason != "host_unresolved"
        super().__init__(self.message, *args, **kwargs)


class AnswerTooLarge(requests.RequestException):
    """The answer has more than `MAX_ANSWER_BYTES`, as it is sent or unpacked."""

    reason = "answer_too_large"
    message = "The answer has more than 1 MiB."


class OutboundSession(requests.Session):
    """Sends only where everybody may be sent. May be shared by threads.

    `timeout` is (seconds to connect, seconds from then until the whole answer is there). A body is read
    before `send` returns, unless `stream` is asked for, and then the size is the caller's to watch.

    Raises, beside the exceptions of requests:
        OutboundRefused, AnswerTooLarge
    """

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self.headers["User-Agent"] = "Voice2Task"
        adapter = _Adapter(pool_connections=POOLED_HOSTS, pool_maxsize=POOLED_PER_HOST)
        for scheme in ("http://", "https://"):
            self.mount(scheme, adapter)

    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        try:
            check_url(str(url))
        except Forbidden as error:
            raise OutboundRefused(error.reason) from error
        return super().request(method, url, *args, **kwargs)

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        timeout = kwargs.get("timeout") or (CONNECT_SECONDS, READ_SECONDS)
        connect, read = timeout if isinstance(timeout, tuple) else (timeout, timeout)
        streamed = kwargs.get("stream", False)
        kwargs |= {"timeout": (connect, read), "stream": True, "allow_redirects": False, "proxies": {}}
        ends_at = time.monotonic() + connect + read
        try:
            check_url(str(request.url))
            response = super().send(request, **kwargs)
        except Forbidden as error:
            raise OutboundRefused(error.reason, request=request) from error
        if not streamed:
            _read(response, ends_at)
        return response


@lru_cache(maxsize=1)
def outbound_session() -> OutboundSession:
    """The session of this process, with its pooled connections."""
    return OutboundSession()


def _read(response: requests.Response, ends_at: float) -> None:
    """Read the body, as much of it as is allowed, until `ends_at` (on the monotonic clock)."""
    received, raw = bytearray(), response.raw
    try:
        with _ending(ends_at - time.monotonic(), raw.shutdown):
            while chunk := raw.read1(CHUNK_BYTES, decode_content=True):
                received += chunk
                if len(received) > MAX_ANSWER_BYTES:
                    raise AnswerTooLarge(response=response, request=response.request)
    except TimeoutError as error:
        response.close()
        raise requests.ReadTimeout(error, request=response.request) from error
    except (HTTPError, OSError) as error:
        response.close()
        if isinstance(error, AnswerTooLarge):
            raise
        raise requests.ConnectionError(error, request=response.request) from error
    response._content = bytes(received)
    response._content_consumed = True  # type: ignore[attr-defined]
    raw.release_conn()


@contextmanager
def _ending(seconds: float, hang_up: Callable[[], object]) -> Iterator[None]:
    """Hangs up when the time is over, however often a byte comes in between.

    Raises:
        TimeoutError: it did.
    """
    late = threading.Event()

    def end() -> None:
        late.set()
        # What is closed or given back already needs no end.
        with suppress(OSError, RuntimeError, ValueError):
            hang_up()

    timer = threading.Timer(max(seconds, 0), end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except Exception as error:
        if late.is_set():
            raise TimeoutError("The answer takes too long.") from error
        raise
    finally:
        timer.cancel()
    if late.is_set():
        raise TimeoutError("The answer takes too long.")


def _connect(connection: HTTPConnection) -> socket.socket:
    """What `HTTPConnection._new_conn` does, with the look-up and the judgement of it in between."""
    patience = connection.timeout if isinstance(connection.timeout, int | float) else CONNECT_SECONDS
    ends_at = time.monotonic() + patience
    failure: Exception = NewConnectionError(connection, "No address.")
    for family, address in addresses.resolve(connection.host, connection.port):
        connected = socket.socket(family, socket.SOCK_STREAM)
        try:
            for option in connection.socket_options or ():
                connected.setsockopt(*option)
            connected.settimeout(max(ends_at - time.monotonic(), SHORTEST_SECONDS))
            connected.connect(address)
        except TimeoutError:
            failure = ConnectTimeoutError(connection, "Connecting takes too long.")
        except OSError as error:
            failure = NewConnectionError(connection, f"Cannot connect: {error}")
        else:
            connected.settimeout(patience)
            return connected
        connected.close()
    raise failure


class _PinnedConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self)

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as in urllib3
        with _ending(*_last_moment(self)):
            return super().getresponse()


class _PinnedTLSConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self)

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as in urllib3
        with _ending(*_last_moment(self)):
            return super().getresponse()


class _Pool(HTTPConnectionPool):
    ConnectionCls = _PinnedConnection


class _TLSPool(HTTPSConnectionPool):
    ConnectionCls = _PinnedTLSConnection


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _TLSPool}


def _last_moment(connection: HTTPConnection) -> tuple[float, Callable[[], object]]:
    timeout, connected = connection.timeout, connection.sock
    seconds = timeout if isinstance(timeout, int | float) else READ_SECONDS
    return seconds, lambda: socket.socket.shutdown(connected, socket.SHUT_RDWR)
