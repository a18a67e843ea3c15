"""`/metrics` for Prometheus, over all processes of this machine.

Each process writes its counters into the folder `PROMETHEUS_MULTIPROC_DIR`; whichever answers reads them all.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from redis.exceptions import RedisError

from voice2task.kernel.health import worker_states
from voice2task.kernel.redis import push_client


def queue_depths() -> dict[str, int]:
    """How many jobs wait in each queue.

    Raises:
        RedisError
    """
    with push_client().pipeline(transaction=False) as pipeline:
        for queue in settings.QUEUES:
            pipeline.llen(queue)
        return dict(zip(settings.QUEUES, pipeline.execute(), strict=True))


class QueueDepth(Collector):
    """How many jobs wait in each queue, asked of Redis at the moment of the scrape."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        gauge = GaugeMetricFamily(
            "voice2task_queue_depth", "Jobs waiting in the broker's queue.", labels=["queue"]
        )
        try:
            for queue, depth in queue_depths().items():
                gauge.add_metric([queue], float(depth))
        except RedisError:
            # An absent series is how Prometheus is told that a value is not known.
            return
        yield gauge


class WorkersUp(Collector):
    """Which queues have a worker that has said so of late, asked of Redis at the moment of the scrape."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        gauge = GaugeMetricFamily(
            "voice2task_queue_worker_up", "1 if a worker of the queue is alive, else 0.", labels=["queue"]
        )
        try:
            for queue, state in worker_states().items():
                gauge.add_metric([queue], float(state == "ok"))
        except RedisError:
            return
        yield gauge


def metrics(request: HttpRequest) -> HttpResponse:
    """All metrics in the text format of Prometheus."""
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(REGISTRY)
    registry.register(QueueDepth())
    registry.register(WorkersUp())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
