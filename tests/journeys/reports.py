"""What a failed test of a stack shows besides its assertion."""

from __future__ import annotations

import os
import random
from typing import Any

import pytest

from tests.journeys.stack import Stack


def add_stack_log(item: pytest.Item, report: pytest.TestReport) -> None:
    """Put the end of the stack's log into the report of a failed test."""
    fixtures: dict[str, Any] = getattr(item, "funcargs", {})
    for name, value in fixtures.items():
        if isinstance(value, Stack) and report.failed:
            report.sections.append((f"log of {name}", value.log_tail()))


def make_seed(request: pytest.FixtureRequest) -> int:
    """The seed of a test of random moments, shown when it fails; TEST_SEED repeats one."""
    seed = int(os.environ.get("TEST_SEED") or random.randrange(1_000_000))
    request.node.add_report_section("setup", "seed", f"TEST_SEED={seed}")
    return seed
