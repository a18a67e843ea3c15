from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.actors import Actor
from activities import services
from activities.models import (
    Activity,
    Notification,
    NotificationDelivery,
    Outbox,
    PushSubscription,
    UserStream,
)
from voice2task.kernel.admin import OperatedAdmin, ReadOnlyAdmin


@admin.register(Activity)
class ActivityAdmin(ReadOnlyAdmin):
    list_display = ("at", "user", "seq", "kind", "actor", "subject_type", "subject_id", "turn_id")
    list_filter = ("actor", "kind")
    list_select_related = ("user",)
    search_fields = ("user__email", "=subject_id", "=turn_id")
    raw_id_fields = ("user", "undoes")
    ordering = ("-id",)


@admin.register(Outbox)
class OutboxAdmin(ReadOnlyAdmin):
    list_display = ("job", "argument", "due_at")
    list_filter = ("job",)
    ordering = ("due_at",)


@admin.register(UserStream)
class UserStreamAdmin(ReadOnlyAdmin):
    list_display = ("user", "last_seq")
    list_select_related = ("user",)
    search_fields = ("user__email",)
    ordering = ("user",)


@admin.register(Notification)
class NotificationAdmin(OperatedAdmin):
    list_display = ("created_at", "user", "kind", "title", "body", "read_at")
    list_filter = ("kind", ("read_at", admin.EmptyFieldListFilter))
    list_select_related = ("user",)
    search_fields = ("user__email", "title")
    ordering = ("-id",)
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
    search_fields = ("notification__user__email",)
    ordering = ("-id",)


@admin.register(PushSubscription)
class PushSubscriptionAdmin(OperatedAdmin):
    """Endpoints and keys are their users' secrets."""

    list_display = ("created_at", "user", "expires_at")
    exclude = ("endpoint", "p256dh", "auth")
    list_select_related = ("user",)
    search_fields = ("user__email",)
    ordering = ("-id",)
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
