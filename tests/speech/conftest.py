"""A stack with the real recogniser, whose weights are fetched once for this checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from tests import environment
from tests.journeys.reports import add_stack_log, make_seed
from tests.journeys.stack import PROJECT, Stack
from voice2task.client import Client


@pytest.fixture(scope="session")
def models() -> Path:
    """The folder of the weights."""
    env = {**os.environ, "VAR_DIR": str(PROJECT / "var")}
    command = [sys.executable, "manage.py", "fetch_speech_models"]
    done = subprocess.run(command, cwd=PROJECT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


@pytest.fixture(scope="session")
def stack(models: Path) -> Iterator[Stack]:
    folder = environment.FOLDER / "speech"
    folder.mkdir()
    (folder / "speech-models").symlink_to(models)
    stack = Stack(folder, SPEECH_ENGINES="whisper")
    stack.start()
    try:
        yield stack
    finally:
        stack.stop()


@pytest.fixture
def client(stack: Stack) -> Client:
    client = Client(stack.url, email=stack.entry["email"], password=stack.entry["password"])
    client.log_in()
    return client


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
