"""Workers that vanish for a while, and turns that lose too many of them."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.journeys.invariants import assert_nothing_lost_or_doubled, wait_for_end
from tests.journeys.listener import Listener
from tests.journeys.people import everything, new_person, new_sentence
from tests.journeys.stack import PROJECT, Stack
from tests.waiting import wait_for

pytestmark = [pytest.mark.faults]

MAX_FAILURES = 3


def test_a_worker_that_wakes_up_late_writes_nothing(stack: Stack) -> None:
    sentence = new_sentence()
    with Listener(new_person(stack)) as device:
        message = device.say(sentence.text)
        wait_for(lambda: message.ack and device.turn(message.turn_id).deltas >= 3)
        stack.send_signal("worker-turns", signal.SIGSTOP)
        try:
            with spare_worker(stack):
                assert_nothing_lost_or_doubled(device, {message.turn_id: sentence})
            written = frames_of(stack, message.turn_id)
        finally:
            stack.send_signal("worker-turns", signal.SIGCONT)
        wait_for(lambda: _let_go(stack, message.turn_id), what="the woken worker to let go of the turn")
        assert frames_of(stack, message.turn_id) == written
        assert device.turn(message.turn_id).position[0] == 2
        assert_nothing_lost_or_doubled(device, {message.turn_id: sentence})


def test_a_turn_that_loses_worker_after_worker_fails_visibly(stack: Stack) -> None:
    sentence = new_sentence()
    with Listener(new_person(stack)) as device:
        message = device.say(sentence.text)
        wait_for(lambda: message.ack)
        turn = device.turn(message.turn_id)
        for epoch in range(1, MAX_FAILURES + 1):
            wait_for(lambda epoch=epoch: turn.position[0] == epoch and turn.text, what=f"claim {epoch}")
            pid = stack.kill("worker-turns")
            stack.wait_until_replaced("worker-turns", pid)
        end = wait_for_end(device, message.turn_id).end
        assert end is not None
        assert (end["type"], end["code"]) == ("turn.failed", "worker_lost")
        stored = device.client.get(f"/turns/{message.turn_id}/")
        assert (stored["status"], stored["error"]["code"]) == ("failed", "worker_lost")
        # What its tools had done before stays done, once, and is listed.
        tasks = {task["title"]: task["status"] for task in everything(device.client, "/tasks/")}
        assert tasks == sentence.tasks
        assert sorted(receipt["kind"] for receipt in stored["receipts"]) == sorted(sentence.kinds)
        seqs = [row["seq"] for row in everything(device.client, "/activities/")]
        assert seqs == list(range(1, len(seqs) + 1))
        wait_for(lambda: device.seq == len(seqs))
        assert device.wrong == []


@contextmanager
def spare_worker(stack: Stack) -> Iterator[None]:
    """Another worker of the same queue, as a second machine would run it."""
    command = ["-m", "celery", "-A", "voice2task", "worker", "-Q", "turns", "-P", "threads", "-c", "8"]
    worker = subprocess.Popen(
        [sys.executable, *command, "-n", "spare@%h", "--without-gossip", "--without-mingle"],
        cwd=PROJECT,
        env=stack.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(10)
        finally:
            worker.kill()
            worker.wait()


def frames_of(stack: Stack, turn_id: str) -> list[bytes]:
    """The ids of all entries of the turn's live stream."""
    with stack.redis() as redis:
        return [entry[0] for entry in redis.xrange(f"turn:{turn_id}")]  # type: ignore[union-attr]


def _let_go(stack: Stack, turn_id: str) -> bool:
    lines = [line for line in stack.log_tail().splitlines() if turn_id in line]
    return any("turn_lost" in line or "turn_let_go" in line for line in lines)
