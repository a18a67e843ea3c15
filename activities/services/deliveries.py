"""Getting notifications out of the house: who may try when, and what becomes of a try."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

import structlog
from django.db import transaction

from activities import relay
from activities.models import NotificationDelivery
from activities.quiet_hours import quiet_end
from activities.services.recording import SWEEP_AGAIN_AFTER, SWEEP_LIMIT
from activities.services.subscriptions import forget_subscription

logger = structlog.get_logger(__name__)

DELIVER_JOB = "activities.deliver_notification"
# A sender that has said nothing for this long is dead; it is longer than a try can take.
LEASE = timedelta(seconds=60)
# How long after each try in vain the next one follows; after the last there is none.
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (15, 60, 300, 1800, 7200))
LONGEST_PAUSE = timedelta(hours=6)
Status = NotificationDelivery.Status


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a try ended. "gone": nobody lives at this address any more; "retry": a later try may end better."""

    result: Literal["sent", "retry", "failed", "gone"]
    error: str = ""
    retry_after: timedelta = timedelta()


@transaction.atomic
def claim_delivery(*, delivery_id: UUID, now: datetime) -> NotificationDelivery | None:
    """Take a delivery to try it. None if it is not to be tried now: it waits, is done, or another has it.

    In the user's quiet hours it is put off until they end. What was read in the meantime is not sent.
    """
    waiting = NotificationDelivery.objects.pending().filter(pk=delivery_id, next_attempt_at__lte=now)
    held = waiting.select_for_update(of=("self",), skip_locked=True)
    delivery = held.select_related("notification__user", "subscription").first()
    if delivery is None:
        return None
    if delivery.notification.read_at is not None:
        delivery.status = Status.SKIPPED
        delivery.save(update_fields=["status"])
        return None
    user = delivery.notification.user
    quiet_until = quiet_end(quiet_from=user.quiet_from, quiet_until=user.quiet_until, zone=user.zone, now=now)
    delivery.attempts += quiet_until is None
    delivery.next_attempt_at = delivery.sweep_at = quiet_until or now + LEASE
    delivery.save(update_fields=["attempts", "next_attempt_at", "sweep_at"])
    return delivery if quiet_until is None else None


@transaction.atomic
def finish_delivery(*, delivery: NotificationDelivery, outcome: Outcome, now: datetime) -> None:
    """Note how a try ended. An address that is gone takes its subscription with it."""
    if outcome.result == "gone" and delivery.subscription_id:
        forget_subscription(
            user_id=delivery.notification.user_id, subscription_id=delivery.subscription_id, now=now
        )
        return
    changes: dict[str, object] = {"error": outcome.error[:200]}
    if outcome.result == "sent":
        changes |= {"status": Status.SENT, "sent_at": now, "error": ""}
    elif outcome.result == "retry" and delivery.attempts <= len(PAUSES):
        pause = min(max(PAUSES[delivery.attempts - 1], outcome.retry_after), LONGEST_PAUSE)
        changes |= {"next_attempt_at": now + pause, "sweep_at": now + pause}
    else:
        changes["status"] = Status.FAILED
        logger.warning("notification_undeliverable", channel=delivery.channel, error=outcome.error)
    mine = NotificationDelivery.objects.pending().filter(pk=delivery.pk)
    if outcome.result != "sent":
        # After the lease another may have taken it up: what failed here is not theirs.
        mine = mine.filter(attempts=delivery.attempts)
    mine.update(**changes)


def sweep_deliveries(*, now: datetime) -> int:
    """Enqueue what is due and nobody has tried. Returns how many there were."""
    with transaction.atomic():
        due = NotificationDelivery.objects.take_due(now=now, again_in=SWEEP_AGAIN_AFTER, limit=SWEEP_LIMIT)
    relay.enqueue([(DELIVER_JOB, delivery_id) for delivery_id in due])
    return len(due)
