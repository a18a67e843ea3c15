"""The end of tasks: by hand, all at once, and by age."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from activities.models import Activity
from tasks import services
from tasks.jobs import sweep_trash
from tasks.models import Reminder, Task
from tests.tasks.doors import NOBODYS, TASKS, created, error_of
from tests.tasks.scenes import MONDAY, activities_of, agent_of, by, kinds_of, make, seq_of
from voice2task.kernel.identifiers import uuid7


def purge(client: APIClient, task_id: object) -> Any:
    return client.post(f"{TASKS}{task_id}/purge/")


def test_a_task_is_deleted_for_good_with_what_hangs_on_it(as_alice: APIClient, alice: User) -> None:
    top = created(as_alice, title="Top", due_on="2030-01-01", labels=["Home"])
    below = created(as_alice, title="Below", parent_id=top["id"])
    back = created(as_alice, title="Back", parent_id=top["id"])
    as_alice.post(f"{TASKS}{top['id']}/reminders/", {"lead_minutes": 5})
    assert error_of(purge(as_alice, top["id"]))[:2] == (409, "task_not_trashed")
    as_alice.delete(f"{TASKS}{top['id']}/")
    as_alice.post(f"{TASKS}{back['id']}/restore/")
    seq = seq_of(alice)
    assert purge(as_alice, top["id"]).status_code == 204
    assert as_alice.get(f"{TASKS}{top['id']}/").status_code == 404
    assert as_alice.get(f"{TASKS}{below['id']}/").status_code == 404
    assert as_alice.get(f"{TASKS}{back['id']}/").json()["parent_id"] is None
    assert not Reminder.objects.of(alice.id).exists()
    assert kinds_of(alice, after=seq) == ["task.updated", "task.deleted", "task.deleted"]
    assert activities_of(alice)[-2].before["title"] == "Top"
    assert error_of(purge(as_alice, top["id"]))[:2] == (404, "not_found")


def test_the_trash_is_emptied(as_alice: APIClient, as_bob: APIClient, alice: User) -> None:
    for title in "ab":
        as_alice.delete(f"{TASKS}{created(as_alice, title=title)['id']}/")
    created(as_alice, title="kept")
    theirs = created(as_bob, title="Bob's")
    as_bob.delete(f"{TASKS}{theirs['id']}/")
    assert as_alice.post(f"{TASKS}empty-trash/").json() == {"deleted": 2}
    assert as_alice.post(f"{TASKS}empty-trash/").json() == {"deleted": 0}
    assert list(Task.objects.of(alice.id).values_list("title", flat=True)) == ["kept"]
    assert as_bob.get(f"{TASKS}{theirs['id']}/").status_code == 200


def test_others_and_strangers(as_alice: APIClient, as_bob: APIClient, as_nobody: APIClient) -> None:
    task = created(as_alice, title="Secret")
    as_alice.delete(f"{TASKS}{task['id']}/")
    assert error_of(purge(as_bob, task["id"]))[:2] == (404, "not_found")
    assert purge(as_nobody, NOBODYS).status_code == 401
    assert as_nobody.post(f"{TASKS}empty-trash/").status_code == 401
    assert as_alice.get(f"{TASKS}{task['id']}/").status_code == 200


@pytest.mark.parametrize("verb", ["update_task", "complete_tasks", "trash_tasks", "create_tasks"])
def test_undo_of_what_was_done_to_a_deleted_task_is_no_fault(alice: User, verb: str) -> None:
    (task,) = make(by(alice), "Gone")
    seq, agent = seq_of(alice), agent_of(alice)
    given: dict[str, dict[str, Any]] = {
        "update_task": {"task_id": task.id, "changes": {"title": "New"}},
        "complete_tasks": {"task_ids": [task.id]},
        "trash_tasks": {"task_ids": [task.id]},
        "create_tasks": {"drafts": [{"title": "Other"}]},
    }
    getattr(services, verb)(actor=agent, now=MONDAY, **given[verb])
    services.trash_tasks(actor=by(alice), task_ids=[one.id for one in Task.objects.of(alice.id)], now=MONDAY)
    services.empty_trash(actor=by(alice), now=MONDAY)
    undone = services.undo_turn(actor=by(alice), turn_id=agent.turn_id, now=MONDAY)
    assert not undone.undone
    assert [conflict.fields for conflict in undone.conflicts] == ([] if verb == "create_tasks" else [["id"]])
    assert activities_of(alice, after=seq)[-1].kind == "task.deleted"


def test_what_is_old_in_the_trash_goes_by_itself(
    alice: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services.trash, "PURGED_AT_ONCE", 2)
    old = make(by(alice), "a", "b", "c")
    (new,) = make(by(alice), "new")
    services.trash_tasks(actor=by(alice), task_ids=[task.id for task in old], now=MONDAY)
    services.trash_tasks(actor=by(alice), task_ids=[new.id], now=MONDAY + timedelta(days=2))
    due = {"before": MONDAY + timedelta(days=1), "now": MONDAY + timedelta(days=31)}
    assert [services.sweep_trash(**due) for _ in range(3)] == [2, 1, 0]
    assert list(Task.objects.of(alice.id)) == [new]
    assert {one.actor for one in activities_of(alice) if one.kind == "task.deleted"} == {"system"}
    settings.TRASH_DAYS = 36_500
    sweep_trash()
    assert Task.objects.filter(pk=new.pk).exists()
    settings.TRASH_DAYS = 1
    sweep_trash()
    assert not Task.objects.filter(pk=new.pk).exists()


def test_the_agent_asks_before_it_deletes_for_good() -> None:
    from activities.services import Entry
    from conversations.agent.policy import Standing, reason_to_ask

    entry = Entry("task.deleted", "task", uuid7())
    assert reason_to_ask("x", "write", [entry], Standing({}, False, frozenset())) == "irreversible"
    assert reason_to_ask("x", "write", [entry], Standing({}, True, frozenset({"x"}))) == "untrusted"


def test_no_activity_is_lost_with_its_task(as_alice: APIClient, alice: User) -> None:
    task = created(as_alice, title="x")
    as_alice.delete(f"{TASKS}{task['id']}/")
    purge(as_alice, task["id"])
    kinds = Activity.objects.filter(subject_id=task["id"]).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["task.created", "task.trashed", "task.deleted"]
