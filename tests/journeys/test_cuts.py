"""Sockets that end at random moments, and clients that go on where they were."""

from __future__ import annotations

import random

from tests.journeys.invariants import assert_nothing_lost_or_doubled
from tests.journeys.listener import Listener
from tests.journeys.people import new_person, new_sentence
from tests.journeys.stack import Stack
from tests.waiting import wait_for

CUTS = 50
TURNS_AT_A_TIME = 3
MOST_FRAMES = 12


def test_fifty_cut_sockets_lose_and_double_nothing(stack: Stack, seed: int) -> None:
    chance = random.Random(seed)
    person = new_person(stack)
    said = {}
    with Listener(person, lambda: chance.randint(1, MOST_FRAMES)) as device:
        while device.connections <= CUTS:
            sentences = [new_sentence() for _ in range(TURNS_AT_A_TIME)]
            messages = [device.say(sentence.text) for sentence in sentences]
            for message, sentence in zip(messages, sentences, strict=True):
                wait_for(lambda message=message: message.ack and device.turn(message.turn_id).end)
                said[message.turn_id] = sentence
        device.frames_until_cut = lambda: None
        assert_nothing_lost_or_doubled(device, said)
