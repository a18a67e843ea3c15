"""One n8n for all of these tests, and a thread that does what the workers of deliveries do."""

from __future__ import annotations

import shutil
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from integrations import jobs, services
from integrations.models import Delivery, Workflow, WorkflowRun
from tests.conftest import register
from tests.conversations.agent.conftest import Person
from tests.fakes.outside import Outside, outside_world
from tests.n8n.install import installed
from tests.n8n.server import N8nServer
from tests.n8n.workflows import CREDENTIALS, SIGNING_SECRET, TOKEN, workflows
from tests.waiting import wait_for

FOLDER = "tests/n8n/"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith(FOLDER):
            item.add_marker(pytest.mark.n8n)
            item.add_marker(pytest.mark.timeout(240))


@pytest.fixture(scope="session")
def outside() -> Iterator[Outside]:
    with outside_world() as world:
        yield world


@pytest.fixture(scope="session")
def n8n(django_db_setup: None, live_server: Any, outside: Outside) -> Iterator[N8nServer]:
    assert installed(), "`make test-n8n` installs n8n first"
    folder = Path(tempfile.mkdtemp(prefix="v2t-n8n-"))
    server = N8nServer(folder, *free_ports(2))
    try:
        server.start()
        server.provision(workflows(outside=outside.url, site=live_server.url), CREDENTIALS)
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def dora(
    transactional_db: None,
    empty_redis: None,
    n8n: N8nServer,
    live_server: Any,
    outside: Outside,
    settings: Any,
) -> Person:
    """A user of a site that has this n8n, and an empty calendar."""
    outside.calendar.clear()
    outside.puts.clear()
    settings.PUBLIC_URL = live_server.url
    settings.N8N_URL, settings.N8N_API_KEY = n8n.url, n8n.key
    return Person(register("dora@example.com"))


@pytest.fixture
def workers(dora: Person) -> Iterator[None]:
    """Deliveries are sent and runs swept while a test lasts."""
    with working():
        yield


@contextmanager
def working() -> Iterator[None]:
    over = threading.Event()
    thread = threading.Thread(target=_work, args=(over,), name="deliveries")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(60)


def _work(over: threading.Event) -> None:
    try:
        while not over.wait(0.05):
            now = timezone.now()
            for delivery_id in list(Delivery.objects.ready(now).values_list("id", flat=True)):
                jobs.deliver(str(delivery_id))
            services.sweep_runs(now=now)
            for run_id in list(WorkflowRun.objects.overdue(now).values_list("id", flat=True)):
                jobs.look_up_run(str(run_id))
    finally:
        connection.close()


@pytest.fixture
def tool(dora: Person, n8n: N8nServer) -> Callable[..., Workflow]:
    """Registers one of the misbehaving workflows for the user."""

    def make(path: str, **fields: Any) -> Workflow:
        return services.create_workflow(
            actor=dora.actor,
            now=timezone.now(),
            **{
                "name": path.replace("-", "_"),
                "description": "Under test.",
                "input_schema": {"type": "object"},
                "url": f"{n8n.url}/webhook/{path}",
                "token": TOKEN,
                "signing_secret": SIGNING_SECRET,
                **fields,
            },
        )

    return make


def start(person: Person, workflow: Workflow, **arguments: Any) -> WorkflowRun:
    return services.start_run(
        actor=person.actor, workflow_id=workflow.id, arguments=arguments, now=timezone.now()
    )


def ended(run: WorkflowRun, seconds: float = 60) -> WorkflowRun:
    """The run, once it has ended."""

    def look() -> WorkflowRun | None:
        found = WorkflowRun.objects.get(id=run.id)
        return found if found.ended else None

    found = wait_for(look, seconds=seconds, what=f"{run.name} to end")
    assert found is not None
    return found


def free_ports(count: int) -> list[int]:
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(listener.getsockname()[1]) for listener in listeners]
    for listener in listeners:
        listener.close()
    return ports
