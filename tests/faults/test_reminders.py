"""Reminders around the death of whatever carries them, and after a time in which nothing ran."""

from __future__ import annotations

import time

import pytest

from tests.journeys.alarms import assert_each_came_once, came, set_alarms
from tests.journeys.listener import Listener
from tests.journeys.people import everything, new_person
from tests.journeys.stack import Stack
from tests.waiting import wait_for

pytestmark = [pytest.mark.faults, pytest.mark.alone]

VICTIMS = ["worker-default", "worker-deliveries", "beat", "valkey", "postgres", "web"]
OUTAGE_SECONDS = 5.0


@pytest.mark.parametrize("victim", VICTIMS)
@pytest.mark.parametrize("after", [0, 6])
def test_each_comes_once(stack: Stack, victim: str, after: int) -> None:
    """Killed before any has come, and among them."""
    with Listener(new_person(stack)) as device:
        alarms = set_alarms(device.client, *(1.0 + number / 6 for number in range(16)))  # type: ignore[arg-type]
        wait_for(lambda: len(came(device)) >= after)
        pid = stack.kill(victim)
        stack.wait_until_replaced(victim, pid)
        # Just after PostgreSQL is back, requests may still be told to try again.
        stack.wait_until_well()
        assert_each_came_once(device, alarms)


def test_what_was_due_while_nothing_ran_comes_once_and_late(stack: Stack) -> None:
    with Listener(new_person(stack)) as device:
        alarms = set_alarms(device.client, 20.0, 20.1, 20.2)  # type: ignore[arg-type]
        due_at = time.monotonic() + 20.2
        stack.stop()
        time.sleep(max(0.0, due_at + OUTAGE_SECONDS - time.monotonic()))
        stack.start()
        assert_each_came_once(device, alarms)
        told = {row["subject"]["id"]: row for row in everything(device.client, "/notifications/")}
        assert all(told[alarm]["data"]["late"] >= OUTAGE_SECONDS for alarm in alarms)
