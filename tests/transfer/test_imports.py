"""An import from its door to its end: what is refused at once, what survives a crash, what is told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from asgiref.sync import sync_to_async
from django.db import OperationalError, connection, connections
from django.test import AsyncClient
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from activities.models import Outbox
from activities.services import sweep_outbox
from tasks.models import Task
from tests.conftest import client_of, register
from tests.conversations.sockets import access_token, connect
from tests.tasks.doors import TASKS, created, error_of
from tests.tasks.scenes import activities_of, kinds_of, seq_of
from tests.transfer.doors import EXPORT, IMPORT, exported, imported, post_file
from voice2task.kernel.database import in_database
from voice2task.transfer import document, services
from voice2task.transfer.jobs import run_import
from voice2task.transfer.models import Import

CSV = "TYPE,CONTENT\ntask,Milk\n"


def start(client: APIClient, content: str = CSV) -> str:
    response = post_file(client, content, "todoist")
    assert response.status_code == 202
    return str(response.json()["id"])


def test_what_is_refused_at_the_door(as_alice: APIClient, alice: User, settings: Any) -> None:
    seq = seq_of(alice)
    assert error_of(post_file(as_alice, CSV, "wunderlist")) == (400, "invalid_choice", "format")
    assert error_of(post_file(as_alice, CSV, "todoist", on_error="ignore")) == (
        400,
        "invalid_choice",
        "on_error",
    )
    assert error_of(post_file(as_alice, CSV, "todoist", list_name="\0"))[:2] == (
        400,
        "null_characters_not_allowed",
    )
    assert error_of(post_file(as_alice, b"", "todoist")) == (400, "file_empty", "file")
    assert error_of(as_alice.post(IMPORT, {"format": "todoist"}, format="multipart")) == (
        400,
        "required",
        "file",
    )
    assert as_alice.post(IMPORT, {"format": "todoist"}).status_code == 415
    settings.IMPORT_MAX_BYTES = 10
    assert error_of(post_file(as_alice, CSV, "todoist"))[:2] == (413, "file_too_large")
    settings.IMPORT_MAX_BYTES = 1
    assert error_of(post_file(as_alice, "x" * 70_000, "todoist"))[:2] == (413, "file_too_large")
    assert seq_of(alice) == seq
    assert not Import.objects.exists()


def test_a_body_that_is_too_large_says_so(as_alice: APIClient) -> None:
    refused = as_alice.post(TASKS, {"title": "x", "notes": "n" * 10_000_000})
    assert error_of(refused)[:2] == (413, "request_too_large")
    task = created(as_alice, title="x")
    long = as_alice.patch(f"{TASKS}{task['id']}/", {"notes": "n" * 1_000_000})
    assert error_of(long) == (400, "max_length", "notes")


def test_so_many_at_once(as_alice: APIClient, as_bob: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MAX_WAITING", 2)
    first, _ = start(as_alice), start(as_alice)
    assert error_of(post_file(as_alice, CSV, "todoist"))[:2] == (409, "imports_waiting")
    start(as_bob)
    services.run_import(import_id=UUID(first), now=timezone.now())
    start(as_alice)


def test_the_same_request_twice_is_one_import(as_alice: APIClient) -> None:
    key = {"Idempotency-Key": "k"}
    first, again = (post_file(as_alice, CSV, "todoist", headers=key) for _ in range(2))
    assert again.json() == first.json()
    assert again["Idempotency-Replayed"] == "true"
    other = post_file(as_alice, CSV + "task,Bread\n", "todoist", headers=key)
    assert error_of(other)[:2] == (422, "idempotency_key_reused")
    assert Import.objects.count() == 1


def test_what_is_told(as_alice: APIClient, alice: User) -> None:
    seq = seq_of(alice)
    state = imported(as_alice, CSV + "task,\n", "todoist", on_error="skip")
    assert kinds_of(alice, after=seq) == [
        "import.started",
        "import.progress",
        "task.created",
        "import.finished",
    ]
    started, progress, _, finished = activities_of(alice, after=seq)
    assert {one.subject_id for one in (started, progress, finished)} == {UUID(state["id"])}
    assert progress.after == {"status": "running", "read": 2, "broken": 1}
    assert finished.after["report"] == {
        name: state["report"][name] for name in state["report"] if name != "faults"
    }
    assert state["started_at"] <= state["finished_at"]
    assert bytes(Import.objects.get().content) == b""


def test_a_job_that_comes_twice_does_nothing_more(as_alice: APIClient, alice: User) -> None:
    import_id = start(as_alice)
    for _ in range(3):
        run_import(import_id)
    assert Task.objects.of(alice.id).count() == 1
    assert not Outbox.objects.exists()
    run_import(str(UUID(int=0)))


def test_a_job_that_is_lost_is_found(
    as_alice: APIClient, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[str, UUID]] = []
    monkeypatch.setattr("activities.relay.enqueue", sent.extend)
    import_id = start(as_alice)
    sweep_outbox(now=timezone.now() + timedelta(seconds=5))
    assert sent == [("transfer.run_import", UUID(import_id))]


def test_what_dies_each_time_is_given_up(
    as_alice: APIClient, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id = start(as_alice)
    monkeypatch.setattr(services, "_prepare", _away)
    for _ in range(services.MAX_ATTEMPTS):
        with pytest.raises(OperationalError):
            run_import(import_id)
    assert Outbox.objects.exists()
    run_import(import_id)
    state = as_alice.get(f"{IMPORT}{import_id}/").json()
    assert (state["status"], state["error"]["code"]) == ("failed", "import_interrupted")
    assert not Outbox.objects.exists()


def _away(*_: Any) -> Any:
    raise OperationalError


@pytest.mark.parametrize(
    ("fault", "code"), [(ValueError, "internal_error"), (services.IntegrityError, "import_collided")]
)
def test_what_breaks_inside_leaves_nothing_half_done(
    as_alice: APIClient, alice: User, monkeypatch: pytest.MonkeyPatch, fault: type[Exception], code: str
) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise fault

    monkeypatch.setattr(services, "record_all", broken)
    state = imported(as_alice, CSV, "todoist")
    assert (state["status"], state["error"]["code"]) == ("failed", code)
    assert not Task.objects.of(alice.id).exists()


def test_many_rows(
    as_alice: APIClient, alice: User, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    rows = "".join(f"task,Task {n} @l{n % 7},,4,{1 + n % 3},,,2030-01-02,,\n" for n in range(1_500))
    content = "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE\n" + rows
    with django_assert_max_num_queries(70):
        state = imported(as_alice, content, "todoist")
    assert state["report"]["created"]["task"] == 1_500
    assert Task.objects.of(alice.id).exclude(parent=None).count() == 1_000
    places = list(Task.objects.of(alice.id).order_by("position").values_list("title", flat=True))
    assert places == [f"Task {n}" for n in range(1_500)]


# Over the whole way


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_closed_loop_connections", "empty_redis")
async def test_clients_hear_of_it() -> None:
    user = await in_database(register, "erin@example.com")
    other = await in_database(register, "fred@example.com")
    async with connect(user) as client, connect(other) as stranger:
        await client.receive_type("ready")
        await stranger.receive_type("ready")
        import_id = await in_database(start, client_of(user))
        await asyncio.to_thread(_run, import_id)
        kinds = [(await client.receive_type("event"))["kind"] for _ in range(4)]
        assert kinds == ["import.started", "import.progress", "task.created", "import.finished"]
        assert await stranger.silent()


def _run(import_id: str) -> None:
    try:
        run_import(import_id)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_closed_loop_connections")
async def test_an_export_over_asgi_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    user = await in_database(register, "erin@example.com")
    token = await in_database(access_token, user)
    await in_database(lambda: created(client_of(user), title="x" * 400))
    moment = timezone.now()
    monkeypatch.setattr("voice2task.transfer.api.views.timezone.now", lambda: moment)
    monkeypatch.setattr("voice2task.transfer.download.PIECE", 100)
    response = await AsyncClient().get(EXPORT, headers={"Authorization": f"Bearer {token}"})
    assert response.status_code == 200
    pieces = [piece async for piece in response.streaming_content]
    assert max(map(len, pieces)) == 100
    whole = await in_database(exported, client_of(user))
    assert json.loads(b"".join(pieces)) == whole
    assert whole["version"] == document.VERSION
    # The view has run on a thread of its own.
    await sync_to_async(connections.close_all)()
