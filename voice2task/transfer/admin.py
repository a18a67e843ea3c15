"""Imports as an operator sees them."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin

from activities.content_admin import RecordedAdmin
from voice2task.kernel.admin import ReadOnlyAdmin, among
from voice2task.transfer.models import Import


@admin.register(Import)
class ImportAdmin(RecordedAdmin, ReadOnlyAdmin):
    list_display = ("created_at", "user", "format", "status", "error_code", "attempts", "finished_at")
    list_filter = ("status", among("format", lambda: settings.IMPORT_FORMATS))
    content_fields = ("list_name", "report", "error_message")
    subject_type = "import"
