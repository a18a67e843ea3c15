"""Programs that use REST without patience: whatever is not answered as it should be is an error."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self
from uuid import uuid4

import httpx

from tests.journeys.people import Person, everything
from tests.journeys.stack import TLS

PAUSE_SECONDS = 0.05


class Visitor:
    """Writes a task and reads it back, over and over, on kept connections. Use it as a context manager."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="visitor")
        self.requests = 0
        self.errors: list[str] = []
        self.acknowledged: dict[str, str] = {}

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        self._ending.set()
        self._thread.join()

    def missing(self) -> set[str]:
        """Acknowledged tasks that are not there."""
        there = {(task["id"], task["title"]) for task in everything(self._person, "/tasks/")}
        return {title for id_, title in self.acknowledged.items() if (id_, title) not in there}

    def doubled(self) -> int:
        """How many more tasks there are than were acknowledged."""
        return len(everything(self._person, "/tasks/")) - len(self.acknowledged)

    def _run(self) -> None:
        headers = {"Authorization": f"Bearer {self._person._access}"}
        base = f"{self._person.url}/api/v1"
        with httpx.Client(base_url=base, headers=headers, timeout=30, verify=TLS, trust_env=False) as session:
            while not self._ending.wait(PAUSE_SECONDS):
                self._write_and_read(session)

    def _write_and_read(self, session: httpx.Client) -> None:
        title = uuid4().hex
        made = self._ask(lambda: session.post("/tasks/", json={"title": title}), httpx.codes.CREATED)
        if made is None:
            return
        id_ = made.json()["id"]
        self.acknowledged[id_] = title
        read = self._ask(lambda: session.get(f"/tasks/{id_}/"), httpx.codes.OK)
        if read is not None and read.json()["title"] != title:
            self.errors.append(f"{id_} reads {read.text}")

    def _ask(self, send: Callable[[], httpx.Response], expected: int) -> httpx.Response | None:
        self.requests += 1
        try:
            answer = send()
        except httpx.HTTPError as error:
            self.errors.append(repr(error))
            return None
        if answer.status_code != expected:
            self.errors.append(
                f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text[:200]}"
            )
            return None
        return answer
