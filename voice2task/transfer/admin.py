"""Imports as an operator sees them."""

from __future__ import annotations

from django.contrib import admin

from voice2task.kernel.admin import ReadOnlyAdmin
from voice2task.transfer.models import Import


@admin.register(Import)
class ImportAdmin(ReadOnlyAdmin):
    list_display = ("format", "user", "status", "error_code", "attempts", "created_at", "finished_at")
    list_filter = ("status", "format")
    list_select_related = ("user",)
    search_fields = ("user__email",)
    ordering = ("-id",)
