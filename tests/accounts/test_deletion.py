"""The end of an account: everything goes, in every room, and nothing of anybody else's."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.actors import Actor, NotLoggedIn
from accounts.models import Budget, Login, Spending, User
from accounts.services import erase_user, sweep_logins
from accounts.tokens import REFRESH_LIFETIME
from activities.models import Activity
from activities.services import lock_stream
from conversations import socket_checks
from conversations.models import AllowedTool, Approval, Conversation, Memory, Message, Turn
from conversations.request_models import LLMRequest
from conversations.services import create_memory, post_message
from integrations.models import Workflow, WorkflowRun
from tasks.models import CalendarFeed, Label, Reminder, Task, TaskList
from tests.accounts.conftest import bearer, browser, error, log_in
from tests.conftest import PASSWORD, client_of, register
from tests.conversations.sockets import connect, run
from voice2task.kernel.database import in_database
from voice2task.kernel.models import IdempotencyKey
from voice2task.transfer.models import Import

ME = "/api/v1/auth/me/"
LIVED_IN = {
    *(
        Login,
        Budget,
        Spending,
        Activity,
        TaskList,
        Label,
        Task,
        Reminder,
        CalendarFeed,
        Conversation,
        Message,
    ),
    *(Turn, Approval, AllowedTool, LLMRequest, Memory, Workflow, WorkflowRun, IdempotencyKey, Import),
}


def live(user: User) -> None:
    """Leave something in every room."""
    client, now = client_of(user), timezone.now()
    log_in(user.email)
    actor = Actor(user.id)
    top = client.post("/api/v1/tasks/", {"title": "Top", "labels": ["Home"], "due_on": "2030-01-01"}).json()
    below = {"title": "Below", "parent_id": top["id"]}
    client.post("/api/v1/tasks/", below, headers={"Idempotency-Key": "k"})
    client.post(f"/api/v1/tasks/{top['id']}/reminders/", {"lead_minutes": 5})
    client.delete(f"/api/v1/tasks/{client.post('/api/v1/tasks/', {'title': 'Gone'}).json()['id']}/")
    client.post("/api/v1/feed/")
    posted = post_message(actor=actor, text="buy milk", now=now)
    create_memory(actor=actor, text="likes tea", now=now)
    own = {"user": user, "created_at": now}
    Import.objects.create(format="todoist", on_error="skip", content=b"x", **own)
    Budget.objects.create(user=user, limit_micros=1)
    Spending.objects.create(user=user, month=now.date().replace(day=1))
    AllowedTool.objects.create(tool="x", **own)
    turn = {"turn_id": posted.turn_id, "step_index": 0}
    Approval.objects.create(tool="x", arguments={}, digest="", reason="many", expires_at=now, **turn, **own)
    LLMRequest.objects.create(epoch=1, provider="x", model="x", reserved_micros=0, **turn, **own)
    workflow = Workflow.objects.create(
        owner=user, name="w", url="https://x.example", created_at=now, updated_at=now
    )
    WorkflowRun.objects.create(workflow=workflow, name="w", deadline_at=now, **own)


def rows_of(user_id: object) -> Counter[type[models.Model]]:
    """How many rows of each model name the user, whichever way they do."""
    found: Counter[type[models.Model]] = Counter()
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey | models.ManyToManyField) and field.related_model is User:
                found[model] += model._default_manager.filter(**{field.name: user_id}).count()
    return found


def total() -> dict[str, int]:
    tables = (model for model in apps.get_models() if model._meta.managed)
    return {model._meta.label: model._default_manager.count() for model in tables}


@pytest.fixture
def dave(alice: User) -> User:
    """Somebody who has lived here for a while; there is Alice too, who stays."""
    live(alice)
    return register("dave@example.com")


def test_nothing_is_left_and_nothing_else_is_gone(dave: User, alice: User) -> None:
    before, hers = total(), rows_of(alice.id)
    erase_user(actor=Actor(dave.id, "system"), now=timezone.now())
    gone = {"accounts.User": 1, "activities.UserStream": 1, "tasks.TaskList": 1, "activities.Activity": 2}
    assert {name: before[name] - count for name, count in total().items() if count != before[name]} == gone
    assert {model for model in LIVED_IN if hers[model]} == LIVED_IN
    assert error(client_of(alice).delete(ME, {"password": "wrong"})) == (400, "password_wrong", "password")
    assert error(client_of(alice).delete(ME)) == (400, "required", "password")
    assert rows_of(alice.id) == hers
    response = client_of(alice).delete(ME, {"password": PASSWORD})
    assert response.status_code == 204, response.content
    assert not rows_of(alice.id).total()
    # Nor what hangs on what was hers: rows of turns, of tasks, of the outbox.
    ours = {"accounts", "activities", "tasks", "conversations", "integrations", "kernel", "transfer"}
    left = {name: count for name, count in total().items() if count and name.split(".")[0] in ours}
    assert left == {}
    connection.check_constraints()


def test_logins_of_the_deleted_open_nothing(alice: User) -> None:
    pair, page = log_in("alice@example.com"), browser("alice@example.com")
    assert bearer(pair["access"]).delete(ME, {"password": PASSWORD}).status_code == 204
    assert bearer(pair["access"]).get(ME).status_code == 401
    assert page.get(ME).status_code == 401
    assert not Session.objects.exists()
    again = APIClient().post("/api/v1/auth/token/", {"email": "alice@example.com", "password": PASSWORD})
    assert error(again)[0] == 401
    register("alice@example.com")


def test_strangers_and_other_sites(alice: User, as_nobody: APIClient) -> None:
    assert as_nobody.delete(ME, {"password": PASSWORD}).status_code == 401
    page = browser("alice@example.com")
    assert page.delete(ME, {"password": PASSWORD}).status_code == 403
    token = page.cookies["csrftoken"].value
    assert page.delete(ME, {"password": PASSWORD}, headers={"X-CSRFToken": token}).status_code == 204


def test_an_operator_deletes_others_but_not_themselves(alice: User, bob: User) -> None:
    User.objects.filter(pk=bob.pk).update(is_staff=True, is_superuser=True)
    operator = Client()
    operator.force_login(User.objects.get(pk=bob.pk))
    act = {"action": "erase", "_selected_action": [str(alice.pk), str(bob.pk)]}
    operator.post("/admin/accounts/user/", act)
    assert User.objects.count() == 2
    operator.post("/admin/accounts/user/", act | {"_selected_action": [str(alice.pk)]})
    assert list(User.objects.all()) == [bob]
    with pytest.raises(NotLoggedIn):
        erase_user(actor=Actor(alice.id, "system"), now=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_what_waits_while_the_account_goes_is_told_so() -> None:
    user = register("erin@example.com")

    def write() -> Any:
        try:
            return client_of(user).post("/api/v1/tasks/", {"title": "x"})
        finally:
            connection.close()

    from django.db import transaction

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            lock_stream(user.id)
            waiting = pool.submit(write)
            erase_user(actor=Actor(user.id, "system"), now=timezone.now())
        assert error(waiting.result(20))[:2] == (401, "user_gone")
    assert not Task.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_closed_loop_connections", "empty_redis")
async def test_sockets_close_and_turns_end_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket_checks, "CHECK_SECONDS", 0.05)
    user = await in_database(register, "erin@example.com")
    async with connect(user) as client:
        await client.receive_type("ready")
        posted = await in_database(post_message, actor=Actor(user.id), text="buy milk", now=timezone.now())
        await in_database(erase_user, actor=Actor(user.id, "system"), now=timezone.now())
        assert await client.closed_with() == 4401
        await run(str(posted.turn_id))
    assert not await in_database(Task.objects.exists)


def test_logins_that_ended_long_ago_are_forgotten(alice: User) -> None:
    now, kept = timezone.now(), timedelta(days=90)
    for _ in range(4):
        log_in("alice@example.com")
    revoked, expired, recent, live_one = Login.objects.order_by("id")
    Login.objects.filter(pk=revoked.pk).update(revoked_at=now - timedelta(days=91))
    Login.objects.filter(pk=expired.pk).update(last_used_at=now - timedelta(days=91) - REFRESH_LIFETIME)
    Login.objects.filter(pk=recent.pk).update(revoked_at=now - timedelta(days=89))
    assert sweep_logins(kept=kept, now=now) == 2
    assert set(Login.objects.all()) == {recent, live_one}
    assert sweep_logins(kept=kept, now=now) == 0
