"""What `/health/ready` says while parts of the stack are gone."""

from __future__ import annotations

import signal

from tests.journeys.stack import Stack
from tests.waiting import wait_for

WORKERS = dict.fromkeys(("turns", "speech", "partials", "deliveries", "default"), "ok")
WELL = {"status": "ok", "checks": {"database": "ok", "redis": "ok"}, "workers": WORKERS}
WITHOUT_TURNS = WELL | {"status": "degraded", "workers": WORKERS | {"turns": "missing"}}


def test_a_frozen_redis_is_named(stack: Stack) -> None:
    stack.send_signal("valkey", signal.SIGSTOP)
    try:
        status, body = stack.health()
        assert status == 503
        assert body["checks"] == {"database": "ok", "redis": "down: TimeoutError"}
        assert set(body["workers"].values()) == {"unknown"}
    finally:
        stack.send_signal("valkey", signal.SIGCONT)
    stack.wait_until_well()
    assert stack.health() == (200, WELL)


def test_workers_say_again_and_again_that_they_live(stack: Stack) -> None:
    """What they said when they were ready is forgotten here at once instead of after ten seconds."""
    with stack.redis() as redis:
        redis.delete(*(f"worker:{queue}" for queue in WORKERS))
    stack.wait_until_well()


def test_what_is_gone_is_named_until_it_is_back(stack: Stack) -> None:
    stack.send_signal("worker-turns", signal.SIGSTOP)
    stack.send_supervisor_signal(signal.SIGSTOP)  # so that nobody starts again what is killed
    try:
        for name, check in (("valkey", "redis"), ("postgres", "database")):
            stack.kill(name)
            # Processes of PostgreSQL that serve a connection outlive the first of them by a moment.
            wait_for(lambda check=check: _is_down(stack, check), what=f"{check} to be named")
        stack.send_supervisor_signal(signal.SIGCONT)
        # A queue without a worker makes the web process no less ready: what is posted now waits for one.
        wait_for(lambda: stack.health() == (200, WITHOUT_TURNS), seconds=30)
    finally:
        stack.send_supervisor_signal(signal.SIGCONT)
        stack.send_signal("worker-turns", signal.SIGCONT)
    stack.wait_until_well()


def _is_down(stack: Stack, check: str) -> bool:
    status, body = stack.health()
    return status == 503 and body["status"] == "down" and body["checks"][check].startswith("down: ")
