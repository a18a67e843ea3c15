"""Leaves a provider alone that has just failed, so that turns do not wait for it one after another."""

from __future__ import annotations

from functools import cache

from integrations.llm.base import ProviderError

FAILURES_IN_A_ROW = 3
FIRST_REST_SECONDS = 5.0
LONGEST_REST_SECONDS = 60.0
LONGEST_RETRY_AFTER_SECONDS = 300.0
# A wrong key is not mended by asking again.
LOCKED_OUT = frozenset({401, 403})
LOCKED_OUT_SECONDS = 60.0


class Breaker:
    """One provider's, in one process. All times are seconds on the monotonic clock.

    Open, it lets nobody through; when the rest is over, one request, whose outcome decides.
    """

    def __init__(self) -> None:
        self._failures = 0
        self._rest = FIRST_REST_SECONDS
        self._open_until: float | None = None
        self._probe_until = 0.0

    def allows(self, now: float) -> bool:
        """Whether to ask the provider. Who is let through must say how it went."""
        if self._open_until is None:
            return True
        if now < self._open_until or now < self._probe_until:
            return False
        # A probe that never reports, because its turn was stopped, is followed by another.
        self._probe_until = now + self._rest
        return True

    def failed(self, error: ProviderError, now: float) -> None:
        if error.status in LOCKED_OUT:
            self._open_until = now + LOCKED_OUT_SECONDS
        elif error.permanent:
            # The request was at fault: the provider is well.
            self.succeeded()
        elif error.retry_after:
            self._open_until = now + min(error.retry_after, LONGEST_RETRY_AFTER_SECONDS)
        else:
            self._failures += 1
            if self._failures >= FAILURES_IN_A_ROW or self._open_until is not None:
                self._open_until = now + self._rest
                self._rest = min(self._rest * 2, LONGEST_REST_SECONDS)
        self._probe_until = 0.0

    def succeeded(self) -> None:
        self._failures = 0
        self._rest = FIRST_REST_SECONDS
        self._open_until = None
        self._probe_until = 0.0


@cache
def breaker_of(name: str) -> Breaker:
    """The breaker of this process for the provider of that name."""
    return Breaker()
