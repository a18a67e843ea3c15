"""The live text: appended by one worker only, read without a gap by whoever comes when."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import orjson
import pytest
from redis import asyncio as aioredis
from redis.exceptions import ConnectionError as RedisConnectionError

from conversations import publisher as publishing
from conversations.publisher import TurnPublisher
from conversations.turn_stream import (
    START,
    Entry,
    Position,
    append,
    append_now,
    make_entry,
    make_fence,
    parse_payload,
    read_after,
    stream_key,
)
from tests import environment
from tests.waiting import wait_for_async
from voice2task.kernel.identifiers import uuid7
from voice2task.kernel.redis import loop_client, push_client

# Redis publishes to all of its databases: another process of tests may be at the same file.
CHANNEL = f"user:test{environment.WORKER}"


@pytest.fixture
async def redis(empty_redis: None) -> AsyncIterator[aioredis.Redis]:
    client = loop_client()
    yield client
    await client.aclose()


@pytest.fixture
def turn_id() -> UUID:
    return uuid7()


def delta(turn_id: UUID, epoch: int, n: int, text: str = "x") -> Entry:
    return make_entry(turn_id, Position(epoch, n), "turn.delta", {"text": text})


async def write(
    redis: aioredis.Redis, turn_id: UUID, *entries: Entry, expected: Position | None = None
) -> str:
    return await append(turn_id=turn_id, channel=CHANNEL, entries=entries, expected=expected)


@pytest.mark.parametrize("text", ["", "1", "1-", "-1", "1-x", "a-1", "1-1-1", "²-1"])
def test_what_is_not_a_position_is_refused(text: str):
    with pytest.raises(ValueError, match="not a position"):
        Position.parse(text)


def test_positions_are_ordered_by_claim_first():
    assert Position(1, 9) < Position(2, 0) < Position(2, 1)
    assert Position.parse("3-14") == Position(3, 14)
    assert str(Position(3, 14)) == "3-14"


async def test_entries_are_read_after_a_position_without_fences(redis: aioredis.Redis, turn_id: UUID):
    entries = [delta(turn_id, 1, n) for n in (1, 2, 3)]
    assert await write(redis, turn_id, make_fence(1)) == "appended"
    assert await write(redis, turn_id, *entries, expected=Position(1, 0)) == "appended"
    assert await read_after(redis, turn_id, START) == entries
    assert await read_after(redis, turn_id, Position(1, 2)) == entries[2:]
    assert await read_after(redis, uuid7(), START) == []


async def test_a_later_claim_fences_off_the_earlier(redis: aioredis.Redis, turn_id: UUID):
    await write(redis, turn_id, make_fence(2))
    async with redis.pubsub() as listener:
        await listener.subscribe(CHANNEL)
        await listener.get_message(timeout=5)
        assert await write(redis, turn_id, delta(turn_id, 1, 7)) == "fenced"
        assert await listener.get_message(timeout=0.05) is None
    assert await read_after(redis, turn_id, START) == []


async def test_what_redis_forgot_is_noticed(redis: aioredis.Redis, turn_id: UUID):
    await write(redis, turn_id, make_fence(1), delta(turn_id, 1, 1))
    await redis.delete(stream_key(turn_id))
    assert await write(redis, turn_id, delta(turn_id, 1, 2), expected=Position(1, 1)) == "lost"
    assert await read_after(redis, turn_id, START) == []


async def test_a_repetition_is_neither_stored_nor_published_again(redis: aioredis.Redis, turn_id: UUID):
    await write(redis, turn_id, make_fence(1), delta(turn_id, 1, 1))
    async with redis.pubsub() as listener:
        await listener.subscribe(CHANNEL)
        await listener.get_message(timeout=5)
        twice = [delta(turn_id, 1, 1), delta(turn_id, 1, 2)]
        assert await write(redis, turn_id, *twice, expected=Position(1, 0)) == "appended"
        message = await listener.get_message(timeout=5)
        assert parse_payload(message["data"]) == (turn_id, twice[1])
        assert await listener.get_message(timeout=0.05) is None
    assert len(await read_after(redis, turn_id, START)) == 2


async def test_a_stream_that_ended_is_kept_for_an_hour(redis: aioredis.Redis, turn_id: UUID):
    append_now(push_client(), turn_id=turn_id, channel=CHANNEL, entries=[make_fence(1), delta(turn_id, 1, 1)])
    assert 3500 < await redis.ttl(stream_key(turn_id)) <= 3600


async def test_what_turns_have_ready_together_goes_together(redis: aioredis.Redis):
    turns = [uuid7() for _ in range(20)]
    # The first write finds no script; one of them is fenced off, and only that one.
    await write(redis, turns[3], make_fence(2))
    await redis.script_flush()
    entries = {turn: [make_fence(1), delta(turn, 1, 1)] for turn in turns}
    outcomes = await asyncio.gather(
        *(append(turn_id=turn, channel=CHANNEL, entries=entries[turn]) for turn in turns)
    )
    assert outcomes == ["appended"] * 3 + ["fenced"] + ["appended"] * 16
    assert [len(await read_after(redis, turn, START)) for turn in turns] == [1] * 3 + [0] + [1] * 16


async def test_whoever_is_cancelled_disturbs_nobody(redis: aioredis.Redis):
    one, other = uuid7(), uuid7()
    given_up = asyncio.create_task(append(turn_id=one, channel=CHANNEL, entries=[delta(one, 1, 1)]))
    waiting = asyncio.create_task(append(turn_id=other, channel=CHANNEL, entries=[delta(other, 1, 1)]))
    await asyncio.sleep(0)
    given_up.cancel()
    assert await waiting == "appended"
    assert given_up.cancelled()


# The publisher


def publisher(redis: aioredis.Redis, turn_id: UUID, epoch: int = 1) -> TurnPublisher:
    return TurnPublisher(turn_id=turn_id, channel=CHANNEL, epoch=epoch)


async def frames(redis: aioredis.Redis, turn_id: UUID) -> list[dict]:
    return [orjson.loads(entry.frame) for entry in await read_after(redis, turn_id, START)]


def heard(all_frames: list[dict]) -> str:
    """The text a client holds after these frames."""
    text = ""
    for frame in all_frames:
        if frame["type"] == "turn.reset":
            text = ""
        elif frame["type"] == "turn.delta":
            text += frame["text"]
    return text


async def test_text_is_joined_and_frames_keep_their_order(redis: aioredis.Redis, turn_id: UUID):
    writing = publisher(redis, turn_id)
    writing.start()
    for word in ["one", "two", "three", "four"]:
        writing.say(word)
    writing.send("turn.tool", name="find_tasks")
    writing.say("five")
    writing.send("turn.completed")
    await writing.close()
    written = await frames(redis, turn_id)
    assert [frame["type"] for frame in written] == [
        "turn.started",
        "turn.delta",
        "turn.tool",
        "turn.delta",
        "turn.completed",
    ]
    assert heard(written) == "onetwothreefourfive"
    assert [frame["position"] for frame in written] == [f"1-{n}" for n in range(1, 6)]


async def test_a_later_claim_tells_clients_to_begin_anew(redis: aioredis.Redis, turn_id: UUID):
    first = publisher(redis, turn_id)
    first.start()
    first.say("old")
    await wait_for_async(lambda: read_after(redis, turn_id, Position(1, 1)))
    second = publisher(redis, turn_id, epoch=2)
    second.start()
    second.say("new")
    await second.close()
    first.say("late")
    await first.close()
    assert first.fenced
    written = await frames(redis, turn_id)
    assert heard(written) == "new"
    assert written[2]["type"] == "turn.reset"


async def test_after_redis_lost_the_stream_the_whole_text_is_sent_again(redis: aioredis.Redis, turn_id: UUID):
    writing = publisher(redis, turn_id)
    writing.start()
    writing.say("Hello ")
    await wait_for_async(lambda: read_after(redis, turn_id, Position(1, 1)))
    await redis.flushdb()
    writing.say("world")
    writing.send("turn.completed")
    await writing.close()
    written = await frames(redis, turn_id)
    assert heard(written) == "Hello world"
    assert written[0]["type"] == "turn.reset"
    assert written[-1]["type"] == "turn.completed"


async def test_frames_wait_for_redis_to_come_back(
    redis: aioredis.Redis, turn_id: UUID, monkeypatch: pytest.MonkeyPatch
):
    away = 3

    async def sometimes(**kwargs):
        nonlocal away
        if away:
            away -= 1
            raise RedisConnectionError("away")
        return await append(**kwargs)

    monkeypatch.setattr(publishing, "append", sometimes)
    monkeypatch.setattr(publishing, "RETRY_SECONDS", 0.01)
    writing = publisher(redis, turn_id)
    writing.start()
    writing.say("patience")
    writing.send("turn.completed")
    await writing.close()
    assert heard(await frames(redis, turn_id)) == "patience"


async def test_frames_are_given_up_when_redis_stays_away(
    redis: aioredis.Redis, turn_id: UUID, monkeypatch: pytest.MonkeyPatch
):
    async def never(*args, **kwargs):
        raise RedisConnectionError("away")

    monkeypatch.setattr(publishing, "append", never)
    monkeypatch.setattr(publishing, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(publishing, "PATIENCE_SECONDS", 0.05)
    writing = publisher(redis, turn_id)
    writing.start()
    writing.say("lost")
    await asyncio.wait_for(writing.close(), timeout=5)
    assert await frames(redis, turn_id) == []


async def test_an_abandoned_turn_publishes_nothing_more(redis: aioredis.Redis, turn_id: UUID):
    writing = publisher(redis, turn_id)
    writing.start()
    await wait_for_async(lambda: read_after(redis, turn_id, START))
    await writing.abandon()
    writing.say("late")
    assert heard(await frames(redis, turn_id)) == ""
