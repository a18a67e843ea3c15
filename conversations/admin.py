from __future__ import annotations

from django.contrib import admin
from unfold.admin import TabularInline

from conversations.models import Conversation, Message, Turn, TurnStep
from voice2task.kernel.admin import ReadOnlyAdmin


class TurnStepInline(TabularInline):
    model = TurnStep
    extra = 0
    can_delete = False
    fields = ("index", "kind", "engine", "text", "tool_calls", "result", "created_at")
    readonly_fields = fields


@admin.register(Conversation)
class ConversationAdmin(ReadOnlyAdmin):
    list_display = ("title", "user", "created_at", "updated_at")
    list_select_related = ("user",)
    search_fields = ("user__email", "title")
    ordering = ("-id",)


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "user", "role", "text")
    list_filter = ("role",)
    list_select_related = ("user",)
    search_fields = ("user__email", "=turn__id", "=client_id")
    ordering = ("-id",)


@admin.register(Turn)
class TurnAdmin(ReadOnlyAdmin):
    list_display = (
        "created_at",
        "user",
        "status",
        "engine",
        "epoch",
        "failures",
        "error_code",
        "finished_at",
    )
    list_filter = ("status", "engine", "error_code")
    list_select_related = ("user",)
    search_fields = ("user__email", "=id")
    ordering = ("-id",)
    inlines = (TurnStepInline,)


@admin.register(TurnStep)
class TurnStepAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "turn", "index", "kind", "engine")
    list_filter = ("kind",)
    search_fields = ("=turn__id",)
    ordering = ("-id",)
