"""Deliveries: claimed, sent, and noted, each try in the open, until they arrive or are given up."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.db import connection, transaction

from accounts.actors import Actor
from activities import relay
from activities.services import Entry, lock_stream, record
from integrations.deliveries import breaker
from integrations.deliveries.classification import Action, Rule, next_try, rule_for
from integrations.deliveries.sending import Attempt, seconds_for
from integrations.models import Delivery, DeliveryAttempt, WebhookEndpoint, Workflow
from integrations.representation import render_delivery
from integrations.services.outcomes import accept_run, end_run, note_sent
from voice2task.kernel.errors import Conflict, NotFound
from voice2task.kernel.outbound import CONNECT_SECONDS

DELIVER_JOB = "integrations.deliver"
AT_ONCE_PER_HOST = 4
# What a try may take besides connecting and reading before another sender takes it up.
ALLOWANCE = timedelta(seconds=15)
ENQUEUE_AGAIN_AFTER = timedelta(seconds=20)
SWEEP_LIMIT = 200
MESSAGE_LENGTH = 500
OPEN = (Delivery.Status.PENDING, Delivery.Status.SENDING)


class WebhookNotFound(NotFound):
    code = "webhook_not_found"
    message = "There is no such webhook."


class DeliveryNotFound(NotFound):
    code = "delivery_not_found"
    message = "There is no such delivery."


class DeliveryOpen(Conflict):
    code = "delivery_open"
    message = "This delivery is still being tried."


def host_of(url: str) -> str:
    """What deliveries are counted by: host and port."""
    return urlsplit(url).netloc.lower()[:260]


@transaction.atomic
def claim_delivery(*, delivery_id: UUID, now: datetime) -> Delivery | None:
    """Take a delivery that is due, for as long as one try may take. None if there is nothing to send now.

    Nothing is, too, while its target rests or as many are under way to its host as may be: the sweep, or who
    has just finished, comes back to it.
    """
    known = Delivery.objects.filter(id=delivery_id).values_list("user_id", "run_id", "host").first()
    if known is None:
        return None
    user_id, run_id, host = known
    if run_id is not None:
        lock_stream(user_id)
    _lock_host(host)
    waiting = Delivery.objects.select_for_update(of=("self",)).filter(id=delivery_id)
    delivery = waiting.ready(now).select_related("run__workflow", "run__user", "endpoint").first()
    if delivery is None or Delivery.objects.sending_to(host, now).count() >= AT_ONCE_PER_HOST:
        return None
    run = delivery.run
    if run is not None and (run.ended or run.deadline_at <= now):
        # The sweep of runs ends it, or has; nobody waits for it any more.
        _end(delivery, Delivery.Status.CANCELLED, now)
        return None
    target = delivery.target
    if target is not None and (rest := breaker.rest_of(target, now)):
        _postpone(delivery, rest, now)
        return None
    seconds = CONNECT_SECONDS + (seconds_for(target) if target else 0)
    delivery.status = Delivery.Status.SENDING
    delivery.tries += 1
    delivery.attempts_made += 1
    delivery.first_tried_at = delivery.first_tried_at or now
    delivery.leased_until = now + timedelta(seconds=seconds) + ALLOWANCE
    delivery.save()
    if delivery.run is not None:
        note_sent(delivery.run, now)
    return delivery


@transaction.atomic
def finish_attempt(*, delivery: Delivery, attempt: Attempt, now: datetime) -> Delivery | None:
    """Note how a try of a claimed delivery went, and what follows. None if another try has begun since."""
    rule = rule_for(attempt.answer)
    again = _again(delivery, rule, attempt, now)
    if delivery.run is not None or (again is None and rule.action is not Action.DELIVERED):
        lock_stream(delivery.user_id)
    held = Delivery.objects.select_for_update(of=("self",)).filter(
        id=delivery.id, status=Delivery.Status.SENDING, attempts_made=delivery.attempts_made
    )
    current = held.select_related("run__workflow", "run__user", "endpoint").first()
    if current is None:
        return None
    if (target := current.target) is not None:
        rest = breaker.note(target, ailing=rule.ailing, now=now)
        if rest and current.run is not None and rest >= current.run.deadline_at:
            # Nobody waits that long.
            again = None
    _keep(current, attempt, rule, _outcome(rule, again))
    current.leased_until, current.enqueued_at, current.error_code = None, None, rule.code
    if current.run is not None and current.run.ended:
        _end(current, Delivery.Status.CANCELLED, now)
    elif again is not None:
        current.status, current.next_attempt_at = Delivery.Status.PENDING, again
        current.save()
    elif rule.action is Action.DELIVERED:
        _end(current, Delivery.Status.DELIVERED, now)
        if current.run is not None:
            accept_run(current.run, attempt.output or {}, now)
    else:
        _give_up(current, rule, attempt.message, now)
    _wake_next(current.host, now)
    return current


def cancel_delivery(run_id: UUID, now: datetime) -> None:
    """Send nothing more for a run that has ended; its user's stream is held."""
    for delivery in Delivery.objects.select_for_update().filter(id=run_id, status__in=OPEN):
        _end(delivery, Delivery.Status.CANCELLED, now)


