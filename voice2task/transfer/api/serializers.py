from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework import serializers

from tasks.models import MAX_NAME
from voice2task.kernel.serializers import StrictSerializer
from voice2task.transfer.models import Import


class ImportInputSerializer(StrictSerializer):
    file = serializers.FileField(allow_empty_file=True)
    format = serializers.ChoiceField(choices=tuple(settings.IMPORT_FORMATS))
    on_error = serializers.ChoiceField(
        choices=Import.OnError.choices,
        required=False,
        default=Import.OnError.ABORT,
        help_text="What becomes of the other rows when some cannot be imported.",
    )
    list_name = serializers.CharField(
        required=False, max_length=MAX_NAME, help_text="The list for tasks that name none; else the Inbox."
    )


class FaultSerializer(serializers.Serializer[Any]):
    at = serializers.CharField(help_text="`line 7`, `tasks[3]`")
    code = serializers.CharField()
    message = serializers.CharField()
    field = serializers.CharField(allow_null=True)


class ReportSerializer(serializers.Serializer[Any]):
    rows = serializers.IntegerField(required=False)
    created = serializers.DictField(required=False, child=serializers.IntegerField())
    already_there = serializers.DictField(required=False, child=serializers.IntegerField())
    left_out = serializers.DictField(required=False, child=serializers.IntegerField())
    broken = serializers.IntegerField(required=False)
    faults = FaultSerializer(required=False, many=True)


class ImportErrorSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    message = serializers.CharField()


class ImportSerializer(serializers.Serializer[Any]):
    """The shape that `render_import` gives; describes, never validates."""

    id = serializers.UUIDField()
    format = serializers.CharField()
    on_error = serializers.ChoiceField(choices=Import.OnError.choices)
    list_name = serializers.CharField()
    status = serializers.ChoiceField(choices=Import.Status.choices)
    report = ReportSerializer()
    error = ImportErrorSerializer(allow_null=True)
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
