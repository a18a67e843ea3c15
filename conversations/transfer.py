"""The parts of an export file that are of this room: conversations, turns, messages and memories.

What an agent did step by step, requests to models, approvals and permissions stay behind: they belong to the
place where they were given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from activities.services import Entry
from conversations.models import Conversation, Memory, Message, Turn
from conversations.receipts import receipts_of
from conversations.representation import (
    moment,
    render_conversation,
    render_memory,
    render_message,
)
from conversations.services.conversations import TITLE_LENGTH
from conversations.services.memories import MOST, MemoryFull
from conversations.services.memories import TEXT_LENGTH as MEMORY_LENGTH
from conversations.services.messages import TEXT_LENGTH
from voice2task.kernel.errors import Invalid
from voice2task.kernel.transfer import JSON, Loading, Moment, Part, Row, Text

CHUNK = 500
# A reply may be longer than what a user may say.
REPLY_LENGTH = TEXT_LENGTH * 10


class ConversationRow(Row):
    title: Annotated[Text, Field(max_length=TITLE_LENGTH)] = ""
    created_at: Moment
    updated_at: Moment


class TurnError(BaseModel):
    code: Annotated[Text, Field(max_length=64)]
    message: Annotated[Text, Field(max_length=500)]


class TurnRow(Row):
    conversation_id: UUID
    status: Turn.Status
    engine: Annotated[Text, Field(max_length=64)] = ""
    fallbacks: list[dict[str, Text]] = []
    choices: list[dict[str, Any]] = []
    error: TurnError | None = None
    created_at: Moment
    started_at: Moment | None = None
    finished_at: Moment | None = None


class MessageRow(Row):
    conversation_id: UUID
    turn_id: UUID
    client_id: UUID | None = None
    role: Message.Role
    text: Annotated[Text, Field(max_length=REPLY_LENGTH)]
    recorded_at: Moment
    created_at: Moment


class MemoryRow(Row):
    text: Annotated[Text, Field(min_length=1, max_length=MEMORY_LENGTH)]
    turn_id: UUID | None = None
    created_at: Moment


class MemoryOverflow(Invalid):
    code = MemoryFull.code
    message = MemoryFull.message


def _conversation_rows(user_id: UUID) -> Iterator[JSON]:
    return map(render_conversation, Conversation.objects.of(user_id).order_by("id").iterator(CHUNK))


def _turn_rows(user_id: UUID) -> Iterator[JSON]:
    waiting: list[Turn] = []
    for turn in Turn.objects.of(user_id).order_by("seq", "id").iterator(CHUNK):
        waiting.append(turn)
        if len(waiting) == CHUNK:
            yield from _turns(waiting)
            waiting = []
    yield from _turns(waiting)


def _turns(turns: Sequence[Turn]) -> Iterator[JSON]:
    receipts = receipts_of([turn.id for turn in turns])
    for turn in turns:
        yield {
            "id": str(turn.id),
            "conversation_id": str(turn.conversation_id),
            "status": turn.status,
            "engine": turn.engine,
            "fallbacks": turn.fallbacks,
            "choices": turn.choices,
            "error": {"code": turn.error_code, "message": turn.error_message} if turn.error_code else None,
            "created_at": moment(turn.created_at),
            "started_at": moment(turn.started_at),
            "finished_at": moment(turn.finished_at),
            "receipts": [
                {name: receipt[name] for name in ("activity_id", "kind", "subject", "title")}
                for receipt in receipts.get(turn.id, [])
            ],
        }


def _message_rows(user_id: UUID) -> Iterator[JSON]:
    return map(render_message, Message.objects.of(user_id).order_by("id").iterator(CHUNK))


def _memory_rows(user_id: UUID) -> Iterator[JSON]:
    return map(render_memory, Memory.objects.of(user_id).order_by("id").iterator(CHUNK))


def _load_conversations(rows: Sequence[Any], loading: Loading) -> None:
    loading.register("conversation", Conversation, ConversationRow)
    found = loading.read("conversations", rows, ConversationRow)
    ids, mine = loading.claim(Conversation, [row.id for _, row in found])
    made: list[Conversation] = []
    for _, row in found:
        loading.accept("conversation", row.id, ids[row.id], already=row.id in mine)
        if row.id not in mine:
            fields = row.model_dump() | {"id": ids[row.id]}
            made.append(Conversation(user_id=loading.actor.user_id, **fields))
    Conversation.objects.bulk_create(made, batch_size=CHUNK)
    loading.entries += [
        Entry("conversation.created", "conversation", one.id, render_conversation(one)) for one in made
    ]


def _load_turns(rows: Sequence[Any], loading: Loading) -> None:
    """Turns that had not ended will not go on here; all stand before those of this account."""
    loading.register("turn", Turn, TurnRow)
    found = loading.read("turns", rows, TurnRow)
    ids, mine = loading.claim(Turn, [row.id for _, row in found])
    made: list[Turn] = []
    for index, (at, row) in enumerate(found):
        if row.id in mine:
            loading.accept("turn", row.id, row.id, already=True)
            continue
        with loading.row(at):
            turn = _turn_of(row, ids[row.id], loading)
            turn.seq = index - len(found)
            made.append(turn)
            loading.accept("turn", row.id, turn.id)
    Turn.objects.bulk_create(made, batch_size=CHUNK)
    loading.later.append(lambda: _refer(made, loading))


def _refer(turns: Sequence[Turn], loading: Loading) -> None:
    """Choices name tasks, which come behind turns."""
    choosing = [turn for turn in turns if turn.choices]
    for turn in choosing:
        turn.choices = loading.translated(turn.choices)
    Turn.objects.bulk_update(choosing, ["choices"], batch_size=CHUNK)


def _turn_of(row: TurnRow, turn_id: UUID, loading: Loading) -> Turn:
    ended = row.status in Turn.ENDED
    return Turn(
        id=turn_id,
        user_id=loading.actor.user_id,
        conversation_id=loading.reference(row.conversation_id, "conversation_id"),
        status=row.status.value if ended else Turn.Status.STOPPED.value,
        engine=row.engine,
        fallbacks=row.fallbacks,
        choices=row.choices,
        error_code=row.error.code if row.error else "",
        error_message=row.error.message if row.error else "",
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at if ended else loading.now,
    )


def _load_messages(rows: Sequence[Any], loading: Loading) -> None:
    loading.register("message", Message, MessageRow)
    found = loading.read("messages", rows, MessageRow)
    ids, mine = loading.claim(Message, [row.id for _, row in found])
    named = Message.objects.of(loading.actor.user_id).exclude(client_id=None)
    taken = set(named.values_list("client_id", flat=True))
    made: list[Message] = []
    for at, row in found:
        if row.id in mine:
            loading.accept("message", row.id, row.id, already=True)
            continue
        with loading.row(at):
            fields = row.model_dump() | {"id": ids[row.id], "role": row.role.value}
            for name in ("conversation_id", "turn_id"):
                fields[name] = loading.reference(fields[name], name)
            if row.client_id in taken:
                fields["client_id"] = None
            taken.add(row.client_id)
            made.append(Message(user_id=loading.actor.user_id, **fields))
            loading.accept("message", row.id, ids[row.id])
    Message.objects.bulk_create(made, batch_size=CHUNK)


def _load_memories(rows: Sequence[Any], loading: Loading) -> None:
    loading.register("memory", Memory, MemoryRow)
    found = loading.read("memories", rows, MemoryRow)
    ids, mine = loading.claim(Memory, [row.id for _, row in found])
    known = dict(Memory.objects.of(loading.actor.user_id).values_list("text", "id"))
    for at, row in found:
        there = row.id if row.id in mine else known.get(row.text)
        if there is not None:
            loading.accept("memory", row.id, there, already=True)
            continue
        with loading.row(at):
            if len(known) >= MOST:
                raise MemoryOverflow
            fields = row.model_dump() | {"id": ids[row.id], "turn_id": loading.ids.get(row.turn_id or row.id)}
            memory = Memory.objects.create(user_id=loading.actor.user_id, **fields)
            known[row.text] = memory.id
            loading.accept("memory", row.id, memory.id)
            loading.entries.append(Entry("memory.created", "memory", memory.id, render_memory(memory)))


CONVERSATIONS = Part(_conversation_rows, _load_conversations)
TURNS = Part(_turn_rows, _load_turns)
MESSAGES = Part(_message_rows, _load_messages)
MEMORIES = Part(_memory_rows, _load_memories)
