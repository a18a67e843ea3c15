"""Kills at instants that nobody chose. FAULT_ROUNDS says how many, TEST_SEED repeats when they came."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Sequence

import pytest

from tests.faults.crowd import Crowd
from tests.journeys.stack import Stack

pytestmark = [pytest.mark.faults, pytest.mark.alone, pytest.mark.timeout(2400)]

ROUNDS = int(os.environ.get("FAULT_ROUNDS") or 100)
WORKER = "worker-turns"
SERVERS = ("valkey", "postgres", "web")
LATEST_SECONDS = 2.5
Victims = Callable[[random.Random], Sequence[str]]
# After so many rounds all that its people have said is held against what is there.
ROUNDS_OF_A_CROWD = 4


def test_kills_of_the_worker(stack: Stack, seed: int) -> None:
    """Two a round, so that no turn loses more workers than it may."""
    _play(stack, random.Random(seed), rounds=ROUNDS, victims=lambda _: (WORKER, WORKER))


def test_kills_of_anything(stack: Stack, seed: int) -> None:
    _play(
        stack,
        random.Random(seed),
        rounds=ROUNDS // 5,
        victims=lambda chance: (WORKER, chance.choice(SERVERS)),
    )


def _play(stack: Stack, chance: random.Random, *, rounds: int, victims: Victims) -> None:
    for first in range(0, rounds, ROUNDS_OF_A_CROWD):
        with Crowd(stack) as crowd:
            for _ in range(first, min(first + ROUNDS_OF_A_CROWD, rounds)):
                crowd.speak()
                for victim in victims(chance):
                    time.sleep(chance.uniform(0, LATEST_SECONDS))
                    stack.wait_until_replaced(victim, stack.kill(victim))
                crowd.wait_until_ended()
            crowd.assert_nothing_lost_or_doubled()
