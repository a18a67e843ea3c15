"""Bad times for a whole stack: processes are killed and frozen while connections go bad, round after round.

A lap hurts every process in every way and every link in every way once, in random company: in each round one
process is killed and another frozen while two links go bad. A storm is at least one lap, and then as many
rounds as its time allows.
"""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import psutil

from tests.faults.proxied import LINKS, ProxiedStack
from tests.faults.proxy import FAULTS
from tests.faults.talk import Talk
from tests.faults.visitor import Visitor
from tests.journeys.stack import ALL
from tests.waiting import wait_for

# What is promised after things are back ...
SERVED_SECONDS = 10.0
ENDED_SECONDS = 15.0
# ... and how long it is watched beyond, to tell late from never.
GRACE_SECONDS = 15.0
# Shorter than a lease, and longer.
HOLD_SECONDS = (0.5, 4.5)
IN_USE_SECONDS = 10.0
LOOK_SECONDS = 0.05


@dataclass(frozen=True)
class Fault:
    """What was done ("kill -9", "SIGSTOP" or a weather of the proxy), and to which process or link."""

    what: str
    whom: str


@dataclass
class Round:
    """One round as it went; durations in seconds, from the moment at which everything was back.

    `connections` tells for each link that went bad how many of its connections felt it.
    """

    faults: tuple[Fault, ...]
    held: float = 0.0
    connections: dict[str, int] = field(default_factory=dict)
    served_after: float = 0.0
    ended_after: list[float] = field(default_factory=list)


class Storm:
    """Rounds on a stack on which people talk and a visitor writes."""

    def __init__(self, stack: ProxiedStack, talk: Talk, visitor: Visitor, chance: random.Random) -> None:
        self._stack = stack
        self._talk = talk
        self._visitor = visitor
        self._chance = chance
        self.rounds: list[Round] = []

    def rage(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while True:
            for faults in self._lap():
                self.rounds.append(self._play(Round(faults, self._chance.uniform(*HOLD_SECONDS))))
                if time.monotonic() > until and len(self.rounds) >= len(ALL):
                    return

    def _lap(self) -> Iterator[tuple[Fault, ...]]:
        names, links = sorted(ALL), list(LINKS)
        self._chance.shuffle(names)
        self._chance.shuffle(links)
        weathers = {link: self._chance.sample(FAULTS, len(FAULTS)) for link in links}
        apart = self._chance.randrange(1, len(names))
        for number, name in enumerate(names):
            frozen = names[(number + apart) % len(names)]
            pair = links[number % len(links)], links[(number + len(links) // 2) % len(links)]
            bad = [Fault(weathers[link].pop(), link) for link in pair]
            yield Fault("kill -9", name), Fault("SIGSTOP", frozen), *bad

    def _play(self, this: Round) -> Round:
        links = [fault for fault in this.faults if fault.whom in LINKS]
        killed, frozen = (fault.whom for fault in this.faults if fault.whom not in LINKS)
        proxy = self._stack.proxy
        self._wait_until_in_use("model")
        # Faults strike at any moment of what is going on, not at its beginning.
        time.sleep(self._chance.uniform(0, 1))
        before = {fault.whom: proxy.hurt(fault.whom) for fault in links}
        for fault in links:
            proxy.set_weather(fault.whom, fault.what)  # type: ignore[arg-type]
        stopped = self._stack.tree(frozen)
        signal_all(stopped, signal.SIGSTOP)
        pid = self._stack.kill(killed)
        time.sleep(this.held)
        signal_all(stopped, signal.SIGCONT)
        for fault in links:
            proxy.set_weather(fault.whom, "clear")
        self._stack.wait_until_replaced(killed, pid)
        wait_for(lambda: self._stack.serves(frozen), what=f"{frozen} to serve again")
        self._wait_until_ready(killed)
        self._watch(this)
        this.connections = {link: proxy.hurt(link) - count for link, count in before.items()}
        return this

    def _wait_until_in_use(self, link: str) -> None:
        """After a fault a model is left alone for a while, and what strikes then strikes nobody."""
        until = time.monotonic() + IN_USE_SECONDS
        while not self._stack.proxy.connections(link) and time.monotonic() < until:
            time.sleep(LOOK_SECONDS)

    def _wait_until_ready(self, name: str) -> None:
        """Return when a worker that was started again says so itself, as `/health/ready` reads it."""
        kind, _, queue = name.partition("-")
        if kind != "worker":
            return
        with self._stack.redis() as redis:
            # The one before it may have said so just before its end.
            redis.delete(f"worker:{queue}")
            wait_for(lambda: redis.exists(f"worker:{queue}"), what=f"{name} to be ready")

    def _watch(self, this: Round) -> None:
        back = time.monotonic()
        orphans = self._talk.open_exchanges()
        moments = self._talk.wait_until_ended(orphans, seconds=ENDED_SECONDS + GRACE_SECONDS)
        this.ended_after = [moment - back for moment in moments]
        served = self._visitor.wait_until_served(back, seconds=SERVED_SECONDS + GRACE_SECONDS)
        this.served_after = served - back


def signal_all(processes: list[psutil.Process], number: signal.Signals) -> None:
    for process in processes:
        if process.is_running():
            process.send_signal(number)
