from __future__ import annotations

from django.contrib import admin

from activities.models import Activity, Outbox, UserStream
from voice2task.kernel.admin import ReadOnlyAdmin


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
