"""How messages, turns and conversations look outside: REST, frames and activities alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from conversations.capture_models import Capture
    from conversations.models import Approval, Conversation, Memory, Message, Turn

JSON = dict[str, Any]


def moment(value: datetime | None) -> str | None:
    """ISO 8601 in UTC, ending in Z."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if value else None


def render_conversation(conversation: Conversation) -> JSON:
    return {
        "id": str(conversation.id),
        "title": conversation.title,
        "created_at": moment(conversation.created_at),
        "updated_at": moment(conversation.updated_at),
    }


def render_message(message: Message) -> JSON:
    return {
        "id": str(message.id),
        "client_id": str(message.client_id) if message.client_id else None,
        "conversation_id": str(message.conversation_id),
        "turn_id": str(message.turn_id),
        "role": message.role,
        "text": message.text,
        "voice": message.voice,
        "recorded_at": moment(message.recorded_at),
        "created_at": moment(message.created_at),
    }


def render_capture(capture: Capture) -> JSON:
    """A recording and what has become of it so far. `message_id` and `turn_id` are those it will have."""
    return {
        "id": str(capture.id),
        "client_id": str(capture.client_id),
        "conversation_id": str(capture.conversation_id) if capture.conversation_id else None,
        "message_id": str(capture.message_id),
        "turn_id": str(capture.turn_id),
        "status": capture.status,
        "mime": capture.mime,
        "bytes": capture.received,
        "seconds": capture.seconds,
        "has_audio": capture.has_audio,
        "recorded_at": moment(capture.recorded_at),
        "timezone": capture.timezone,
        "text": capture.text,
        "heard": capture.heard,
        "language": capture.language,
        "engine": capture.engine,
        "confidence": capture.confidence,
        "fallbacks": capture.fallbacks,
        "attempts": capture.attempts,
        "next_attempt_at": moment(capture.next_attempt_at),
        "error": {"code": capture.error_code, "message": capture.error_message}
        if capture.error_code
        else None,
        "created_at": moment(capture.created_at),
        "finished_at": moment(capture.finished_at),
    }


def render_memory(memory: Memory) -> JSON:
    return {
        "id": str(memory.id),
        "text": memory.text,
        "turn_id": str(memory.turn_id) if memory.turn_id else None,
        "created_at": moment(memory.created_at),
    }


def render_approval(approval: Approval) -> JSON:
    """What waits for the user, or has waited. `arguments` are those that count: edited, if they were."""
    return {
        "id": str(approval.id),
        "turn_id": str(approval.turn_id),
        "tool": approval.tool,
        "arguments": approval.arguments if approval.edited is None else approval.edited,
        "digest": approval.digest,
        "reason": approval.reason,
        "preview": approval.preview,
        "rows": approval.rows,
        "status": approval.status,
        "created_at": moment(approval.created_at),
        "expires_at": moment(approval.expires_at),
        "answered_at": moment(approval.answered_at),
    }


def render_turn(
    turn: Turn, *, message: Message | None, receipts: list[JSON], approval: Approval | None = None
) -> JSON:
    """A turn with its reply, if it has one, its receipts, and what it waits for."""
    return {
        "id": str(turn.id),
        "conversation_id": str(turn.conversation_id),
        "status": turn.status,
        "engine": turn.engine,
        "fallbacks": turn.fallbacks,
        "message": render_message(message) if message else None,
        "receipts": receipts,
        "choices": turn.choices,
        "approval": render_approval(approval) if approval else None,
        "error": _error(turn),
        "created_at": moment(turn.created_at),
        "started_at": moment(turn.started_at),
        "finished_at": moment(turn.finished_at),
    }


def _error(failed: Capture | Turn) -> JSON | None:
    return {"code": failed.error_code, "message": failed.error_message} if failed.error_code else None


def render_receipt(activity: Mapping[str, Any], task: JSON | None) -> JSON:
    """One committed change of a turn, and the task as it is now if it changed one."""
    after, before = activity["after"], activity["before"]
    fields = (task or {}, after, before)
    named = (known.get(name) for known in fields for name in ("title", "name", "text", "workflow"))
    title = next(filter(None, named), "")
    return {
        "activity_id": str(activity["id"]),
        "seq": activity["seq"],
        "kind": activity["kind"],
        "subject": {"type": activity["subject_type"], "id": str(activity["subject_id"])},
        "title": title,
        "task": task,
    }
