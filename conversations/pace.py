"""How finely an event loop can afford to pass text on: word by word, or in larger pieces when it is busy.

A piece costs the worker, Redis, the socket server and the client the same, however long it is. A loop that is
late makes larger ones, and so is less late; what is said comes no later than it would have.
"""

from __future__ import annotations

from voice2task.kernel.loops import PerLoop

# How often text is passed on where nothing is late.
SHORTEST_GAP_SECONDS = 0.04
LONGEST_GAP_SECONDS = 0.3
# How many times as long as passing one piece on takes.
PASSINGS = 8.0
# The share of the newest in what passing on is said to take.
NEWEST = 0.05


class Pace:
    """Of one event loop."""

    def __init__(self) -> None:
        self._passing_seconds = 0.0

    def passed(self, seconds: float) -> None:
        """Note how long it took to pass a piece on, the wait for the loop and for Redis included."""
        self._passing_seconds += NEWEST * (seconds - self._passing_seconds)

    @property
    def gap(self) -> float:
        """Seconds between one piece of a text and the next."""
        return min(LONGEST_GAP_SECONDS, max(SHORTEST_GAP_SECONDS, PASSINGS * self._passing_seconds))


pace = PerLoop(Pace)
