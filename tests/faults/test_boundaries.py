"""Kills at every boundary of a turn, twenty turns at a time.

A turn that waits at a gate stands between two commits: what comes before it is stored, what comes after is
not. Between the last commit and the last frame there is no gate; Redis is frozen there instead.
"""

from __future__ import annotations

import signal

import pytest

from tests.faults.crowd import Crowd
from tests.journeys.gates import GATES, closed_gate
from tests.journeys.invariants import assert_nothing_lost_or_doubled
from tests.journeys.listener import Listener
from tests.journeys.people import new_person, new_sentence
from tests.journeys.stack import Stack
from tests.waiting import wait_for

pytestmark = [pytest.mark.faults]

VICTIMS = ["worker-turns", "valkey", "postgres"]
# The first one there decides: the others are on their way, or wait behind it for the same stream.
TURNS_AT_THE_GATE = 1


@pytest.mark.parametrize("victim", VICTIMS)
@pytest.mark.parametrize("gate", GATES)
def test_a_kill_before_a_commit(stack: Stack, crowd: Crowd, gate: str, victim: str) -> None:
    with closed_gate(stack, gate) as held:
        crowd.speak()
        held.wait_until_reached(TURNS_AT_THE_GATE)
        pid = stack.kill(victim)
    stack.wait_until_replaced(victim, pid)
    crowd.assert_nothing_lost_or_doubled()


@pytest.mark.parametrize("victim", [*VICTIMS, "web"])
def test_a_kill_during_the_reply(stack: Stack, crowd: Crowd, victim: str) -> None:
    crowd.speak()
    crowd.wait_for_words(3)
    pid = stack.kill(victim)
    stack.wait_until_replaced(victim, pid)
    crowd.assert_nothing_lost_or_doubled()


def test_a_kill_before_the_worker_has_seen_the_turn(stack: Stack, crowd: Crowd) -> None:
    stack.send_signal("worker-turns", signal.SIGSTOP)
    crowd.speak()
    with stack.redis() as redis:
        wait_for(lambda: redis.llen("turns"), what="jobs in the queue")
    pid = stack.kill("worker-turns")
    stack.wait_until_replaced("worker-turns", pid)
    crowd.assert_nothing_lost_or_doubled()


def test_a_kill_between_the_last_commit_and_the_last_frame(stack: Stack) -> None:
    sentence = new_sentence()
    with Listener(new_person(stack)) as device:
        with closed_gate(stack, "end") as held:
            message = device.say(sentence.text)
            held.wait_until_reached()
            wait_for(lambda: message.ack)
            stack.send_signal("valkey", signal.SIGSTOP)
        try:
            wait_for(lambda: _status(stack, message.turn_id) == "completed")
            pid = stack.kill("worker-turns")
        finally:
            stack.send_signal("valkey", signal.SIGCONT)
        stack.wait_until_replaced("worker-turns", pid)
        assert_nothing_lost_or_doubled(device, {message.turn_id: sentence})


def _status(stack: Stack, turn_id: str) -> str:
    with stack.database() as database:
        row = database.execute("SELECT status FROM conversations_turn WHERE id = %s", [turn_id]).fetchone()
    return str(row[0]) if row else ""
