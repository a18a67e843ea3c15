"""What was said and asked, a row a page."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.actors import Actor
from activities.content_admin import RecordedAdmin
from conversations import services
from conversations.agent.approvals import answer_approval
from conversations.models import AllowedTool, Approval, Conversation, Memory, Message, TurnStep
from conversations.request_models import LLMRequest
from voice2task.kernel.admin import OperatedAdmin, ReadOnlyAdmin, among


@admin.register(Conversation)
class ConversationAdmin(RecordedAdmin, ReadOnlyAdmin):
    list_display = ("created_at", "user", "updated_at", "id")
    content_fields = ("title",)
    subject_type = "conversation"


@admin.register(Message)
class MessageAdmin(RecordedAdmin, ReadOnlyAdmin):
    list_display = ("created_at", "user", "role", "turn_id", "id")
    list_filter = ("role",)
    found_by = ("id", "conversation_id", "turn_id", "client_id")
    content_fields = ("text", "voice")
    subject_type = "message"


@admin.register(TurnStep)
class TurnStepAdmin(RecordedAdmin, ReadOnlyAdmin):
    list_display = ("created_at", "turn_id", "index", "kind", "engine", "rows")
    list_filter = ("kind",)
    list_select_related = ()
    owner = "turn__user"
    found_by = ("id", "turn_id")
    content_fields = ("text", "tool_calls", "result", "unsupported")
    subject_type = "turn"

    def subject_of(self, row: TurnStep) -> Any:
        return row.turn


@admin.register(Approval)
class ApprovalAdmin(RecordedAdmin, OperatedAdmin):
    list_display = ("created_at", "user", "tool", "reason", "rows", "status", "expires_at", "answered_at")
    list_filter = ("status", "reason")
    found_by = ("id", "turn_id")
    content_fields = ("arguments", "digest", "preview", "edited")
    subject_type = "approval"
    actions = ("approve", "reject")

    @admin.action(description="Approve in the user's place", permissions=["operate"])
    def approve(self, request: HttpRequest, approvals: QuerySet[Approval]) -> None:
        self.report(request, approvals, partial(self._answer, "approve"))

    @admin.action(description="Reject in the user's place", permissions=["operate"])
    def reject(self, request: HttpRequest, approvals: QuerySet[Approval]) -> None:
        self.report(request, approvals, partial(self._answer, "reject"))

    @staticmethod
    def _answer(decision: services.Decision, approval: Approval) -> None:
        actor = Actor(approval.user_id, "system")
        answer_approval(actor=actor, approval_id=approval.id, decision=decision, now=timezone.now())


@admin.register(AllowedTool)
class AllowedToolAdmin(OperatedAdmin):
    list_display = ("created_at", "user", "tool")
    actions = ("disallow",)

    @admin.action(description="Let these tools ask again", permissions=["operate"])
    def disallow(self, request: HttpRequest, allowed: QuerySet[AllowedTool]) -> None:
        self.report(request, allowed, self._disallow)

    @staticmethod
    def _disallow(row: AllowedTool) -> None:
        actor = Actor(row.user_id, "system")
        services.disallow_tool(actor=actor, tool=row.tool, now=timezone.now())


@admin.register(LLMRequest)
class LLMRequestAdmin(RecordedAdmin, ReadOnlyAdmin):
    """The exact request of every step, what it took and what it cost."""

    list_display = (
        "created_at",
        "user",
        "provider",
        "model",
        "status",
        "input_tokens",
        "output_tokens",
        "cost_micros",
        "first_token_ms",
        "latency_ms",
    )
    list_filter = ("status", among("provider", lambda: settings.LLM_PROVIDERS))
    found_by = ("id", "turn_id")
    content_fields = ("body", "error_message")
    subject_type = "turn"

    def subject_of(self, row: LLMRequest) -> Any:
        """The turn it was made for; the request itself once that is gone."""
        return row.turn or row


@admin.register(Memory)
class MemoryAdmin(RecordedAdmin, OperatedAdmin):
    list_display = ("created_at", "user", "turn_id", "id")
    content_fields = ("text",)
    subject_type = "memory"
    actions = ("forget",)

    @admin.action(description="Forget", permissions=["operate"])
    def forget(self, request: HttpRequest, memories: QuerySet[Memory]) -> None:
        self.report(request, memories, self._forget)

    @staticmethod
    def _forget(memory: Memory) -> None:
        actor = Actor(memory.user_id, "system")
        services.delete_memory(actor=actor, memory_id=memory.id, now=timezone.now())
