"""Deliveries on a clock that the test turns: no job queue, no waiting, real HTTP."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.actors import Actor
from accounts.models import User
from activities.models import Outbox
from integrations import services
from integrations.deliveries.sending import send
from integrations.models import Delivery, WebhookEndpoint, Workflow, WorkflowRun
from tasks.services import create_tasks


class Clock:
    """`now` is what services are told."""

    def __init__(self) -> None:
        self.now: datetime = timezone.now()

    def turn(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now

    def work(self) -> int:
        """Fan out what happened and send whatever is due now. Returns how many tries that were."""
        for activity_id in Outbox.objects.filter(job=services.FAN_OUT_JOB).values_list("argument", flat=True):
            services.fan_out(activity_id=activity_id, now=self.now)
        tried = 0
        for delivery_id in Delivery.objects.ready(self.now).order_by("id").values_list("id", flat=True):
            tried += attempt(delivery_id, self.now)
        return tried

    def to_next(self) -> bool:
        """Turn to when the next delivery is due; False if none will be."""
        pending = Delivery.objects.filter(status="pending").order_by("next_attempt_at")
        moment = pending.values_list("next_attempt_at", flat=True).first()
        if moment is None:
            return False
        self.now = max(self.now, moment)
        return True


def attempt(delivery_id: Any, now: datetime) -> bool:
    """One try, as the job makes it, at a moment. False if there was none to make."""
    delivery = services.claim_delivery(delivery_id=delivery_id, now=now)
    if delivery is None:
        return False
    services.finish_attempt(delivery=delivery, attempt=send(delivery, now=now), now=now)
    return True


def subscribe(user: User, url: str, *kinds: str) -> tuple[WebhookEndpoint, str]:
    return services.create_webhook(
        actor=Actor(user.id), url=url, kinds=list(kinds or ("task.created",)), now=timezone.now()
    )


def add_task(user: User, title: str = "Buy milk") -> None:
    create_tasks(actor=Actor(user.id), drafts=[{"title": title}], now=timezone.now())


def workflow(user: User, url: str, **fields: Any) -> Workflow:
    given: Any = {
        "name": "under_test",
        "description": "Under test.",
        "input_schema": {"type": "object"},
        "url": url,
        "timeout_seconds": 120,
        **fields,
    }
    return services.create_workflow(actor=Actor(user.id), now=timezone.now(), **given)


def run_of(user: User, url: str, **fields: Any) -> WorkflowRun:
    """A run of a new workflow, queued."""
    made = workflow(user, url, **fields)
    return services.start_run(actor=Actor(user.id), workflow_id=made.id, arguments={}, now=timezone.now())
