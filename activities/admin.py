from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.actors import Actor
from activities import services
from activities.content_admin import RecordedAdmin
from activities.models import (
    Activity,
    Notification,
    NotificationDelivery,
    Outbox,
    PushSubscription,
    UserStream,
)
from voice2task.kernel.admin import OperatedAdmin, ReadOnlyAdmin, among


def notified_kinds() -> list[str]:
    """The kinds of activity that users are told of."""
    return sorted(
        kind
        for kind, jobs in settings.ACTIVITY_SUBSCRIBERS.items()
        if any(job == services.NOTIFY_JOB for job, _ in jobs)
    )


def owed_jobs() -> list[str]:
    """The jobs that follow from activities."""
    return sorted({job for jobs in settings.ACTIVITY_SUBSCRIBERS.values() for job, _ in jobs})


@admin.register(Activity)
class ActivityAdmin(RecordedAdmin, ReadOnlyAdmin):
    list_display = ("at", "user", "seq", "kind", "actor", "subject_type", "subject_id", "turn_id")
    list_filter = ("actor", among("kind", lambda: sorted(settings.EVENT_KINDS)))
    found_by = ("id", "turn_id")
    content_fields = ("before", "after")
    subject_type = "activity"


@admin.register(Outbox)
class OutboxAdmin(ReadOnlyAdmin):
    list_display = ("due_at", "job", "argument")
    list_select_related = ()
    list_filter = (among("job", owed_jobs),)
    ordering = ("due_at",)
    owner = "activity__user"
    found_by = ("argument",)


@admin.register(UserStream)
class UserStreamAdmin(ReadOnlyAdmin):
    list_display = ("user", "last_seq")
    ordering = ("-user_id",)
    found_by = ()


@admin.register(Notification)
class NotificationAdmin(RecordedAdmin, OperatedAdmin):
    list_display = ("created_at", "user", "kind", "subject_type", "read_at")
    list_filter = (among("kind", notified_kinds), ("read_at", admin.EmptyFieldListFilter))
    found_by = ("id", "activity_id")
    content_fields = ("title", "body", "data")
    subject_type = "notification"
    actions = ("delete_notifications",)

    @admin.action(description="Delete", permissions=["operate"])
    def delete_notifications(self, request: HttpRequest, notifications: QuerySet[Notification]) -> None:
        now = timezone.now()
        self.report(
            request,
            notifications,
            lambda row: services.delete_notification(
                actor=Actor(row.user_id, "system"), notification_id=row.id, now=now
            ),
        )


@admin.register(NotificationDelivery)
class NotificationDeliveryAdmin(ReadOnlyAdmin):
    list_display = ("notification", "channel", "status", "attempts", "next_attempt_at", "sent_at", "error")
    list_filter = ("channel", "status")
    list_select_related = ("notification",)
    owner = "notification__user"
    found_by = ("id", "notification_id")


@admin.register(PushSubscription)
class PushSubscriptionAdmin(OperatedAdmin):
    """Endpoints and keys are their users' secrets."""

    list_display = ("created_at", "user", "expires_at")
    exclude = ("endpoint", "p256dh", "auth")
    actions = ("remove_subscriptions",)

    @admin.action(description="Push there no more", permissions=["operate"])
    def remove_subscriptions(self, request: HttpRequest, rows: QuerySet[PushSubscription]) -> None:
        now = timezone.now()
        self.report(
            request,
            rows,
            lambda row: services.unsubscribe(
                actor=Actor(row.user_id, "system"), subscription_id=row.id, now=now
            ),
        )
