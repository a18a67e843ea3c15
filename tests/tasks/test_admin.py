"""The admin: an operator's changes go through the services."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tasks import services
from tasks.models import Label, Task, TaskList
from tests.conftest import register
from tests.tasks.scenes import MONDAY, activities_of, by, fresh, inbox_of, kinds_of, make, seq_of

ROOT = "/admin/tasks"
EMPTY_TASK = {
    "list": "",
    "notes": "",
    "status": "open",
    "priority": "none",
    "due_on": "",
    "due_at_0": "",
    "due_at_1": "",
    "rrule": "",
    "repeat_from": "due",
    "parent": "",
    "labels": "",
}


@pytest.fixture
def operator(db: None) -> Client:
    user = register("operator@example.com")
    user.is_staff = user.is_superuser = True
    user.save()
    client = Client()
    client.force_login(user)
    return client


def act(client: Client, model: str, action: str, *rows: Any) -> str:
    chosen = {"action": action, "_selected_action": [str(row.pk) for row in rows]}
    return client.post(f"{ROOT}/{model}/", chosen, follow=True).content.decode()


def shown(client: Client, url: str, body: dict[str, Any]) -> str:
    response = client.post(url, body, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_lists(operator: Client, alice: User) -> None:
    shown(operator, f"{ROOT}/tasklist/add/", {"user": alice.pk, "name": "Work", "colour": "#00ff00"})
    work = TaskList.objects.get(name="Work")
    activity = activities_of(alice)[-1]
    assert (activity.kind, activity.actor) == ("list.created", "system")
    page = f"{ROOT}/tasklist/{work.pk}/change/"
    assert b"Work" in operator.get(page).content
    shown(operator, page, {"name": "Office", "colour": "#00ff00"})
    assert activities_of(alice)[-1].after == {"name": "Office"}
    assert "#rrggbb" in shown(operator, page, {"name": "Nothing", "colour": "red"})
    assert TaskList.objects.get(pk=work.pk).name == "Office"
    told = act(operator, "tasklist", "delete_lists", work, inbox_of(alice))
    assert "The Inbox cannot be deleted or archived." in told
    assert "Done: 1" in told
    assert [one.name for one in TaskList.objects.of(alice.id)] == ["Inbox"]


def test_labels(operator: Client, alice: User) -> None:
    shown(operator, f"{ROOT}/label/add/", {"user": alice.pk, "name": "Home"})
    label = Label.objects.get()
    shown(operator, f"{ROOT}/label/{label.pk}/change/", {"name": "House"})
    assert "Done: 1" in act(operator, "label", "delete_labels", label)
    changed = [kind for kind in kinds_of(alice) if kind.startswith("label.")]
    assert changed == ["label.created", "label.updated", "label.deleted"]


def test_tasks_are_made_and_changed(operator: Client, alice: User) -> None:
    body = EMPTY_TASK | {"user": alice.pk, "title": "Clean", "due_at_0": "2026-03-06", "due_at_1": "09:00:00"}
    shown(operator, f"{ROOT}/task/add/", body | {"labels": "home, garden"})
    task = Task.objects.get()
    assert fresh(task) | {"labels": ["garden", "home"], "due_on": "2026-03-06", "list": "Inbox"} == fresh(
        task
    )
    work = services.create_list(actor=by(alice), name="Work", now=MONDAY)
    (parent,) = make(by(alice), "Parent")
    page = f"{ROOT}/task/{task.pk}/change/"
    assert "garden, home" in operator.get(page).content.decode()
    seq = seq_of(alice)
    same = body | {"due_on": "2026-03-06", "labels": "garden, home", "list": inbox_of(alice).pk}
    shown(operator, page, same)
    shown(operator, page, same | {"list": ""})
    assert seq_of(alice) == seq
    shown(operator, page, same | {"list": work.pk, "parent": parent.pk, "title": "Scrub", "labels": "home"})
    assert (fresh(task)["list"], fresh(task)["parent_id"]) == ("Work", str(parent.pk))
    assert set(activities_of(alice)[-1].before) >= {"title", "list_id", "parent_id", "labels"}
    assert kinds_of(alice, after=seq) == ["task.updated"]
    told = shown(operator, page, same | {"rrule": "daily"})
    assert "not part of a recurrence rule" in told
    assert fresh(task)["rrule"] == ""


def test_actions_on_tasks(operator: Client, alice: User, bob: User) -> None:
    ours = [*make(by(alice), "One", "Two"), *make(by(bob), "Three")]
    for action, field in (("complete", "completed_at"), ("trash", "trashed_at")):
        act(operator, "task", action, *ours)
        assert all(fresh(task)[field] for task in ours)
    assert "restore it first" in act(operator, "task", "reopen", *ours)
    act(operator, "task", "restore", *ours)
    assert "Done: 2" in act(operator, "task", "reopen", *ours)
    assert {fresh(task)["status"] for task in ours} == {"open"}


def test_nothing_is_deleted_for_good(operator: Client, alice: User) -> None:
    (task,) = make(by(alice), "One", labels=["home"])
    for model, row in (("task", task), ("label", Label.objects.get()), ("tasklist", inbox_of(alice))):
        assert operator.post(f"{ROOT}/{model}/{row.pk}/delete/", {"post": "yes"}).status_code == 403
        assert "delete_selected" not in operator.get(f"{ROOT}/{model}/", {"q": "o"}).content.decode()
    assert fresh(task)["title"] == "One"


def test_the_admin_is_not_for_users(alice: User) -> None:
    client = Client()
    client.force_login(alice)
    for model in ("task", "label", "tasklist"):
        assert client.get(f"{ROOT}/{model}/").status_code == 302
