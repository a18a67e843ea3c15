"""One stack for each process of tests, with longer turns than that of the journeys."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import pytest

from tests import environment
from tests.faults.crowd import Crowd
from tests.journeys.gates import stack_with_model
from tests.journeys.reports import add_stack_log, make_seed
from tests.journeys.stack import Stack


@pytest.fixture(scope="package")
def stack() -> Iterator[Stack]:
    with stack_with_model(environment.FOLDER / f"faults{environment.WORKER}", pace=0.04) as stack:
        yield stack


@pytest.fixture
def crowd(stack: Stack) -> Iterator[Crowd]:
    with Crowd(stack) as crowd:
        yield crowd


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    return make_seed(request)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    add_stack_log(item, report)
    return report
