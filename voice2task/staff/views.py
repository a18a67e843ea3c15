"""Pages of staff that show no model: how the parts are, and what models cost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django
import structlog
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from redis.exceptions import RedisError

from activities.models import Outbox
from conversations.models import Turn
from integrations.llm.prices import price_table
from voice2task.kernel.health import condition
from voice2task.kernel.metrics import queue_depths
from voice2task.kernel.redis import push_client

logger = structlog.get_logger(__name__)

# A queue that is well is shorter than this; longer ones are not counted to their end.
COUNTED = 1_000
OVERDUE = timedelta(seconds=30)


def health(request: HttpRequest) -> HttpResponse:
    """What `/health/ready` says, how full the queues are, what is overdue, and which versions run."""
    state = condition()
    context: dict[str, Any] = {"title": "Health", "state": state, "queues": _queues(state["workers"])}
    if state["checks"]["database"] == "ok":
        context |= {"overdue": _overdue(), "versions": _versions(), "pending": _pending_migrations()}
    return _page(request, "staff/health.html", context)


def prices(request: HttpRequest) -> HttpResponse:
    """The table by which requests to models are reserved and booked: `LLM_PRICES_FILE`."""
    context: dict[str, Any] = {"title": "Prices", "file": settings.LLM_PRICES_FILE.name}
    try:
        context["table"] = price_table()
    except ImproperlyConfigured as error:
        logger.exception("prices_unusable")
        context["fault"] = str(error)
    return _page(request, "staff/prices.html", context)


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context})


def _queues(workers: dict[str, str]) -> list[tuple[str, str, int | None]]:
    """(queue, whether it has a worker, jobs that wait; None while Redis does not say)."""
    try:
        depths: dict[str, int] = queue_depths()
    except RedisError as error:
        logger.warning("queue_depth_unknown", error=str(error))
        depths = {}
    return [(queue, worker, depths.get(queue)) for queue, worker in workers.items()]


def _overdue() -> list[tuple[str, str]]:
    """What nobody works on though it is due, each found by its own partial index."""
    now = timezone.now()
    late = now - OVERDUE
    return [
        ("jobs owed", _counted(Outbox.objects.filter(due_at__lt=late))),
        ("turns without a worker", _counted(Turn.objects.stranded(late))),
    ]


def _counted(rows: Any) -> str:
    number = len(rows.values_list("pk", flat=True)[: COUNTED + 1])
    return f"{number}" if number <= COUNTED else f"more than {COUNTED}"


def _versions() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        postgres = str(cursor.fetchone()[0])
    return [
        ("Django", django.get_version()),
        ("PostgreSQL", postgres),
        ("Redis or Valkey", _redis_version()),
        ("engines", ", ".join(settings.LLM_PROVIDER_CHAIN)),
        ("recognisers", ", ".join(settings.SPEECH_ENGINE_CHAIN)),
    ]


def _redis_version() -> str:
    try:
        told: Any = push_client().info("server")
    except RedisError as error:
        logger.warning("redis_version_unknown", error=str(error))
        return "unknown"
    return str(told.get("valkey_version") or told["redis_version"])


def _pending_migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _ in plan]
