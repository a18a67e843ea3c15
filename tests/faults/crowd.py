"""Some people who talk at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from tests.journeys.invariants import assert_nothing_lost_or_doubled, wait_for_end
from tests.journeys.listener import Listener, Sent
from tests.journeys.people import Sentence, new_person, new_sentence
from tests.journeys.stack import Stack
from tests.waiting import wait_for

PEOPLE = 5
SENTENCES_EACH = 4


class Crowd:
    """Twenty turns at a time: five people, each in four conversations. Use it as a context manager."""

    def __init__(self, stack: Stack) -> None:
        self._sockets = ExitStack()
        with ThreadPoolExecutor(PEOPLE) as threads:
            people = list(threads.map(lambda _: new_person(stack), range(PEOPLE)))
        self._said: list[tuple[Listener, list[tuple[Sent, Sentence]]]] = [
            (Listener(person), []) for person in people
        ]

    def __enter__(self) -> Self:
        for device, _ in self._said:
            self._sockets.enter_context(device)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sockets.close()

    def speak(self) -> None:
        """Everybody says something new, in new conversations."""
        for device, said in self._said:
            for _ in range(SENTENCES_EACH):
                sentence = new_sentence()
                said.append((device.say(sentence.text), sentence))

    def turn_ids(self) -> list[str]:
        """Of every turn that was acknowledged."""
        return [message.turn_id for _, said in self._said for message, _ in said if message.ack]

    def wait_for_words(self, deltas: int) -> None:
        """Return when at least one of the turns that have not ended has got that far."""
        wait_for(lambda: any(self._speaks(device, deltas) for device, _ in self._said))

    def wait_until_ended(self) -> None:
        """Return when all that was said has been acknowledged, and its turn has ended."""
        for device, said in self._said:
            for message, _ in said:
                wait_for(lambda message=message: message.ack, what="an acknowledgement")
                wait_for_end(device, message.turn_id)

    def assert_nothing_lost_or_doubled(self) -> None:
        self.wait_until_ended()
        with ThreadPoolExecutor(PEOPLE) as threads:
            list(threads.map(self._check, self._said))

    @staticmethod
    def _check(one: tuple[Listener, list[tuple[Sent, Sentence]]]) -> None:
        device, said = one
        assert_nothing_lost_or_doubled(device, {message.turn_id: sentence for message, sentence in said})

    @staticmethod
    def _speaks(device: Listener, deltas: int) -> bool:
        return any(turn.deltas >= deltas and turn.end is None for turn in list(device.turns.values()))
