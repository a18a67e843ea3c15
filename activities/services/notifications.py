"""Notifications: made once of each activity that `activities.notices` names, read, and deleted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts.actors import Actor
from accounts.models import User
from activities import relay
from activities.models import Activity, Notification, NotificationDelivery, Outbox, PushSubscription
from activities.notices import notice_of
from activities.representation import moment, render_notification
from activities.services.deliveries import DELIVER_JOB
from activities.services.recording import (
    FIRST_SWEEP_AFTER,
    Entry,
    lock_stream,
    lock_streams,
    record,
    record_all,
    record_for_many,
)
from voice2task.kernel.errors import NotFound

NOTIFY_JOB = "activities.notify"
# How many notifications one transaction makes, reads or deletes.
AT_ONCE = 500
Channel = NotificationDelivery.Channel


class NotificationNotFound(NotFound):
    code = "notification_not_found"
    message = "There is no such notification."


def notify(*, now: datetime) -> int:
    """Tell all users of everything of which they were not told yet. Returns of how much.

    One call does the work of all jobs that wait; theirs find nothing left to do.
    """
    count = 0
    while told := _notify_some(now):
        count += told
    return count


@transaction.atomic
def read_notification(*, actor: Actor, notification_id: UUID, now: datetime) -> Notification:
    """Note that the user has seen it; what was read stays so.

    Raises:
        NotificationNotFound
    """
    lock_stream(actor.user_id)
    notification = _notification_of(actor, notification_id)
    if notification.read_at is None:
        _read(actor, [notification], now)
    return notification


def read_all_notifications(*, actor: Actor, now: datetime) -> int:
    """Note that the user has seen everything there is. Returns how many were unread."""
    count = 0
    while read := _read_some(actor, now):
        count += read
    return count


@transaction.atomic
def delete_notification(*, actor: Actor, notification_id: UUID, now: datetime) -> None:
    """
    Raises:
        NotificationNotFound
    """
    lock_stream(actor.user_id)
    notification = _notification_of(actor, notification_id)
    entry = Entry("notification.deleted", "notification", notification.id)
    notification.delete()
    record(actor=actor, entry=entry, at=now)


def expire_notifications(*, now: datetime) -> int:
    """Delete what is older than `NOTIFICATION_DAYS`, read or not. Returns how many there were."""
    old = Notification.objects.older_than(now - timedelta(days=settings.NOTIFICATION_DAYS))
    count = 0
    for user_id in list(old.order_by("user_id").values_list("user_id", flat=True).distinct()):
        while expired := _expire_some(user_id, now):
            count += expired
    return count


@transaction.atomic
def _notify_some(now: datetime) -> int:
    """Some of what waits longest, of as many users as nobody else is at work for."""
    waiting = Outbox.objects.filter(job=NOTIFY_JOB).order_by("id")
    users = dict(waiting.values_list("id", "activity__user_id")[:AT_ONCE])
    held = lock_streams(list(dict.fromkeys(users.values())))
    ids = [row_id for row_id, user_id in users.items() if user_id in held]
    # Another call may have told some of it until the streams were held.
    owed = list(Outbox.objects.filter(id__in=ids).select_related("activity").order_by("id"))
    languages = dict(User.objects.filter(pk__in=held).values_list("pk", "language"))
    made = Notification.objects.bulk_create(
        _notification(row.activity, languages[row.activity.user_id], now) for row in owed
    )
    record_for_many(
        by="system",
        entries=[
            (each.user_id, Entry("notification.created", "notification", each.id, render_notification(each)))
            for each in made
        ],
        at=now,
    )
    _send_out(made, now)
    return Outbox.objects.filter(id__in=[row.id for row in owed]).delete()[0]


def _notification(activity: Activity, language: str, now: datetime) -> Notification:
    notice = notice_of(activity, language)
    return Notification(
        user_id=activity.user_id,
        activity_id=activity.id,
        kind=activity.kind,
        title=notice.title,
        body=notice.body,
        subject_type=activity.subject_type,
        subject_id=activity.subject_id,
        data=notice.data,
        created_at=now,
    )


def _send_out(notifications: Sequence[Notification], now: datetime) -> None:
    """Hand notifications over to each browser of their users and, who wants it, to their mail boxes."""
    user_ids = {notification.user_id for notification in notifications}
    ways: dict[UUID, list[PushSubscription | None]] = defaultdict(list)
    for subscription in PushSubscription.objects.live(now).filter(user__in=user_ids, user__is_active=True):
        ways[subscription.user_id].append(subscription)
    # Nobody is written to who has not shown that the address is theirs.
    by_mail = User.objects.filter(pk__in=user_ids, is_active=True, email_notifications=True)
    for user_id in by_mail.exclude(email_verified_at=None).values_list("pk", flat=True):
        ways[user_id].append(None)
    deliveries = NotificationDelivery.objects.bulk_create(
        NotificationDelivery(
            notification=notification,
            channel=Channel.PUSH if subscription else Channel.EMAIL,
            subscription=subscription,
            next_attempt_at=now,
            # It is enqueued below; only when that was lost does the sweep find it.
            sweep_at=now + FIRST_SWEEP_AFTER,
        )
        for notification in notifications
        for subscription in ways[notification.user_id]
    )
    if deliveries:
        jobs = [(DELIVER_JOB, delivery.id) for delivery in deliveries]
        transaction.on_commit(partial(relay.enqueue, jobs), robust=True)


def _notification_of(actor: Actor, notification_id: UUID) -> Notification:
    found = Notification.objects.of(actor.user_id).filter(pk=notification_id).first()
    if found is None:
        raise NotificationNotFound
    return found


@transaction.atomic
def _read_some(actor: Actor, now: datetime) -> int:
    lock_stream(actor.user_id)
    # What comes meanwhile has not been seen.
    unread = Notification.objects.of(actor.user_id).unread().filter(created_at__lte=now)
    notifications = list(unread.order_by("id")[:AT_ONCE])
    _read(actor, notifications, now)
    return len(notifications)


def _read(actor: Actor, notifications: Sequence[Notification], now: datetime) -> None:
    for notification in notifications:
        notification.read_at = now
    Notification.objects.filter(pk__in=[each.pk for each in notifications]).update(read_at=now)
    before, after = {"read_at": None}, {"read_at": moment(now)}
    entries = [Entry("notification.read", "notification", each.id, after, before) for each in notifications]
    record_all(actor=actor, entries=entries, at=now)


@transaction.atomic
def _expire_some(user_id: UUID, now: datetime) -> int:
    lock_stream(user_id)
    old = Notification.objects.of(user_id).older_than(now - timedelta(days=settings.NOTIFICATION_DAYS))
    ids = list(old.order_by("id").values_list("id", flat=True)[:AT_ONCE])
    Notification.objects.filter(pk__in=ids).delete()
    entries = [Entry("notification.deleted", "notification", id_) for id_ in ids]
    record_all(actor=Actor(user_id, "system"), entries=entries, at=now)
    return len(ids)
