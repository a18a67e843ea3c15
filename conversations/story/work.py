"""What was said, and what the agent made of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from activities.models import Activity
from conversations.capture_models import Capture
from conversations.models import Approval, Message, Turn, TurnStep
from conversations.receipts import SUBJECTS
from conversations.request_models import LLMRequest
from conversations.story.moments import Moment, Part

FAILED = {"failed", "abandoned", "dead", "timed_out", "rejected", "expired", "error"}
OPEN = {"open", "pending", "queued", "sent", "running", "sending", "recording", "kept", "transcribing"}


def tone_of(status: str) -> str:
    if status in FAILED:
        return "bad"
    return "waiting" if status in OPEN else "good"


def recordings(turn: Turn) -> Iterator[Moment]:
    for row in Capture.objects.filter(turn_id=turn.id):
        heard = [Part("heard", row.heard)] if row.heard != row.text else []
        yield Moment(
            row.created_at,
            "recording",
            f"Recording, {row.status}",
            tone_of(row.status),
            until=row.finished_at,
            facts=[
                ("seconds", row.seconds),
                ("engine", row.engine),
                ("language", row.language),
                ("confidence", row.confidence and round(row.confidence, 2)),
                ("form", row.mime),
                ("attempts", row.attempts),
                ("asked in vain", ", ".join(f"{one['engine']}: {one['code']}" for one in row.fallbacks)),
                ("error", row.error_code),
            ],
            content=[Part("transcript", row.text), *heard],
            capture_id=row.id if row.has_audio else None,
        )


def messages(turn: Turn) -> Iterator[Moment]:
    for row in Message.objects.filter(turn_id=turn.id):
        said = row.role == Message.Role.USER
        spoken = [("said at", row.recorded_at), ("spoken", bool(row.voice))] if said else []
        yield Moment(
            row.created_at,
            "message" if said else "reply",
            "Message" if said else "Reply",
            facts=[("characters", len(row.text)), *spoken],
            content=[Part("text", row.text)],
        )


def requests(turn: Turn) -> Iterator[Moment]:
    for row in LLMRequest.objects.filter(turn_id=turn.id):
        took = timedelta(milliseconds=row.latency_ms or 0)
        yield Moment(
            row.created_at,
            "request",
            f"Request to {row.provider} {row.model}, {row.status}",
            tone_of(row.status),
            until=row.created_at + took if row.latency_ms else row.finished_at,
            facts=[
                ("step", row.step_index),
                ("epoch", row.epoch),
                ("tokens in", row.input_tokens),
                ("of them cached", row.cached_input_tokens),
                ("tokens out", row.output_tokens),
                ("cost", f"${row.cost_micros / 1_000_000:.6f}"),
                ("first token ms", row.first_token_ms),
                ("error", row.error_code),
            ],
            content=[
                *([Part("error", row.error_message)] if row.error_message else []),
                Part.of_json("exact request", row.body),
            ],
        )


def steps(turn: Turn, activities: Sequence[Activity]) -> Iterator[Moment]:
    """Answers and tool calls, each call with its receipts: what it changed before the next one began."""
    rows = list(TurnStep.objects.filter(turn_id=turn.id))
    tools = [row for row in rows if row.kind == TurnStep.Kind.TOOL]
    for row in rows:
        if row.kind == TurnStep.Kind.ANSWER:
            yield _answer(row)
        else:
            later = next((tool.created_at for tool in tools if tool.index > row.index), None)
            changes = [one for one in activities if is_receipt(one) and one.at >= row.created_at]
            yield _tool(row, [one for one in changes if later is None or one.at < later])


def is_receipt(activity: Activity) -> bool:
    """Whether it tells of a change that a tool has made."""
    return activity.actor == Activity.ActorKind.AGENT and activity.subject_type in SUBJECTS


def _answer(row: TurnStep) -> Moment:
    withdrawn = [Part.of_json("claimed without having done it", row.unsupported)] if row.unsupported else []
    calls = [Part.of_json("asks for", row.tool_calls)] if row.tool_calls else []
    return Moment(
        row.created_at,
        "answer",
        "Answer, withdrawn" if row.unsupported else "Answer",
        "bad" if row.unsupported else "",
        facts=[
            ("step", row.index),
            ("engine", row.engine),
            ("asks for tools", len(row.tool_calls)),
            ("unsupported claims", len(row.unsupported)),
        ],
        content=[*([Part("text", row.text)] if row.text else []), *calls, *withdrawn],
    )


def _tool(row: TurnStep, receipts: Sequence[Activity]) -> Moment:
    call = row.tool_calls[0] if row.tool_calls else {}
    status = str(row.result.get("status", ""))
    return Moment(
        row.created_at,
        "tool",
        f"Tool {call.get('name', '')}, {status or 'answered'}",
        tone_of(status),
        until=max((one.at for one in receipts), default=None),
        facts=[
            ("step", row.index),
            ("changed unasked", row.rows),
            ("error", row.result.get("code")),
            ("receipts", ", ".join(f"{one.kind} #{one.seq}" for one in receipts)),
        ],
        content=[
            Part.of_json("arguments", call.get("arguments")),
            Part.of_json("result", row.result),
            *(
                Part.of_json(f"receipt #{one.seq} {one.kind}", {"before": one.before, "after": one.after})
                for one in receipts
            ),
        ],
    )


def approvals(turn: Turn) -> Iterator[Moment]:
    for row in Approval.objects.filter(turn_id=turn.id):
        edited = [Part.of_json("edited to", row.edited)] if row.edited is not None else []
        yield Moment(
            row.created_at,
            "approval",
            f"Approval of {row.tool}, {row.status}",
            tone_of(row.status),
            until=row.answered_at,
            facts=[("step", row.step_index), ("asked because", row.reason), ("things", row.rows)],
            content=[
                Part.of_json("arguments", row.arguments),
                *edited,
                Part.of_json("preview", row.preview),
            ],
        )
