"""Somebody who writes by REST all the time, one task after another, and remembers what was acknowledged."""

from __future__ import annotations

import threading
import time
from collections import Counter
from types import TracebackType
from typing import Self
from uuid import uuid4

import httpx

from tests.journeys.people import Person, everything, new_person
from tests.journeys.stack import Stack
from tests.waiting import wait_for
from voice2task.client import ClientError

# A client's patience with one attempt, and the pause before the next.
ATTEMPT_SECONDS = 2.0
PAUSE_SECONDS = 0.1
MADE = (httpx.codes.CREATED,)
TRY_AGAIN = (httpx.codes.BAD_GATEWAY, httpx.codes.SERVICE_UNAVAILABLE, httpx.codes.GATEWAY_TIMEOUT)


class Visitor:
    """Use it as a context manager. Each task is asked for under one key until it is acknowledged."""

    def __init__(self, stack: Stack) -> None:
        self._person: Person = new_person(stack)
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._write, name="visitor")
        self._asked: list[str] = []
        self._served: list[tuple[float, float]] = []
        self.acknowledged: list[str] = []
        self.attempts = 0
        self.wrong: list[str] = []

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.set()
        self._thread.join()

    def wait_until_served(self, since: float, *, seconds: float) -> float:
        """When, on the monotonic clock, the first request was answered that had begun after `since`."""
        served = wait_for(lambda: self._first_served(since), seconds=seconds, what="a request to be served")
        assert served is not None
        return served

    def assert_nothing_lost_or_doubled(self) -> None:
        """All that was acknowledged is there, once; the rest once at most; the numbers have no gap."""
        self._ending.set()
        self._thread.join()
        assert self.wrong == []
        there = Counter(task["title"] for task in everything(self._person, "/tasks/"))
        assert {title for title, times in there.items() if times > 1} == set()
        assert set(self.acknowledged) - there.keys() == set()
        assert there.keys() - set(self._asked) == set()
        seqs = [row["seq"] for row in everything(self._person, "/activities/")]
        assert seqs == list(range(1, len(seqs) + 1))

    def _first_served(self, since: float) -> float | None:
        return next((ended for began, ended in list(self._served) if began >= since), None)

    def _write(self) -> None:
        while not self._ending.is_set():
            title = f"Visit {uuid4().hex}"
            self._asked.append(title)
            while not self._ending.is_set() and not self._attempt(title):
                self._ending.wait(PAUSE_SECONDS)
            self._ending.wait(PAUSE_SECONDS)

    def _attempt(self, title: str) -> bool:
        self.attempts += 1
        began = time.monotonic()
        try:
            with self._person.session() as session:
                answer = session.post(
                    "/tasks/",
                    json={"title": title},
                    headers={"Idempotency-Key": title},
                    timeout=ATTEMPT_SECONDS,
                )
            if answer.status_code == httpx.codes.UNAUTHORIZED:
                self._person.log_in()
        except (httpx.HTTPError, ClientError):
            return False
        if answer.status_code in MADE:
            self._served.append((began, time.monotonic()))
            self.acknowledged.append(title)
            return True
        if answer.status_code not in (*TRY_AGAIN, httpx.codes.UNAUTHORIZED):
            self.wrong.append(f"{answer.status_code}: {answer.text[:200]}")
        return False
