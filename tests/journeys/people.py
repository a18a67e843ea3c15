"""Somebody with an account, what they say, and what must come of it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import uuid4

import httpx

from tests.journeys.stack import Stack, new_session
from tests.waiting import wait_for
from voice2task.client import Client

PASSWORD = "correct horse battery staple"
CONSONANTS, VOWELS = "bdgklmnprstvz", "aeiou"
_numbers = count(1)


@dataclass(frozen=True)
class Sentence:
    """What is said, and the tasks that must be there afterwards: title to status."""

    text: str
    tasks: dict[str, str]
    kinds: tuple[str, ...] = ("task.created", "task.created", "task.completed")


class Person(Client):
    """A registered user's client."""

    @property
    def email(self) -> str:
        return self._credentials["email"]

    def session(self) -> httpx.Client:
        """The REST API with this user's login, paths beginning after `/api/v1`."""
        return new_session(f"{self.url}/api/v1", Authorization=f"Bearer {self._access}")

    def get(self, path: str) -> Any:
        """As the base class does; a 503 asks to try again, which it does for as long as `wait_for` waits."""
        with self.session() as session:
            answer = wait_for(lambda: _unless_unavailable(session.get(path)), what=f"{path} to be available")
        assert answer[0].status_code == 200, answer[0].text
        return answer[0].json()


def new_sentence() -> Sentence:
    """A sentence for two tools, about things that nobody has mentioned before."""
    thing, person = _new_name(), _new_name()
    return Sentence(
        f"Buy {thing} tomorrow at 5pm and call {person} on friday. Mark buy {thing} as done.",
        {f"Buy {thing}": "done", f"Call {person}": "open"},
    )


def new_person(stack: Stack) -> Person:
    """Somebody who has just registered and logged in."""
    email = f"{uuid4().hex}@example.com"
    fields = {"email": email, "password": PASSWORD, "timezone": "Europe/Berlin", "language": "en"}
    with new_session(stack.url) as session:
        answer = session.post("/api/v1/auth/register/", json=fields)
    assert answer.status_code == 201, answer.text
    person = Person(stack.url, email=email, password=PASSWORD)
    person.log_in()
    return person


def everything(client: Client, path: str) -> list[dict[str, Any]]:
    """All rows of a list of the REST API, page by page."""
    page = client.get(f"{path}?page_size=200")
    rows = list(page["results"])
    while page["next"]:
        page = client.get(page["next"].partition("/api/v1")[2])
        rows.extend(page["results"])
    return rows


def _unless_unavailable(answer: httpx.Response) -> list[httpx.Response]:
    """Nothing for a 503; in a list, because an answer that is an error is false by itself."""
    return [] if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE else [answer]


def _new_name() -> str:
    """A word of letters only: the number of the name, spelled in syllables the rules cannot know."""
    number, name = next(_numbers), ""
    for _ in range(3):
        number, syllable = divmod(number, len(CONSONANTS) * len(VOWELS))
        consonant, vowel = divmod(syllable, len(VOWELS))
        name += CONSONANTS[consonant] + VOWELS[vowel]
    return f"Z{name}{random.choice(CONSONANTS)}"
