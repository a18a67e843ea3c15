"""The REST doors keep to their schema, whatever comes in; and what is Bob's stays Bob's.

Every operation of the schema is tried as Alice, with requests generated from it: as it says, about things of
hers; against what it says; and about things of Bob's, which must look as if they were not there.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.db import close_old_connections, connection, transaction
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, Case, GenerationMode, Response
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.doors.feeding import BY_NAME, feed, id_fields, kind_in_path, names_things, takes_something
from tests.doors.world import Person, everything_of, person
from tests.journeys.reports import make_seed
from voice2task.kernel.identifiers import uuid7
from voice2task.wsgi import application

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SIGNALS = (signals.request_started, signals.request_finished)
BAD_REQUEST, NOT_FOUND = HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND
# Tests that share the operations among them, and what their requests are drawn by.
PARTS = 4
SEED = 20
# About as many as `make test` sends, and how many the longer run does.
FEW = 500
MANY = int(os.environ.get("FAULT_REQUESTS") or 10_000)


@dataclass(frozen=True)
class World:
    operations: list[APIOperation]
    alice: Person
    bob: Person

    def send(self, case: Case) -> Response:
        """As Alice. It conforms, tells nothing of Bob and changes nothing of his; what it did is undone."""
        before = everything_of(self.bob.user)
        with transaction.atomic():
            response = case.call(headers=self.alice.bearer)
            after = everything_of(self.bob.user)
            transaction.set_rollback(True)
        # Rows of which only some `fields` were asked for have no others, and no schema can say so.
        partial = "fields" in (case.query or {})
        checks = [check for check in CHECKS if not (partial and check is response_schema_conformance)]
        case.validate_response(response, checks=checks)
        assert after == before, f"changed what is Bob's: {case}"
        told = text_of(response)
        assert self.bob.mark not in told, f"told what Bob wrote: {case}"
        his = {id for ids in self.bob.ids.values() for id in ids}
        assert not any(id in told and id not in str(case) for id in his), f"told an id of Bob's: {case}"
        return response


@pytest.fixture(scope="module")
def operations() -> list[APIOperation]:
    raw = json.loads(OpenApiJsonRenderer().render(SchemaGenerator().get_schema(public=True)))
    schema = schemathesis.openapi.from_dict(raw)
    schema.app = application
    return [result.ok() for result in schema.get_all_operations()]


@pytest.fixture
def world(db: None, operations: list[APIOperation]) -> Iterator[World]:
    with connection.cursor() as cursor:
        # To think of the first requests takes some seconds, on a busy machine more than a session may idle.
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
    made = World(operations, person("alice", "alices-own"), person("bob", "bobs-secret"))
    # These would close the connection on which everything here is undone. Django's test client, which made
    # the world, connects them whenever it is used.
    for signal in SIGNALS:
        signal.disconnect(close_old_connections)
    yield made
    for signal in SIGNALS:
        signal.connect(close_old_connections)


def as_the_schema_says(world: World, case: Case, choice: int) -> None:
    """Half of the time about things that Alice has."""
    if choice % 4:
        feed(case, lambda kind: one_of(world.alice.ids[kind], choice))
    world.send(case)


def against_the_schema(world: World, case: Case, choice: int) -> None:
    if choice % 2:
        feed(case, lambda kind: one_of(world.alice.ids[kind], choice))
    world.send(case)


def about_what_is_bobs(world: World, case: Case, choice: int) -> None:
    """It is refused with the very words for what is not there at all."""
    used: dict[str, str] = {}
    feed(case, lambda kind: used.setdefault(kind, one_of(world.bob.ids[kind], choice)))
    bobs = world.send(case)
    nobodys: dict[str, str] = {}
    feed(case, lambda kind: nobodys.setdefault(kind, str(uuid7())))
    unknown = world.send(case)
    assert bobs.status_code == unknown.status_code
    if kind_in_path(case.operation.path) or bobs.status_code >= BAD_REQUEST:
        assert bobs.status_code >= BAD_REQUEST, f"did something to what is not there: {case}"
        told = text_of(bobs)
        for kind, id in used.items():
            told = told.replace(id, nobodys[kind])
        assert told == text_of(unknown)


def text_of(response: Response) -> str:
    return response.content.decode(errors="replace")


def one_of(ids: tuple[str, ...], choice: int) -> str:
    return ids[choice % len(ids)]


# What is done with which requests, of which operations, how many of each in `make test`.
MANNERS = (
    (as_the_schema_says, GenerationMode.POSITIVE, lambda operation: True, 2),
    (against_the_schema, GenerationMode.NEGATIVE, takes_something, 2),
    (about_what_is_bobs, GenerationMode.POSITIVE, names_things, 1),
)


def try_all(world: World, part: int, *, start: int, times: int = 1) -> None:
    """All manners on a part of the operations. All faults are told at once."""
    faults = []
    for operation in world.operations[part::PARTS]:
        for manner, mode, concerns, count in MANNERS:
            if concerns(operation):
                try:
                    _try(world, operation, manner, mode, start=start, count=count * times)
                except (Exception, FailureGroup) as fault:  # noqa: BLE001 - told with all others
                    faults.append(f"{operation.label}, {manner.__name__}:\n{fault}")
    assert not faults, "\n\n".join(faults)


def _try(world: World, operation: APIOperation, manner: Any, mode: Any, *, start: int, count: int) -> None:
    cases = operation.as_strategy(generation_mode=mode, feedback=FeedbackSources())

    @seed(start)
    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(cases, st.integers(0, 99))
    def attempt(case: Case, choice: int) -> None:
        manner(world, case, choice)

    attempt()


@pytest.mark.parametrize("part", range(PARTS))
def test_every_door_keeps_to_the_schema_and_to_its_owner(world: World, part: int) -> None:
    try_all(world, part, start=SEED)


@pytest.mark.faults
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("part", range(PARTS))
def test_they_do_so_many_times(world: World, part: int, request: pytest.FixtureRequest) -> None:
    try_all(world, part, start=make_seed(request), times=max(1, MANY // FEW))


def test_bobs_things_are_not_found(world: World) -> None:
    """By the plainest request that names them: no body that could be at fault."""
    for operation in world.operations:
        kind = kind_in_path(operation.path)
        if kind is not None and operation.method.upper() in {"GET", "DELETE"}:
            (name,) = (parameter.name for parameter in operation.path_parameters)
            case = operation.Case(path_parameters={name: world.bob.ids[kind][0]})
            assert world.send(case).status_code == NOT_FOUND, operation.label


def test_a_filter_does_not_tell_what_is_there(world: World) -> None:
    """Every list, by every id that it can be asked for: Bob's are as those of nobody."""
    tried = 0
    for operation in world.operations:
        for where, name in id_fields(operation):
            if where == "query":
                ids = (world.bob.ids[BY_NAME[name]][0], str(uuid7()))
                answers = [world.send(operation.Case(query={name: id})) for id in ids]
                assert answers[0].status_code == HTTPStatus.OK, operation.label
                assert text_of(answers[0]) == text_of(answers[1]), operation.label
                tried += 1
    assert tried >= 7
