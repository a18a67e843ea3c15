"""Changes of one user in opposite orders at the same time: one waits for the other, neither fails."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from tests.journeys.invariants import wait_for_end
from tests.journeys.listener import Listener
from tests.journeys.people import Person, everything, new_person
from tests.journeys.stack import Stack
from tests.waiting import wait_for

ROUNDS = 10


def test_requests_in_opposite_orders(stack: Stack) -> None:
    person = new_person(stack)
    tasks = [_create_task(person, title) for title in ("Wash the car", "Feed the cat")]

    def change(order: Sequence[str]) -> list[int]:
        with person.session() as session:
            return [
                session.post(f"/tasks/{task}/{verb}/").status_code
                for _ in range(ROUNDS)
                for verb in ("complete", "reopen")
                for task in order
            ]

    with ThreadPoolExecutor(2) as threads:
        statuses = [status for answers in threads.map(change, (tasks, tasks[::-1])) for status in answers]
    assert set(statuses) == {200}
    _assert_numbered(person)


def test_turns_in_opposite_orders(stack: Stack) -> None:
    person = new_person(stack)
    for title in ("Wash the car", "Feed the cat"):
        _create_task(person, title)
    sentences = (
        "Mark wash the car as done. Mark feed the cat as done.",
        "Mark feed the cat as done. Mark wash the car as done.",
    )
    with Listener(person) as device:
        messages = [device.say(text) for text in sentences * 3]
        for message in messages:
            wait_for(lambda message=message: message.ack)
            end = wait_for_end(device, message.turn_id).end
            assert end is not None
            assert end["type"] == "turn.completed"
        assert device.wrong == []
    assert {task["status"] for task in everything(person, "/tasks/")} == {"done"}
    _assert_numbered(person)


def _create_task(person: Person, title: str) -> str:
    with person.session() as session:
        answer = session.post("/tasks/", json={"title": title})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def _assert_numbered(person: Person) -> None:
    seqs = [row["seq"] for row in everything(person, "/activities/")]
    assert seqs == list(range(1, len(seqs) + 1))
