"""Conversations as an operator sees them: every step, every request to a model; services as actions."""

from __future__ import annotations

from functools import partial

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import TabularInline

from accounts.actors import Actor
from conversations import services
from conversations.agent.approvals import answer_approval
from conversations.capture_models import Capture, CaptureChunk
from conversations.models import (
    AllowedTool,
    Approval,
    Conversation,
    LLMRequest,
    Memory,
    Message,
    Turn,
    TurnStep,
)
from voice2task.kernel.admin import OperatedAdmin, ReadOnlyAdmin


class TurnStepInline(TabularInline):
    model = TurnStep
    extra = 0
    can_delete = False
    fields = ("index", "kind", "engine", "text", "tool_calls", "result", "unsupported", "rows", "created_at")
    readonly_fields = fields


class ApprovalInline(TabularInline):
    model = Approval
    extra = 0
    can_delete = False
    fields = ("step_index", "tool", "arguments", "edited", "reason", "rows", "status", "expires_at")
    readonly_fields = fields


class LLMRequestInline(TabularInline):
    model = LLMRequest
    extra = 0
    can_delete = False
    show_change_link = True
    fields = (
        "step_index",
        "provider",
        "model",
        "status",
        "input_tokens",
        "cached_input_tokens",
        "output_tokens",
        "cost_micros",
        "first_token_ms",
        "latency_ms",
    )
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
class TurnAdmin(OperatedAdmin):
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
    inlines = (TurnStepInline, ApprovalInline, LLMRequestInline)
    actions = ("stop", "undo")

    @admin.action(description="Stop", permissions=["operate"])
    def stop(self, request: HttpRequest, turns: QuerySet[Turn]) -> None:
        self.report(request, turns, self._stop)

    @admin.action(description="Undo what they did", permissions=["operate"])
    def undo(self, request: HttpRequest, turns: QuerySet[Turn]) -> None:
        self.report(request, turns.order_by("-seq"), self._undo)

    @staticmethod
    def _undo(turn: Turn) -> None:
        services.undo_turn(actor=Actor(turn.user_id, "system"), turn_id=turn.id, now=timezone.now())

    @staticmethod
    def _stop(turn: Turn) -> None:
        services.stop_turn(actor=Actor(turn.user_id, "system"), turn_id=turn.id, now=timezone.now())


@admin.register(TurnStep)
class TurnStepAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "turn", "index", "kind", "engine")
    list_filter = ("kind",)
    search_fields = ("=turn__id",)
    ordering = ("-id",)


@admin.register(Approval)
class ApprovalAdmin(OperatedAdmin):
    list_display = ("created_at", "user", "tool", "reason", "rows", "status", "expires_at", "answered_at")
    list_filter = ("status", "reason", "tool")
    list_select_related = ("user",)
    search_fields = ("user__email", "=turn__id")
    ordering = ("-id",)
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
    list_display = ("user", "tool", "created_at")
    list_filter = ("tool",)
    list_select_related = ("user",)
    search_fields = ("user__email", "tool")
    ordering = ("-id",)
    actions = ("disallow",)

    @admin.action(description="Let these tools ask again", permissions=["operate"])
    def disallow(self, request: HttpRequest, allowed: QuerySet[AllowedTool]) -> None:
        self.report(request, allowed, self._disallow)

    @staticmethod
    def _disallow(row: AllowedTool) -> None:
        actor = Actor(row.user_id, "system")
        services.disallow_tool(actor=actor, tool=row.tool, now=timezone.now())


@admin.register(LLMRequest)
class LLMRequestAdmin(ReadOnlyAdmin):
    """The exact request of every step, what it took and what it cost."""

    list_display = (
        "created_at",
        "user",
        "provider",
        "model",
        "status",
        "input_tokens",
        "cached_input_tokens",
        "output_tokens",
        "cost_micros",
        "first_token_ms",
        "latency_ms",
    )
    list_filter = ("status", "provider", "model")
    list_select_related = ("user",)
    search_fields = ("user__email", "=turn__id")
    ordering = ("-id",)


@admin.register(Memory)
class MemoryAdmin(OperatedAdmin):
    list_display = ("user", "text", "created_at")
    list_select_related = ("user",)
    search_fields = ("user__email", "text")
    ordering = ("-id",)
    actions = ("forget",)

    @admin.action(description="Forget", permissions=["operate"])
    def forget(self, request: HttpRequest, memories: QuerySet[Memory]) -> None:
        self.report(request, memories, self._forget)

    @staticmethod
    def _forget(memory: Memory) -> None:
        actor = Actor(memory.user_id, "system")
        services.delete_memory(actor=actor, memory_id=memory.id, now=timezone.now())


class CaptureChunkInline(TabularInline):
    model = CaptureChunk
    extra = 0
    can_delete = False
    fields = ("start",)
    readonly_fields = fields


@admin.register(Capture)
class CaptureAdmin(OperatedAdmin):
    """Recordings, without their sound."""

    list_display = (
        "created_at",
        "user",
        "status",
        "engine",
        "language",
        "seconds",
        "attempts",
        "error_code",
        "finished_at",
    )
    list_filter = ("status", "engine", "language", "error_code")
    list_select_related = ("user",)
    search_fields = ("user__email", "=id", "=client_id", "=turn_id")
    exclude = ("audio",)
    ordering = ("-id",)
    inlines = (CaptureChunkInline,)
    actions = ("retry", "delete_audio")

    @admin.action(description="Try again", permissions=["operate"])
    def retry(self, request: HttpRequest, captures: QuerySet[Capture]) -> None:
        self.report(request, captures, self._retry)

    @admin.action(description="Delete the sound", permissions=["operate"])
    def delete_audio(self, request: HttpRequest, captures: QuerySet[Capture]) -> None:
        self.report(request, captures, self._delete_audio)

    @staticmethod
    def _retry(capture: Capture) -> None:
        actor = Actor(capture.user_id, "system")
        services.retry_capture(actor=actor, capture_id=capture.id, now=timezone.now())

    @staticmethod
    def _delete_audio(capture: Capture) -> None:
        actor = Actor(capture.user_id, "system")
        services.delete_audio(actor=actor, capture_id=capture.id, now=timezone.now())


@admin.register(CaptureChunk)
class CaptureChunkAdmin(ReadOnlyAdmin):
    list_display = ("capture", "start")
    search_fields = ("=capture__id",)
    exclude = ("data",)
    ordering = ("-id",)
