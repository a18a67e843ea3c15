"""Notifications: made once of each activity that `activities.notices` names, read, and deleted."""

from __future__ import annotations

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
from activities.services.recording import FIRST_SWEEP_AFTER, Entry, lock_stream, record, record_all
from voice2task.kernel.errors import NotFound

NOTIFY_JOB = "activities.notify"
# How many notifications one transaction makes, reads or deletes.
AT_ONCE = 500
Channel = NotificationDelivery.Channel


class NotificationNotFound(NotFound):
    code = "notification_not_found"
    message = "There is no such notification."


@transaction.atomic
def notify(*, activity_id: UUID, now: datetime) -> int:
    """Tell a user of an activity, and of those after it of which they were not told. Returns of how many.

    One call does the work of all jobs that wait for this user; theirs find nothing left to do.
    """
    activity = Activity.objects.owing(NOTIFY_JOB).filter(id=activity_id).only("user_id", "seq").first()
    if activity is None:
        return 0
    lock_stream(activity.user_id)
    untold = Activity.objects.of(activity.user_id).filter(seq__gte=activity.seq).owing(NOTIFY_JOB)
    told = list(untold.order_by("seq")[:AT_ONCE])
    Outbox.objects.filter(job=NOTIFY_JOB, activity__in=[each.id for each in told]).delete()
    made = Notification.objects.bulk_create([_notification(each, now) for each in told])
    record_all(
        actor=Actor(activity.user_id, "system"),
        entries=[
            Entry("notification.created", "notification", each.id, render_notification(each)) for each in made
        ],
        at=now,
    )
    _send_out(activity.user_id, made, now)
    return len(made)


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


def _notification(activity: Activity, now: datetime) -> Notification:
    notice = notice_of(activity)
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


def _send_out(user_id: UUID, notifications: Sequence[Notification], now: datetime) -> None:
    """Hand notifications over to each browser of the user and, if they want it, to their mail box."""
    user = User.objects.get(pk=user_id)
    if not user.is_active:
        return
    addresses = list(PushSubscription.objects.of(user_id).live(now))
    # Nobody is written to who has not shown that the address is theirs.
    by_mail = user.email_notifications and user.email_verified
    ways = [(Channel.PUSH, address) for address in addresses] + [(Channel.EMAIL, None)] * by_mail
    deliveries = NotificationDelivery.objects.bulk_create(
        NotificationDelivery(
            notification=notification,
            channel=channel,
            subscription=address,
            next_attempt_at=now,
            # It is enqueued below; only when that was lost does the sweep find it.
            sweep_at=now + FIRST_SWEEP_AFTER,
        )
        for notification in notifications
        for channel, address in ways
    )
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
