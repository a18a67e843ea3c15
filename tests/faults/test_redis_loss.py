"""Redis loses everything while people talk, and they lose nothing."""

from __future__ import annotations

import shutil
import signal

import pytest

from tests.faults.crowd import Crowd
from tests.journeys.stack import Stack
from tests.waiting import wait_for
from voice2task.stack import paths

pytestmark = [pytest.mark.faults, pytest.mark.alone]


def flush(stack: Stack) -> None:
    with stack.redis() as redis:
        redis.flushall()


def test_everything_is_flushed_while_turns_are_being_answered(stack: Stack, crowd: Crowd) -> None:
    crowd.speak()
    for words in (1, 3, 5):
        crowd.wait_for_words(words)
        flush(stack)
    crowd.assert_nothing_lost_or_doubled()


def test_jobs_are_flushed_before_a_worker_has_seen_them(stack: Stack, crowd: Crowd) -> None:
    stack.send_signal("worker-turns", signal.SIGSTOP)
    try:
        crowd.speak()
        with stack.redis() as redis:
            wait_for(lambda: redis.llen("turns"), what="jobs in the queue")
        flush(stack)
    finally:
        stack.send_signal("worker-turns", signal.SIGCONT)
    crowd.assert_nothing_lost_or_doubled()


def test_it_dies_and_its_files_are_gone(stack: Stack, crowd: Crowd) -> None:
    crowd.speak()
    crowd.wait_for_words(3)
    # Gone before it dies, so that the next one, which comes at once, finds nothing.
    for file in paths.valkey_data(stack.folder).iterdir():
        shutil.rmtree(file) if file.is_dir() else file.unlink()
    stack.wait_until_replaced("valkey", stack.kill("valkey"))
    crowd.assert_nothing_lost_or_doubled()


def test_it_stays_away_while_people_go_on_talking(stack: Stack, crowd: Crowd) -> None:
    stack.send_signal("valkey", signal.SIGSTOP)
    try:
        for _ in range(2):
            crowd.speak()
        wait_for(lambda: len(crowd.turn_ids()) >= 40, what="everything to be acknowledged without Redis")
    finally:
        stack.send_signal("valkey", signal.SIGCONT)
    crowd.assert_nothing_lost_or_doubled()