@transaction.atomic
def redeliver(*, actor: Actor, delivery_id: UUID, now: datetime) -> Delivery:
    """Send again what was delivered or is dead, under its id, with the whole schedule before it.

    Raises:
        DeliveryNotFound: there is none, or it is that of a run, which would be another run.
        DeliveryOpen
    """
    waiting = Delivery.objects.of(actor.user_id).to_endpoints().select_for_update(of=("self",))
    delivery = waiting.filter(id=delivery_id).first()
    if delivery is None:
        raise DeliveryNotFound
    if delivery.status in OPEN:
        raise DeliveryOpen
    _begin_anew([delivery], now)
    return delivery


@transaction.atomic
def redeliver_dead(
    *, actor: Actor, endpoint_id: UUID, now: datetime, since: datetime | None = None, limit: int = 1000
) -> int:
    """Send all dead deliveries of an endpoint again, the oldest first. Returns how many there were.

    Raises:
        WebhookNotFound
    """
    if not WebhookEndpoint.objects.of(actor.user_id).filter(id=endpoint_id).exists():
        raise WebhookNotFound
    dead = Delivery.objects.of(actor.user_id).filter(endpoint_id=endpoint_id, status=Delivery.Status.DEAD)
    if since is not None:
        dead = dead.filter(created_at__gte=since)
    return _begin_anew(list(dead.select_for_update(of=("self",)).order_by("id")[:limit]), now)


def sweep_deliveries(*, now: datetime) -> int:
    """Enqueue what is due, was left, or waited for room at its host. Returns how many."""
    with transaction.atomic():
        ready = Delivery.objects.take_ready(
            now=now, again_in=ENQUEUE_AGAIN_AFTER, per_host=AT_ONCE_PER_HOST, limit=SWEEP_LIMIT
        )
    relay.enqueue([(DELIVER_JOB, delivery_id) for delivery_id in ready])
    return len(ready)


def enqueue_on_commit(delivery_ids: Collection[UUID]) -> None:
    jobs = [(DELIVER_JOB, delivery_id) for delivery_id in delivery_ids]
    transaction.on_commit(lambda: relay.enqueue(jobs), robust=True)


def _begin_anew(deliveries: list[Delivery], now: datetime) -> int:
    for delivery in deliveries:
        delivery.status, delivery.tries, delivery.first_tried_at = Delivery.Status.PENDING, 0, None
        delivery.next_attempt_at, delivery.enqueued_at, delivery.finished_at = now, None, None
        delivery.save()
    enqueue_on_commit([delivery.id for delivery in deliveries[:AT_ONCE_PER_HOST]])
    return len(deliveries)


