"""What clients may send over the WebSocket, checked."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

import orjson
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

MAX_FRAME_CHARACTERS = 128 * 1024


class FrameRefused(Exception):
    """A frame that cannot be used: `code` is stable, `id` is the frame's own if it could be read."""

    def __init__(self, code: str, message: str, id: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.id = id


class ClientFrame(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SendMessage(ClientFrame):
    """`id` is the client's own for the message; the same id again is the same message."""

    type: Literal["message.send"]
    id: UUID
    text: str
    conversation_id: UUID | None = None
    recorded_at: AwareDatetime | None = None


class StartAudio(ClientFrame):
    """`id` is the client's own for the recording; the same id again goes on with it."""

    type: Literal["audio.start"]
    id: UUID
    mime: str
    recorded_at: AwareDatetime
    conversation_id: UUID | None = None
    language: str = ""
    timezone: str = ""


class StopAudio(ClientFrame):
    """Answered by `ack`."""

    type: Literal["audio.stop"]
    id: UUID


class CancelAudio(ClientFrame):
    """Answered by the event `capture.cancelled`."""

    type: Literal["audio.cancel"]
    id: UUID


class StopTurn(ClientFrame):
    """Answered by `turn.stopped`."""

    type: Literal["turn.stop"]
    turn_id: UUID


class UndoTurn(ClientFrame):
    """Answered by the event `turn.undone`."""

    type: Literal["turn.undo"]
    turn_id: UUID


class AnswerApproval(ClientFrame):
    """`arguments` replace those that wait; `digest` is that of the approval which the user was shown."""

    type: Literal["approval.answer"]
    approval_id: UUID
    decision: Literal["approve", "reject", "always"]
    arguments: dict[str, Any] | None = None
    digest: str = Field(default="", max_length=64)


class Resume(ClientFrame):
    """`after` is the last event's seq the client has, `turns` the last position it has of each open turn."""

    type: Literal["resume"]
    after: int = Field(ge=0, lt=2**63)
    turns: dict[UUID, str] = Field(default_factory=dict, max_length=100)


class Ping(ClientFrame):
    type: Literal["ping"]


FRAMES: dict[str, type[ClientFrame]] = {
    "message.send": SendMessage,
    "audio.start": StartAudio,
    "audio.stop": StopAudio,
    "audio.cancel": CancelAudio,
    "turn.stop": StopTurn,
    "turn.undo": UndoTurn,
    "approval.answer": AnswerApproval,
    "resume": Resume,
    "ping": Ping,
}


def parse_frame(text: str) -> ClientFrame:
    """The frame that `text` holds.

    Raises:
        FrameRefused: frame_too_large, invalid_json, invalid_frame, unknown_type.
    """
    if len(text) > MAX_FRAME_CHARACTERS:
        raise FrameRefused("frame_too_large", f"A frame has at most {MAX_FRAME_CHARACTERS} characters.")
    try:
        data = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise FrameRefused("invalid_json", f"Not JSON: {error}") from error
    if not isinstance(data, dict):
        raise FrameRefused("invalid_frame", "A frame is a JSON object.")
    frame_type = data.get("type")
    if not isinstance(frame_type, str) or frame_type not in FRAMES:
        raise FrameRefused("unknown_type", "The frame's type is not known.", _id(data))
    try:
        return FRAMES[frame_type].model_validate(data)
    except ValidationError as error:
        raise FrameRefused("invalid_frame", _faults(error), _id(data)) from error


def name_of(frame: ClientFrame) -> str | None:
    """By which id an error about this frame is told apart."""
    match frame:
        case SendMessage() | StartAudio() | StopAudio() | CancelAudio():
            return str(frame.id)
        case StopTurn() | UndoTurn():
            return str(frame.turn_id)
        case AnswerApproval():
            return str(frame.approval_id)
    return None


def _id(data: dict[str, Any]) -> str | None:
    value = data.get("id")
    return value[:100] if isinstance(value, str) else None


def _faults(error: ValidationError) -> str:
    return "; ".join(
        f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in error.errors()
    )
