"""Workers that vanish for a while, and turns that lose too many of them."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.faults.crowd import Crowd
from tests.journeys.invariants import wait_for_end
from tests.journeys.listener import Listener
from tests.journeys.people import everything, new_person, new_sentence
from tests.journeys.stack import PROJECT, Stack
from tests.waiting import wait_for

pytestmark = [pytest.mark.faults, pytest.mark.alone]

MAX_FAILURES = 3
FROZEN_SECONDS = 20.0


def test_a_worker_that_wakes_up_late_writes_nothing(stack: Stack, crowd: Crowd) -> None:
    crowd.speak()
    crowd.wait_for_words(3)
    stack.send_signal("worker-turns", signal.SIGSTOP)
    frozen_at = time.monotonic()
    try:
        with spare_worker(stack):
            crowd.assert_nothing_lost_or_doubled()
        held = [turn_id for turn_id in crowd.turn_ids() if _epoch(stack, turn_id) > 1]
        assert held
        time.sleep(max(0.0, frozen_at + FROZEN_SECONDS - time.monotonic()))
        written = {turn_id: frames_of(stack, turn_id) for turn_id in held}
    finally:
        stack.send_signal("worker-turns", signal.SIGCONT)
    for turn_id in held:
        wait_for(lambda id_=turn_id: _let_go(stack, id_), what=f"the woken worker to let go of {turn_id}")
    assert {turn_id: frames_of(stack, turn_id) for turn_id in held} == written
    crowd.assert_nothing_lost_or_doubled()


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


def _epoch(stack: Stack, turn_id: str) -> int:
    with stack.database() as database:
        row = database.execute("SELECT epoch FROM conversations_turn WHERE id = %s", [turn_id]).fetchone()
    return int(row[0]) if row else 0


def _let_go(stack: Stack, turn_id: str) -> bool:
    lines = [line for line in stack.log_tail(5000).splitlines() if turn_id in line]
    return any("turn_lost" in line or "turn_let_go" in line for line in lines)