def _again(delivery: Delivery, rule: Rule, attempt: Attempt, now: datetime) -> datetime | None:
    """When to try again; None if this was the last try."""
    run = delivery.run
    if run is not None and (run.ended or attempt.answer == "no_answer"):
        # It has been waited for as long as it may take, and it may well be at work.
        return None
    again = next_try(
        rule,
        tries=delivery.tries,
        first_tried_at=delivery.first_tried_at or now,
        for_run=run is not None,
        retry_after=attempt.retry_after,
        now=now,
    )
    too_late = run is not None and again is not None and again >= run.deadline_at
    return None if too_late else again


def _postpone(delivery: Delivery, until: datetime, now: datetime) -> None:
    """Wait for a target that rests; a run whose time ends before that fails at once."""
    delivery.status, delivery.next_attempt_at, delivery.enqueued_at = Delivery.Status.PENDING, until, None
    if delivery.run is not None and until >= delivery.run.deadline_at:
        _end(delivery, Delivery.Status.DEAD, now)
        end_run(
            delivery.run, "failed", "workflow_unavailable", "The workflow does not answer at present.", now
        )
    else:
        delivery.save()


def _outcome(rule: Rule, again: datetime | None) -> str:
    """What is kept of a try: a rule to repeat gives up too, once it was the last."""
    if rule.action is Action.RETRY and again is None:
        return Action.GIVE_UP.value
    return rule.action.value


def _give_up(delivery: Delivery, rule: Rule, message: str, now: datetime) -> None:
    _end(delivery, Delivery.Status.DEAD, now)
    if rule.action is Action.DISABLE:
        _disable(delivery.target, now)
    if delivery.run is not None:
        status = "timed_out" if rule.code == "no_answer" else "failed"
        end_run(delivery.run, status, rule.run_code, message, now)
    else:
        entry = Entry("delivery.dead", "delivery", delivery.id, render_delivery(delivery))
        record(actor=Actor(delivery.user_id, "system"), entry=entry, at=now)


def _disable(target: Workflow | WebhookEndpoint | None, now: datetime) -> None:
    """410: it says itself that it is gone for good."""
    if isinstance(target, WebhookEndpoint):
        target.status, target.updated_at = WebhookEndpoint.Status.DISABLED, now
        target.save(update_fields=["status", "updated_at"])
        actor = Actor(target.user_id, "system")
        shown = {"id": str(target.id), "status": target.status}
        record(actor=actor, entry=Entry("webhook.disabled", "webhook", target.id, shown), at=now)
    elif target is not None:
        type(target).objects.filter(id=target.id).update(active=False, updated_at=now)


def _end(delivery: Delivery, status: Delivery.Status, now: datetime) -> None:
    delivery.status, delivery.finished_at, delivery.leased_until = status, now, None
    delivery.save()


def _keep(delivery: Delivery, attempt: Attempt, rule: Rule, outcome: str) -> None:
    DeliveryAttempt.objects.create(
        delivery=delivery,
        number=delivery.attempts_made,
        url=attempt.url,
        request_headers=attempt.request_headers,
        request_body=attempt.request_body,
        status_code=attempt.status_code,
        response_headers=attempt.response_headers,
        response_body=attempt.response_body,
        outcome=outcome,
        error_code=rule.code,
        error_message=attempt.message[:MESSAGE_LENGTH],
        started_at=attempt.started_at,
        duration_ms=int(attempt.duration.total_seconds() * 1000),
    )


def _wake_next(host: str, now: datetime) -> None:
    """There is room at the host again: the next that waits for it."""
    waiting = Delivery.objects.take_next(host, now=now, again_in=ENQUEUE_AGAIN_AFTER)
    if waiting is not None:
        enqueue_on_commit([waiting])


def _lock_host(host: str) -> None:
    """Count and claim are one step for all senders."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"delivery:{host}"])
