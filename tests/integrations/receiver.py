"""A server that workflows are sent to: on a real socket, answering as the test says."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

JSON = dict[str, Any]


@dataclass(frozen=True)
class Received:
    path: str
    headers: dict[str, str]
    body: JSON
    raw: bytes = b""


@dataclass(frozen=True)
class Reply:
    """What is answered: `raw` as it is, else `content` as JSON. At `gate` it waits until that is opened."""

    content: Any = field(default_factory=dict)
    status: int = 200
    raw: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    gate: threading.Event | None = None


Answering = Callable[[Received], Reply]


class Receiver:
    """`url("/mail")` is an address here; `received` is what came, `answer` says what goes back."""

    def __init__(self, answer: Answering | Reply) -> None:
        self.answer: Answering = (lambda _: answer) if isinstance(answer, Reply) else answer
        self.received: list[Received] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="receiver")

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}{path}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join(10)
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                raw = self.rfile.read(length)
                received = Received(self.path, dict(self.headers), json.loads(raw or b"{}"), raw)
                receiver.received.append(received)
                reply = receiver.answer(received)
                if reply.gate is not None:
                    reply.gate.wait(60)
                content = reply.raw if reply.raw is not None else json.dumps(reply.content).encode()
                self.send_response(reply.status)
                for name, value in {"Content-Length": str(len(content)), **reply.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST  # noqa: N815 - so the library wants it

            def log_message(self, *_: object) -> None:
                """Nothing: the test looks at `received`."""

        return Handler


@contextmanager
def receiving(answer: Answering | Reply) -> Iterator[Receiver]:
    """A receiver that serves until the end of the block."""
    receiver = Receiver(answer)
    receiver.start()
    try:
        yield receiver
    finally:
        receiver.stop()
