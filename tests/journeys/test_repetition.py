"""The same thing asked twice is done once."""

from __future__ import annotations

import pytest
from celery import Celery

from tests.journeys.gates import closed_gate
from tests.journeys.invariants import assert_nothing_lost_or_doubled, wait_for_end
from tests.journeys.listener import Listener
from tests.journeys.people import new_person, new_sentence
from tests.journeys.stack import Stack
from tests.waiting import wait_for
from voice2task.stack import paths


def test_a_frame_sent_three_times_is_one_message(stack: Stack) -> None:
    person, sentence = new_person(stack), new_sentence()
    with Listener(person) as device:
        message = device.say(sentence.text, times=3)
        wait_for(lambda: message.ack)
        assert_nothing_lost_or_doubled(device, {message.turn_id: sentence})
        assert len(device.turns) == 1


@pytest.mark.parametrize("gate", ["claim", "effect", "end"])
def test_a_job_delivered_three_times_runs_once(stack: Stack, gate: str) -> None:
    person, sentence = new_person(stack), new_sentence()
    with Listener(person) as device:
        with closed_gate(stack, gate) as held:
            message = device.say(sentence.text)
            held.wait_until_reached()
            wait_for(lambda: message.ack)
            _deliver(stack, message.turn_id, times=3)
        wait_for_end(device, message.turn_id)
        _deliver(stack, message.turn_id, times=3)
        assert_nothing_lost_or_doubled(device, {message.turn_id: sentence})


def _deliver(stack: Stack, turn_id: str, *, times: int) -> None:
    """Put the turn's job on the broker's queue again, and return when a worker has taken it."""
    broker = paths.celery_broker_url(paths.redis_url(stack.folder))
    celery = Celery(broker=broker, set_as_current=False)
    with celery.connection_for_write() as connection:
        for _ in range(times):
            celery.send_task("conversations.run_turn", [turn_id], queue="turns", connection=connection)
    with stack.redis() as redis:
        wait_for(lambda: not redis.llen("turns"))
