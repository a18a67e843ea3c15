"""The hub: who listens, who leaves, what happens when Redis goes away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from tests.waiting import wait_for_async
from voice2task.kernel import realtime
from voice2task.kernel.realtime import Hub
from voice2task.kernel.redis import push_client
from voice2task.kernel.redis_line import RedisLine


class Ear:
    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.told = 0

    def deliver(self, payload: bytes) -> None:
        self.heard.append(payload)

    def resynchronise(self) -> None:
        self.told += 1


@pytest.fixture
async def hub(empty_redis: None) -> AsyncIterator[Hub]:
    made = Hub()
    yield made
    await made.close()


def publish(channel: str, text: bytes) -> int:
    return push_client().publish(channel, text)


async def heard(ear: Ear, *expected: bytes) -> None:
    async def all_there() -> bool:
        return ear.heard == list(expected)

    await wait_for_async(all_there, seconds=5)


async def test_listeners_hear_their_channels_only(hub: Hub):
    one, two = Ear(), Ear()
    await hub.join("a", one)
    await hub.join("b", two)
    publish("a", b"1")
    publish("b", b"2")
    await heard(one, b"1")
    await heard(two, b"2")


async def test_a_channel_is_left_with_its_last_listener(hub: Hub):
    one, two = Ear(), Ear()
    await hub.join("a", one)
    await hub.join("a", two)
    await hub.leave("a", one)
    assert publish("a", b"1") == 1
    await heard(two, b"1")
    await hub.leave("a", two)

    async def nobody() -> bool:
        return publish("a", b"2") == 0

    await wait_for_async(nobody)
    await hub.join("a", one)
    publish("a", b"3")
    await heard(one, b"3")


async def test_after_a_lost_connection_everyone_is_told(hub: Hub):
    ear = Ear()
    await hub.join("a", ear)
    told = ear.told
    push_client().client_kill_filter(_type="pubsub")

    async def told_again() -> bool:
        return ear.told > told

    await wait_for_async(told_again)

    async def listening() -> bool:
        return publish("a", b"1") == 1

    await wait_for_async(listening)
    await heard(ear, b"1")


async def test_without_redis_a_listener_waits_a_moment_and_no_longer(
    hub: Hub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: LazySettings
):
    here = settings.REDIS_URL
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    monkeypatch.setattr(realtime, "SUBSCRIBE_PATIENCE_SECONDS", 0.05)
    ear = Ear()
    await asyncio.wait_for(hub.join("a", ear), timeout=5)
    await asyncio.wait_for(hub.leave("b", ear), timeout=5)
    settings.REDIS_URL = here

    async def told() -> bool:
        return ear.told > 0

    await wait_for_async(told)

    async def listening() -> bool:
        return publish("a", b"1") == 1

    await wait_for_async(listening)
    await heard(ear, b"1")


async def test_a_fault_inside_does_not_end_the_hub(hub: Hub, monkeypatch: pytest.MonkeyPatch, caplog):
    found, broken = realtime.open_line, [True]

    async def sometimes(take: Any, lost: Any) -> RedisLine:
        if broken.pop():
            broken.append(False)
            raise ZeroDivisionError
        broken.append(False)
        return await found(take, lost)

    monkeypatch.setattr(realtime, "open_line", sometimes)
    ear = Ear()
    await hub.join("a", ear)

    async def listening() -> bool:
        return publish("a", b"1") == 1

    await wait_for_async(listening)
    assert "subscription_broke" in caplog.text


async def test_a_listener_that_breaks_loses_nothing(hub: Hub, caplog: pytest.LogCaptureFixture):
    class Clumsy(Ear):
        def deliver(self, payload: bytes) -> None:
            super().deliver(payload)
            if len(self.heard) == 1:
                raise ZeroDivisionError

    ear, other = Clumsy(), Ear()
    await hub.join("a", ear)
    await hub.join("b", other)
    publish("a", b"1")

    async def told() -> bool:
        return bool(ear.told and other.told)

    await wait_for_async(told)
    assert "subscription_broke" in caplog.text
    publish("a", b"2")
    await heard(ear, b"1", b"2")
