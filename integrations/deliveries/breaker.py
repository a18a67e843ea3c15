"""Leaves a target alone that fails again and again, so that its deliveries hold up no sender.

It is kept with the target in PostgreSQL: all senders of all processes see the same.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F

from integrations.models import WebhookEndpoint, Workflow

FAILURES_IN_A_ROW = 3
FIRST_REST = timedelta(seconds=15)
LONGEST_REST = timedelta(minutes=15)
# As long as one try may take: others wait for what it finds.
PROBE = timedelta(seconds=30)


def rest_of(target: Workflow | WebhookEndpoint, now: datetime) -> datetime | None:
    """Until when nothing is sent to `target`; None if something may be.

    When a rest is over one delivery is let through; the others wait for how it goes.
    """
    if target.rests_until is None:
        return None
    if target.rests_until > now:
        return target.rests_until
    rows = type(target)._default_manager.filter(pk=target.pk, rests_until=target.rests_until)
    probing = rows.update(rests_until=now + PROBE)
    return None if probing else now + PROBE


def note(target: Workflow | WebhookEndpoint, *, ailing: bool, now: datetime) -> datetime | None:
    """Count how a try went. Returns until when the target rests now, if it does."""
    rows = type(target)._default_manager.filter(pk=target.pk)
    if not ailing:
        rows.exclude(failures_in_a_row=0, rests_until=None).update(failures_in_a_row=0, rests_until=None)
        return None
    rows.update(failures_in_a_row=F("failures_in_a_row") + 1)
    failures = rows.values_list("failures_in_a_row", flat=True).first() or 0
    if failures < FAILURES_IN_A_ROW:
        return None
    rest: datetime = now + min(FIRST_REST * 2 ** min(failures - FAILURES_IN_A_ROW, 10), LONGEST_REST)
    rows.update(rests_until=rest)
    return rest
