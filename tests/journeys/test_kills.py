"""Ten kills at ten moments of a turn: said by the reference client, watched by a second device."""

from __future__ import annotations

import pytest

from tests.journeys.gates import closed_gate
from tests.journeys.invariants import assert_nothing_lost_or_doubled
from tests.journeys.listener import Listener
from tests.journeys.people import new_person, new_sentence
from tests.journeys.speaker import Speaker
from tests.journeys.stack import Stack
from tests.waiting import wait_for
from voice2task.client import Client

AT_A_GATE = [
    ("worker-turns", "claim"),
    ("worker-turns", "effect"),
    ("worker-turns", "end"),
    ("valkey", "answer"),
    ("valkey", "end"),
    ("postgres", "second_step"),
]
WHILE_SPEAKING = ["worker-turns", "valkey", "postgres", "web"]


@pytest.mark.parametrize(("victim", "gate"), AT_A_GATE)
def test_a_kill_at_a_gate(stack: Stack, victim: str, gate: str) -> None:
    person, sentence = new_person(stack), new_sentence()
    with Listener(person) as device:
        with closed_gate(stack, gate) as held:
            speaker = Speaker(person, sentence.text)
            held.wait_until_reached()
            pid = stack.kill(victim)
        stack.wait_until_replaced(victim, pid)
        turn_id = speaker.finish()
        assert_nothing_lost_or_doubled(device, {turn_id: sentence})
        _assert_shown_once(person, speaker, turn_id)


@pytest.mark.parametrize("victim", WHILE_SPEAKING)
def test_a_kill_while_it_speaks(stack: Stack, victim: str) -> None:
    person, sentence = new_person(stack), new_sentence()
    with Listener(person) as device:
        speaker = Speaker(person, sentence.text)
        wait_for(lambda: speaker.words() >= 5, what="some words of the reply")
        pid = stack.kill(victim)
        stack.wait_until_replaced(victim, pid)
        turn_id = speaker.finish()
        assert_nothing_lost_or_doubled(device, {turn_id: sentence})
        _assert_shown_once(person, speaker, turn_id)


def _assert_shown_once(person: Client, speaker: Speaker, turn_id: str) -> None:
    assert speaker.text == person.get(f"/turns/{turn_id}/")["message"]["text"]
    assert speaker.frames[-1]["type"] == "turn.completed"
