"""What traces and errors are sent to: an OTLP collector and a Sentry, as far as one needs them to look."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)

TRACES_PATH = "/v1/traces"


@dataclass(frozen=True)
class Span:
    """One span, ids in hexadecimal; `parent` is empty for the first of a trace, `links` name spans."""

    name: str
    trace: str
    id: str
    parent: str
    kind: int
    attributes: dict[str, Any]
    links: tuple[str, ...] = ()


@dataclass
class Collector:
    """`raw` is every body that came, unpacked."""

    url: str
    raw: list[bytes] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)

    @property
    def dsn(self) -> str:
        return self.url.replace("http://", "http://public@") + "/1"

    def of(self, trace: str) -> list[Span]:
        return [span for span in list(self.spans) if span.trace == trace]

    def take(self, path: str, body: bytes) -> bytes:
        """Keep what came; the body of the answer."""
        self.raw.append(body)
        if path == TRACES_PATH:
            self.spans.extend(_spans(ExportTraceServiceRequest.FromString(body)))
            return ExportTraceServiceResponse().SerializeToString()
        _, *lines = body.split(b"\n")
        heads, items = lines[::2], lines[1::2]
        self.errors.extend(
            json.loads(item) for head, item in zip(heads, items, strict=False) if b'"event"' in head
        )
        return b"{}"


def _spans(request: ExportTraceServiceRequest) -> Iterator[Span]:
    for resource in request.resource_spans:
        for scope in resource.scope_spans:
            for span in scope.spans:
                yield Span(
                    span.name,
                    span.trace_id.hex(),
                    span.span_id.hex(),
                    span.parent_span_id.hex(),
                    span.kind,
                    {pair.key: _value(pair.value) for pair in span.attributes},
                    tuple(link.span_id.hex() for link in span.links),
                )


def _value(value: Any) -> Any:
    return getattr(value, value.WhichOneof("value"))


@contextmanager
def collecting() -> Iterator[Collector]:
    """A collector that listens until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            answer = collector.take(self.path, body)
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Nothing: the test looks at what came."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    collector = Collector(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="collector")
    thread.start()
    try:
        yield collector
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
