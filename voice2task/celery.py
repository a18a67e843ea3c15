"""The Celery application, and what its workers do besides jobs."""

from __future__ import annotations

import os
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIServer

from celery import Celery
from celery.signals import beat_init, heartbeat_sent, setup_logging, worker_ready
from django.conf import settings
from django_structlog.celery.steps import DjangoStructLogInitStep
from prometheus_client import start_http_server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "voice2task.settings")

app = Celery("voice2task")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")
app.steps["worker"].add(DjangoStructLogInitStep)

_queues: list[str] = []


@setup_logging.connect
def use_django_logging(**_: Any) -> None:
    """Keep Celery from configuring logs: Django's configuration is the only one."""


@beat_init.connect
@worker_ready.connect
def serve_metrics(**_: Any) -> tuple[WSGIServer, Thread] | None:
    """For processes that share no folder of metrics with a web server: each is asked by itself."""
    if not settings.METRICS_PORT:
        return None
    return start_http_server(settings.METRICS_PORT, addr=settings.METRICS_HOST)


@worker_ready.connect
def remember_queues(sender: Any, **_: Any) -> None:
    _queues[:] = [queue.name for queue in sender.task_consumer.queues]
    report_alive()


@heartbeat_sent.connect
def report_alive(**_: Any) -> None:
    """Let `/health/ready` and the metrics see which queues are being worked on."""
    from voice2task.kernel.health import report_worker

    report_worker(_queues)
