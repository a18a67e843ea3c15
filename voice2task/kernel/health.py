"""Whether this process lives, and whether the whole can serve."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from psycopg_pool import PoolTimeout
from redis.exceptions import RedisError

from voice2task.kernel.draining import is_draining
from voice2task.kernel.redis import push_client
from voice2task.kernel.rendering import dumps

logger = structlog.get_logger(__name__)

# What the whole is like when requests can be served.
SERVING = ("ok", "degraded")
# Workers report every 2 s.
WORKER_SILENCE_SECONDS = 10


def report_worker(queues: Iterable[str]) -> None:
    """Note that a worker of these queues is alive. Redis being away is seen by `/health/ready` itself."""
    try:
        with push_client().pipeline(transaction=False) as pipeline:
            for queue in queues:
                pipeline.set(_worker_key(queue), 1, ex=WORKER_SILENCE_SECONDS)
            pipeline.execute()
    except RedisError as error:
        logger.warning("heartbeat_failed", error=str(error))


def worker_states() -> dict[str, str]:
    """Queue -> "ok" if a worker of it has reported within `WORKER_SILENCE_SECONDS`, else "missing".

    Raises:
        redis.exceptions.RedisError
    """
    values = push_client().mget([_worker_key(queue) for queue in settings.QUEUES])
    return {queue: "ok" if value else "missing" for queue, value in zip(settings.QUEUES, values, strict=True)}


def live(request: HttpRequest) -> HttpResponse:
    """200 as long as this process answers at all."""
    return HttpResponse(dumps({"status": "ok"}), content_type="application/json")


def accepting(request: HttpRequest) -> HttpResponse:
    """200, or 503 once this process is about to end: for the proxy in front.

    It says nothing of what all servers share: with PostgreSQL or Redis away, no other would answer better.
    """
    draining = is_draining()
    body = {"status": "draining" if draining else "ok"}
    return HttpResponse(dumps(body), status=503 if draining else 200, content_type="application/json")


def ready(request: HttpRequest) -> HttpResponse:
    """200, or 503 with what is down, when requests cannot be served or should go elsewhere.

    A queue without a worker is reported, and does not make the web process unready: what is posted now is
    done when a worker comes.
    """
    body = condition()
    status = 200 if body["status"] in SERVING else 503
    return HttpResponse(dumps(body), status=status, content_type="application/json")


def condition() -> dict[str, Any]:
    """How the whole is, each part that it needs, and whether each queue has a worker.

    `{"status", "checks": {name: ok|down: why}, "workers": {queue: ok|missing|unknown}}`; the status is ok,
    degraded (a queue has no worker), draining (this process is about to end) or down.
    """
    checks = {name: check() for name, check in CHECKS.items()}
    workers = worker_states() if checks["redis"] == "ok" else dict.fromkeys(settings.QUEUES, "unknown")
    serving = all(state == "ok" for state in checks.values())
    complete = all(state == "ok" for state in workers.values())
    status = ("ok" if complete else "degraded") if serving else "down"
    if serving and is_draining():
        status = "draining"
    return {"status": status, "checks": checks, "workers": workers}


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, PoolTimeout) as error:
        return _reason(error)
    return "ok"


def _redis() -> str:
    try:
        push_client().ping()
    except RedisError as error:
        return _reason(error)
    return "ok"


def _reason(error: Exception) -> str:
    # The class only: messages of drivers name hosts and users.
    return f"down: {type(error).__name__}"


def _worker_key(queue: str) -> str:
    return f"worker:{queue}"


CHECKS: dict[str, Callable[[], str]] = {"database": _database, "redis": _redis}
