"""What the doors of workflows and webhooks take and show."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework import serializers

from integrations.models import Delivery, WebhookEndpoint, Workflow, WorkflowRun
from voice2task.kernel.serializers import StrictSerializer


class WorkflowInputSerializer(StrictSerializer):
    name = serializers.CharField(max_length=48)
    description = serializers.CharField(max_length=1000)
    input_schema = serializers.DictField()
    url = serializers.CharField(max_length=1000)
    token = serializers.CharField(required=False, allow_blank=True, max_length=1000)
    signing_secret = serializers.CharField(required=False, max_length=100)
    calls_back = serializers.BooleanField(required=False)
    timeout_seconds = serializers.IntegerField(required=False, min_value=1)
    effect = serializers.ChoiceField(required=False, choices=Workflow.Effect.choices)
    capability = serializers.ChoiceField(
        required=False, allow_blank=True, choices=Workflow.Capability.choices
    )
    compensation_id = serializers.UUIDField(required=False, allow_null=True)
    active = serializers.BooleanField(required=False)


class WorkflowSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    description = serializers.CharField()
    input_schema = serializers.DictField()
    url = serializers.CharField()
    has_token = serializers.BooleanField()
    calls_back = serializers.BooleanField()
    timeout_seconds = serializers.IntegerField()
    effect = serializers.CharField()
    capability = serializers.CharField()
    compensation_id = serializers.UUIDField(allow_null=True)
    n8n_id = serializers.CharField()
    active = serializers.BooleanField()
    shared = serializers.BooleanField()


class SecretSerializer(serializers.Serializer[Any]):
    secret = serializers.CharField(help_text="Shown here and never again.")


class NewWorkflowSerializer(WorkflowSerializer):
    signing_secret = serializers.CharField(help_text="Shown here and never again.")


class ManifestSerializer(StrictSerializer):
    workflows = serializers.ListField(child=serializers.DictField())
    base_url = serializers.CharField(required=False, allow_blank=True, max_length=1000)
    token = serializers.CharField(required=False, max_length=1000)
    signing_secret = serializers.CharField(required=False, max_length=100)


class ErrorSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    message = serializers.CharField()


class RunSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    workflow = serializers.CharField()
    turn_id = serializers.UUIDField(allow_null=True)
    input = serializers.DictField()
    status = serializers.ChoiceField(choices=WorkflowRun.Status.choices)
    output = serializers.JSONField(allow_null=True)
    execution_id = serializers.CharField()
    compensates = serializers.UUIDField(allow_null=True)
    late_output = serializers.JSONField(allow_null=True)
    late_at = serializers.DateTimeField(allow_null=True)
    error = ErrorSerializer(allow_null=True)
    created_at = serializers.DateTimeField()
    sent_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    deadline_at = serializers.DateTimeField()


class WebhookInputSerializer(StrictSerializer):
    url = serializers.CharField(max_length=1000)
    description = serializers.CharField(required=False, allow_blank=True, max_length=200)
    kinds = serializers.ListField(child=serializers.ChoiceField(choices=settings.WEBHOOK_KINDS))
    status = serializers.ChoiceField(required=False, choices=("active", "paused"))


class WebhookSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    url = serializers.CharField()
    description = serializers.CharField()
    kinds = serializers.ListField(child=serializers.CharField())
    status = serializers.ChoiceField(choices=WebhookEndpoint.Status.choices)
    failures_in_a_row = serializers.IntegerField()
    rests_until = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


class NewWebhookSerializer(WebhookSerializer):
    secret = serializers.CharField(help_text="Shown here and never again.")


class DeliverySerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    webhook_id = serializers.UUIDField(allow_null=True)
    run_id = serializers.UUIDField(allow_null=True)
    kind = serializers.CharField()
    status = serializers.ChoiceField(choices=Delivery.Status.choices)
    attempts = serializers.IntegerField()
    error_code = serializers.CharField()
    next_attempt_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class RequestSerializer(serializers.Serializer[Any]):
    headers = serializers.DictField()
    body = serializers.CharField()


class ResponseSerializer(serializers.Serializer[Any]):
    status = serializers.IntegerField(allow_null=True)
    headers = serializers.DictField()
    body = serializers.CharField()


class AttemptSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    url = serializers.CharField()
    request = RequestSerializer()
    response = ResponseSerializer()
    outcome = serializers.CharField()
    error = ErrorSerializer(allow_null=True)
    started_at = serializers.DateTimeField()
    duration_ms = serializers.IntegerField()


class DeliveryDetailSerializer(DeliverySerializer):
    log = AttemptSerializer(many=True)


class RedeliverSerializer(StrictSerializer):
    since = serializers.DateTimeField(required=False)


class RedeliveredSerializer(serializers.Serializer[Any]):
    redelivered = serializers.IntegerField()


class TakenSerializer(serializers.Serializer[Any]):
    status = serializers.ChoiceField(choices=("accepted", "duplicate", "late"))
