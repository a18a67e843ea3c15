"""What deliveries cost others: an endpoint's latency while another hangs, a turn's under 10,000 queued.

    python -m bench.deliveries

It starts a stack of its own, and the endpoints itself.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from statistics import quantiles
from typing import Any

import httpx
from websockets.sync.client import connect

from bench.stack import PROJECT, Stack, running_stack

TASKS = 60
TURNS = 40
QUEUED = 10_000
PATIENCE_SECONDS = 60.0
QUEUE_UP = """
from datetime import timedelta
from django.utils import timezone
from integrations.models import Delivery, WebhookEndpoint
from voice2task.kernel.identifiers import uuid7
endpoint = WebhookEndpoint.objects.get(url={url!r})
now = timezone.now()
Delivery.objects.bulk_create([
    Delivery(id=uuid7(), user_id=endpoint.user_id, endpoint=endpoint, kind="webhook.ping", body="{{}}",
             host={host!r}, next_attempt_at=now, created_at=now)
    for _ in range({count})
])
"""


class Endpoint:
    """Answers each POST after `wait`; remembers when which task came."""

    def __init__(self, wait: Callable[[], object] = lambda: None) -> None:
        self.came: dict[str, float] = {}
        self.count = 0
        self._wait = wait
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                title = body.get("data", {}).get("task", {}).get("title", "")
                endpoint.came.setdefault(title, time.monotonic())
                endpoint.count += 1
                endpoint._wait()
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nothing."""

        return Handler


def main() -> int:
    hold = threading.Event()
    hold.set()
    quick, hanging, busy = Endpoint(), Endpoint(lambda: hold.wait(300)), Endpoint(lambda: time.sleep(0.02))
    with running_stack() as stack, _client(stack) as client:
        for endpoint in (quick, hanging):
            _subscribe(client, endpoint)
        _latencies(client, quick, "warm")
        well = _latencies(client, quick, "well")
        hold.clear()
        beside = _latencies(client, quick, "beside")
        ratio = _p(beside, 50) / _p(well, 50)
        print(f"endpoint, another answers {_shown(well)}")
        print(f"endpoint, another hangs   {_shown(beside)}  ratio of p50 {ratio:.2f}")
        _unsubscribe(client)
        turns = _turns(stack, client)
        print(f"turn                      {_shown(turns)}")
        for name, endpoint in (("hangs", hanging), ("answers in 20 ms", busy)):
            _subscribe(client, endpoint, "list.created")
            _queue_up(stack, endpoint)
            loaded = _turns(stack, client)
            ratio = _p(loaded, 50) / _p(turns, 50)
            print(f"turn, {QUEUED} queued for one that {name}: {_shown(loaded)}  ratio of p50 {ratio:.2f}")
            print(f"    sent meanwhile: {endpoint.count}")
            _unsubscribe(client)
        hold.set()
    return 0


def _client(stack: Stack) -> httpx.Client:
    given = {"email": stack.email, "password": stack.password}
    token = httpx.post(f"{stack.url}/api/v1/auth/token/", json=given).json()["access"]
    return httpx.Client(
        base_url=f"{stack.url}/api/v1/", headers={"Authorization": f"Bearer {token}"}, timeout=30
    )


def _subscribe(client: httpx.Client, endpoint: Endpoint, kind: str = "task.created") -> None:
    client.post("webhooks/", json={"url": f"http://{endpoint.host}/", "kinds": [kind]}).raise_for_status()


def _unsubscribe(client: httpx.Client) -> None:
    for row in client.get("webhooks/").json()["results"]:
        client.delete(f"webhooks/{row['id']}/")


def _latencies(client: httpx.Client, endpoint: Endpoint, name: str) -> list[float]:
    """Milliseconds from asking for a task until the endpoint hears of it, one after another."""
    taken = []
    for number in range(TASKS):
        title = f"{name} {number}"
        began = time.monotonic()
        client.post("tasks/", json={"title": title}).raise_for_status()
        while title not in endpoint.came:
            if time.monotonic() - began > PATIENCE_SECONDS:
                raise SystemExit(f"“{title}” was not delivered in {PATIENCE_SECONDS} s")
            time.sleep(0.001)
        taken.append((endpoint.came[title] - began) * 1000)
    return taken


def _turns(stack: Stack, client: httpx.Client) -> list[float]:
    """Milliseconds from a sentence to the end of its turn, over one socket."""
    headers = {"Authorization": client.headers["Authorization"]}
    taken = []
    with connect(
        stack.url.replace("http", "ws", 1) + "/ws/v1/", additional_headers=headers, proxy=None
    ) as socket:
        for number in range(TURNS):
            began = time.monotonic()
            sent = {"type": "message.send", "id": str(uuid.uuid4()), "text": f"buy {number} apples"}
            socket.send(json.dumps(sent))
            while (frame := json.loads(socket.recv(PATIENCE_SECONDS)))["type"] != "turn.completed":
                if frame["type"] in ("turn.failed", "error"):
                    raise SystemExit(f"The turn failed: {frame}")
            taken.append((time.monotonic() - began) * 1000)
    return taken


def _queue_up(stack: Stack, endpoint: Endpoint) -> None:
    code = QUEUE_UP.format(url=f"http://{endpoint.host}/", host=endpoint.host, count=QUEUED)
    env: dict[str, Any] = {**os.environ, "VAR_DIR": str(stack.var_dir)}
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", code]
    subprocess.run(command, cwd=PROJECT, env=env, check=True)


def _p(taken: list[float], percent: int) -> float:
    return quantiles(taken, n=100)[percent - 1]


def _shown(taken: list[float]) -> str:
    return f"p50 {_p(taken, 50):6.1f} ms   p95 {_p(taken, 95):6.1f} ms"


if __name__ == "__main__":
    sys.exit(main())
