"""Twenty conversations in bad times. FAULT_SECONDS says for how long; TEST_SEED repeats what was random."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator

import pytest

from tests import environment
from tests.faults.proxied import ProxiedStack, proxied_stack
from tests.faults.storm import ENDED_SECONDS, SERVED_SECONDS, Storm
from tests.faults.storm_report import describe
from tests.faults.talk import Talk
from tests.faults.visitor import Visitor

SECONDS = float(os.environ.get("FAULT_SECONDS") or 60)

pytestmark = [pytest.mark.faults, pytest.mark.alone, pytest.mark.timeout(900 + 5 * SECONDS)]


@pytest.fixture
def stormy(seed: int) -> Iterator[ProxiedStack]:
    with proxied_stack(environment.FOLDER / "storm", seed=seed) as stack:
        yield stack


def test_nothing_is_lost_in_a_storm(
    stormy: ProxiedStack, seed: int, record_property: Callable[[str, str], None]
) -> None:
    began = time.monotonic()
    with Talk(stormy) as talk, Visitor(stormy) as visitor:
        storm = Storm(stormy, talk, visitor, random.Random(seed))
        storm.rage(SECONDS)
        took = time.monotonic() - began
        stormy.wait_until_well()
        talk.finish()
        visitor.assert_nothing_lost_or_doubled()
        figures = talk.figures | {
            "tasks written by REST and acknowledged, all there, none twice": len(visitor.acknowledged),
            "requests that took": visitor.attempts,
        }
    record_property("the storm", describe(storm.rounds, figures, seed=seed, seconds=took))
    late = [one for one in storm.rounds if one.served_after > SERVED_SECONDS]
    late += [one for one in storm.rounds if max(one.ended_after, default=0) > ENDED_SECONDS]
    assert late == []
