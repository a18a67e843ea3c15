"""Requests to models, and what they cost."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models

from conversations.request_querysets import LLMRequestQuerySet
from voice2task.kernel.identifiers import uuid7


class LLMRequest(models.Model):
    """One request to a model: what was asked, what it took, what it cost. Outlives its turn, without `body`.

    Money is in millionths of a US dollar. While it is open, `reserved_micros` of the user's budget is kept
    for it.
    """

    class Status(models.TextChoices):
        OPEN = "open"
        ANSWERED = "answered"
        FAILED = "failed"
        STOPPED = "stopped"
        ABANDONED = "abandoned"

    id: models.UUIDField[UUID, UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="llm_requests")
    turn = models.ForeignKey(
        "conversations.Turn", on_delete=models.SET_NULL, null=True, blank=True, related_name="llm_requests"
    )
    epoch = models.PositiveIntegerField()
    step_index = models.PositiveSmallIntegerField()
    provider = models.CharField(max_length=64)
    model = models.CharField(max_length=128)
    body = models.JSONField(default=dict)
    status = models.CharField(max_length=16, choices=Status, default=Status.OPEN)
    error_code = models.CharField(max_length=64, blank=True)
    error_message = models.CharField(max_length=500, blank=True)
    input_tokens = models.PositiveIntegerField(default=0)
    cached_input_tokens = models.PositiveIntegerField(default=0)
    cache_write_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    reserved_micros = models.BigIntegerField()
    cost_micros = models.BigIntegerField(default=0)
    first_token_ms = models.PositiveIntegerField(null=True, blank=True)
    latency_ms = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = LLMRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "LLM request"
        indexes: ClassVar = [
            models.Index(fields=("user", "-id"), name="llm_request_user"),
            models.Index(fields=("created_at",), name="llm_request_open", condition=models.Q(status="open")),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.model}"
