"""The end of a stack, and what the next start makes of what it left undone."""

from __future__ import annotations

import signal

import pytest
from websockets.exceptions import ConnectionClosed

from tests.journeys.invariants import assert_nothing_lost_or_doubled
from tests.journeys.listener import Listener
from tests.journeys.people import new_person, new_sentence
from tests.journeys.stack import Stack
from tests.waiting import wait_for


def test_a_stack_in_the_background_ends_by_sigint_and_the_next_one_goes_on(stack: Stack) -> None:
    """That nothing is left after SIGINT is `Stack.stop`'s to assert; SIGTERM ends the session's stack."""
    person, sentence = new_person(stack), new_sentence()
    with Listener(person) as device:
        message = device.say(sentence.text)
        wait_for(lambda: message.ack and device.turn(message.turn_id).deltas >= 3)
        stack.stop(signal.SIGINT)
        stack.start()
        assert_nothing_lost_or_doubled(device, {message.turn_id: sentence})


def test_a_web_server_that_is_asked_to_end_sends_its_clients_elsewhere(stack: Stack) -> None:
    person, pid = new_person(stack), stack.pids()["web"]
    with person.open() as socket:
        stack.send_signal("web", signal.SIGTERM)
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                socket.recv(timeout=30)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1012
    stack.wait_until_replaced("web", pid)
