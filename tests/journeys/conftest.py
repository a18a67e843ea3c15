"""One stack for the whole folder. Whoever breaks it mends it."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import pytest

from tests import environment
from tests.journeys.gates import stack_with_model
from tests.journeys.reports import add_stack_log, make_seed
from tests.journeys.stack import Stack


@pytest.fixture(scope="package")
def stack() -> Iterator[Stack]:
    with stack_with_model(environment.FOLDER / "journeys", pace=0.02) as stack:
        yield stack


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
