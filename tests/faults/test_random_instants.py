"""A hundred kills at instants that nobody chose."""

from __future__ import annotations

import random
import time

import pytest

from tests.faults.crowd import Crowd
from tests.journeys.stack import Stack

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]

# Two victims a round: one alone can lose a turn no more than once, and so far from the limit.
ROUNDS = 50
VICTIMS = ("worker-turns", "valkey", "postgres", "web")
WEIGHTS = (4, 3, 3, 1)
LATEST_SECONDS = 2.5
# Every check goes over all that its people ever said: few rounds each keep it quick.
ROUNDS_OF_A_CROWD = 2


def test_a_hundred_kills_at_random_instants(stack: Stack, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(ROUNDS // ROUNDS_OF_A_CROWD):
        with Crowd(stack) as crowd:
            for _ in range(ROUNDS_OF_A_CROWD):
                _play_round(stack, crowd, chance)


def _play_round(stack: Stack, crowd: Crowd, chance: random.Random) -> None:
    first = chance.choices(VICTIMS, WEIGHTS)[0]
    second = chance.choice([name for name in VICTIMS if name != first])
    instants = sorted((chance.uniform(0, LATEST_SECONDS), victim) for victim in (first, second))
    begun = time.monotonic()
    crowd.speak()
    killed = {}
    for instant, victim in instants:
        time.sleep(max(0.0, begun + instant - time.monotonic()))
        killed[victim] = stack.kill(victim)
    for victim, pid in killed.items():
        stack.wait_until_replaced(victim, pid)
    crowd.assert_nothing_lost_or_doubled()
