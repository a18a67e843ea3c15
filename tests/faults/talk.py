"""Conversations that never fall silent: whoever has got an answer says something new."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from tests.journeys.invariants import assert_nothing_lost_or_doubled
from tests.journeys.listener import Listener, Sent
from tests.journeys.people import Sentence, new_person, new_sentence
from tests.journeys.stack import Stack
from tests.waiting import wait_for

PEOPLE = 5
CONVERSATIONS_EACH = 4
# While the model is away the rules answer at once: nobody talks faster than this.
BREATH_SECONDS = 1.0
LOOK_SECONDS = 0.05


@dataclass
class Exchange:
    """A sentence on its way to its answer."""

    device: Listener
    message: Sent
    sentence: Sentence
    began: float

    @property
    def ended(self) -> bool:
        return self.message.ack is not None and self.device.turn(self.message.turn_id).end is not None


class Talk:
    """Twenty conversations of five people, one socket each. Use it as a context manager: leaving it ends
    the talk, and `finish` waits for the last answers before that.
    """

    def __init__(self, stack: Stack) -> None:
        with ThreadPoolExecutor(PEOPLE) as threads:
            people = list(threads.map(lambda _: new_person(stack), range(PEOPLE)))
        self._devices = [Listener(person) for person in people]
        self._sockets = ExitStack()
        self._said: list[Exchange] = []
        self._falling_silent = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name="talk")

    def __enter__(self) -> Self:
        for device in self._devices:
            self._sockets.enter_context(device)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.fall_silent()
        self._sockets.close()

    def fall_silent(self) -> None:
        self._falling_silent.set()
        self._thread.join()

    def open_exchanges(self) -> list[Exchange]:
        """What was said, has been acknowledged, and has no answer yet."""
        return [one for one in list(self._said) if one.message.ack is not None and not one.ended]

    def wait_until_ended(self, exchanges: Sequence[Exchange], *, seconds: float) -> Iterator[float]:
        """The moments, on the monotonic clock, at which these have ended."""
        open_ = list(exchanges)
        deadline = time.monotonic() + seconds
        while open_:
            ended = [one for one in open_ if one.ended]
            yield from [time.monotonic()] * len(ended)
            open_ = [one for one in open_ if one not in ended]
            late = [one.message.turn_id for one in open_]
            assert not late or time.monotonic() < deadline, f"not ended after {seconds} s: {late}"
            time.sleep(LOOK_SECONDS)

    def finish(self) -> None:
        """Say nothing new, wait for every answer, and hold all of it against what must be there."""
        self.fall_silent()
        for one in self._said:
            wait_for(lambda one=one: one.message.ack, what="an acknowledgement")
        with ThreadPoolExecutor(PEOPLE) as threads:
            list(threads.map(self._check, self._devices))

    @property
    def figures(self) -> dict[str, int]:
        """What was counted, by what it is called."""
        again = sum(one.message.times > 1 for one in self._said)
        return {
            f"conversations at a time, of {PEOPLE} people": PEOPLE * CONVERSATIONS_EACH,
            "messages acknowledged and answered, none twice": len(self._said),
            "of them sent more than once, for want of an acknowledgement": again,
            "turns taken up by another worker, or once more": sum(self._epoch(one) > 1 for one in self._said),
            "times a lost socket was opened again and resumed": sum(
                one.connections - 1 for one in self._devices
            ),
            "events delivered, every user's numbers without a gap": sum(one.seq for one in self._devices),
        }

    def _check(self, device: Listener) -> None:
        mine = {one.message.turn_id: one.sentence for one in self._said if one.device is device}
        assert_nothing_lost_or_doubled(device, mine)

    @staticmethod
    def _epoch(one: Exchange) -> int:
        return one.device.turn(one.message.turn_id).position[0]

    def _go_on(self) -> None:
        current: list[Exchange | None] = [None] * (PEOPLE * CONVERSATIONS_EACH)
        while not self._falling_silent.wait(LOOK_SECONDS):
            now = time.monotonic()
            for number, one in enumerate(current):
                if one is None or (one.ended and now - one.began > BREATH_SECONDS):
                    current[number] = self._say(self._devices[number % PEOPLE], now)

    def _say(self, device: Listener, now: float) -> Exchange:
        sentence = new_sentence()
        one = Exchange(device, device.say(sentence.text), sentence, now)
        self._said.append(one)
        return one
