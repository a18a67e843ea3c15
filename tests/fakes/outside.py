"""What workflows reach: a calendar (CalDAV, as far as they use it), mail (JMAP) and a chat, on one socket."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MAIL = {
    "id": "m1",
    "from": [{"name": "Anna", "email": "anna@example.com"}],
    "subject": "Lunch?",
    "receivedAt": "2026-11-20T10:00:00Z",
    "preview": "Shall we meet on Friday?",
}


class Outside:
    """`calendar` maps the names of events to their text; `said` is what came into the chat."""

    def __init__(self) -> None:
        self.calendar: dict[str, str] = {}
        self.puts: list[str] = []
        self.said: list[str] = []
        self.searched: list[Any] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def serve(self) -> None:
        self._server.serve_forever(0.05)

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method: str, path: str, body: str) -> tuple[int, str, str]:
        """Status, media type and body of an answer."""
        name = path.removeprefix("/calendar/")
        match method:
            case "PUT":
                self.puts.append(name)
                self.calendar[name] = body
                return 201, "text/plain", ""
            case "DELETE":
                return (204 if self.calendar.pop(name, None) else 404), "text/plain", ""
            case "GET":
                return 200, "text/calendar", "".join(self.calendar.values())
        asked = json.loads(body)
        if path == "/chat":
            self.said.append(asked["text"])
            return 200, "text/plain", "ok"
        self.searched.append(asked["methodCalls"][0][1]["filter"])
        responses = [["Email/query", {"ids": ["m1"]}, "a"], ["Email/get", {"list": [MAIL]}, "b"]]
        return 200, "application/json", json.dumps({"methodResponses": responses})

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outside = self

        class Handler(BaseHTTPRequestHandler):
            def _any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                status, media_type, content = outside.answer(self.command, self.path, body)
                self.send_response(status)
                self.send_header("Content-Type", media_type)
                self.send_header("Content-Length", str(len(content.encode())))
                self.end_headers()
                self.wfile.write(content.encode())

            do_GET = do_PUT = do_POST = do_DELETE = _any  # noqa: N815 - so the library wants it

            def log_message(self, *_: object) -> None:
                """Nothing: the test looks at what came."""

        return Handler


@contextmanager
def outside_world() -> Iterator[Outside]:
    world = Outside()
    thread = threading.Thread(target=world.serve, name="outside")
    thread.start()
    try:
        yield world
    finally:
        world.stop()
        thread.join(10)
