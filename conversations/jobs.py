from __future__ import annotations

from typing import Any
from uuid import UUID

from celery import shared_task
from celery.signals import worker_shutting_down
from django.utils import timezone

from conversations import services
from conversations.runner import runner


@shared_task(name=services.RUN_TURN)
def run_turn(turn_id: str) -> None:
    runner().run(UUID(turn_id))


@shared_task(name="conversations.sweep_turns")
def sweep_turns() -> None:
    services.sweep_turns(now=timezone.now())


@shared_task(name="conversations.sweep_approvals")
def sweep_approvals() -> None:
    services.sweep_approvals(now=timezone.now())


@shared_task(name="conversations.sweep_requests")
def sweep_requests() -> None:
    services.sweep_requests(now=timezone.now())


@worker_shutting_down.connect
def give_turns_back(**_: Any) -> None:
    """On SIGTERM, hand what this worker holds to the others, so that no turn waits for a lease to run out."""
    if runner.cache_info().currsize:
        runner().stop()
