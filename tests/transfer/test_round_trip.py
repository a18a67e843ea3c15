"""What leaves comes back the same, wherever it comes to; and nobody else's things with it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.actors import Actor
from accounts.models import User
from accounts.services import erase_user
from activities.models import Activity, Outbox
from conversations.models import Message, Turn
from conversations.services import create_memory, post_message
from conversations.services.turns import RUN_TURN, claim_turn
from tasks.models import Label, Reminder, Task, TaskList
from tasks.services import undo_activities, undo_last
from tests.conftest import client_of, register
from tests.tasks.doors import LABELS, LISTS, TASKS, created, error_of
from tests.tasks.scenes import activities_of, agent_of, by, make
from tests.transfer.doors import EXPORT, IMPORT, exported, faults, imported, post_file
from voice2task.kernel.identifiers import uuid7

PARTS = (
    *("preferences", "lists", "labels", "conversations", "turns", "messages", "memories"),
    *("tasks", "reminders"),
)
SUBJECTS = {"list", "label", "task", "reminder", "memory", "conversation", "message", "turn"}


@pytest.fixture
def lived(alice: User, as_alice: APIClient) -> APIClient:
    """Alice, who has been here for a while."""
    quiet = {"quiet_from": "22:00", "quiet_until": "07:30", "week_start": "SU", "language": "de"}
    assert as_alice.patch("/api/v1/auth/me/", quiet).status_code == 200
    work = created(as_alice, LISTS, name="Work", colour="#aabbcc")
    created(as_alice, LISTS, name="Old")
    old = as_alice.get(LISTS).json()["results"][0]
    as_alice.patch(f"{LISTS}{old['id']}/", {"archived": True, "before_id": work["id"]})
    created(as_alice, LABELS, name="Unused")
    top = created(
        as_alice,
        title="Move house",
        notes="# Boxes\n\n- tape",
        due_at="2030-03-30T09:00:00",
        rrule="FREQ=WEEKLY;COUNT=5",
        exdates=["2030-04-06"],
        estimate_minutes=90,
        priority="high",
        list_id=work["id"],
        labels=["Home", "Heavy"],
        links=[{"url": "https://example.org/a", "title": "A"}],
    )
    below = created(as_alice, title="Pack", parent_id=top["id"], start_on="2030-03-01")
    as_alice.post(f"{TASKS}{below['id']}/move/", {"list_id": work["id"], "before_id": top["id"]})
    done = created(as_alice, title="Done", status="in_progress")
    as_alice.post(f"{TASKS}{done['id']}/complete/")
    as_alice.delete(f"{TASKS}{created(as_alice, title='Trashed', labels=['Home'])['id']}/")
    gone = created(as_alice, title="Gone")
    as_alice.delete(f"{TASKS}{gone['id']}/")
    as_alice.post(f"{TASKS}{gone['id']}/purge/")
    as_alice.post(f"{TASKS}{top['id']}/reminders/", {"lead_minutes": 30})
    as_alice.post(f"{TASKS}{top['id']}/reminders/", {"remind_at": "2031-01-01T00:00:00Z"})
    _talk(alice)
    return as_alice


def _talk(alice: User) -> None:
    now = timezone.now()
    posted = post_message(actor=by(alice), text="buy milk", now=now, client_id=uuid7())
    (task,) = make(agent_of(alice, posted.turn_id), "Milk", now=now)
    create_memory(actor=agent_of(alice, posted.turn_id), text="likes tea", now=now)
    Task.objects.filter(pk=task.pk).update(
        source_span={"message_id": str(posted.message_id), "fields": {"title": [4, 8]}}
    )
    Turn.objects.filter(pk=posted.turn_id).update(
        status="completed", engine="rules", choices=[{"number": 1, "task": {"id": str(task.id)}}],
        started_at=now, finished_at=now,
    )  # fmt: skip
    Outbox.objects.all().delete()


def named(value: Any, names: dict[str, str]) -> Any:
    """The same with ids replaced by what `names` calls them."""
    if isinstance(value, dict):
        return {name: named(member, names) for name, member in value.items()}
    if isinstance(value, list):
        return [named(member, names) for member in value]
    return names.get(value, value) if isinstance(value, str) else value


def in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))


def inbox_in(document: dict[str, Any]) -> str:
    return next(row["id"] for row in document["lists"] if row["is_inbox"])


def history_in(document: dict[str, Any]) -> list[dict[str, Any]]:
    """What happened to what came along."""
    return [row for row in document["activities"] if row["subject"]["type"] in SUBJECTS]


def test_it_comes_back_the_same_to_an_account_made_anew(lived: APIClient, alice: User) -> None:
    first = exported(lived)
    assert (first["format"], first["version"]) == ("voice2task", 1)
    assert all(first[name] for name in PARTS)
    erase_user(actor=Actor(alice.id, "system"), now=timezone.now())
    again = register("alice@example.com")
    own = len(activities_of(again))
    state = imported(client_of(again), first, "voice2task")
    assert (state["status"], state["error"], state["report"]["faults"]) == ("finished", None, [])
    assert state["report"]["already_there"] == {"list": 1}
    second = exported(client_of(again))
    # Every id is kept, but that of the Inbox, which was here before.
    left, right = (named(one, {inbox_in(one): "inbox"}) for one in (first, second))
    for name in PARTS:
        assert in_order(left[name]) == in_order(right[name]), name
    # History is appended to the account's own; behind it stands what the import did.
    history = history_in(left)
    start = right["activities"].index(history[0])
    assert right["activities"][start : start + len(history)] == history
    assert start >= own
    assert right["activities"][-1]["kind"] == "import.finished"
    assert [one.seq for one in activities_of(again)] == list(range(1, len(right["activities"]) + 1))


def test_it_comes_to_another_account_under_other_ids(lived: APIClient, as_bob: APIClient, bob: User) -> None:
    first = exported(lived)
    state = imported(as_bob, first, "voice2task")
    assert (state["status"], state["report"]["faults"]) == ("finished", [])
    second = exported(as_bob)
    theirs = {row["id"] for name in PARTS[1:] for row in first[name]}
    assert not theirs & {row["id"] for name in PARTS[1:] for row in second[name]}
    # Rows that have the same place in both files are the same row, and so all references can be compared.
    names: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for name in PARTS[1:]:
        rows = [sorted(one[name], key=lambda row: (row["created_at"], row["id"])) for one in (first, second)]
        assert len(rows[0]) == len(rows[1])
        for index, pair in enumerate(zip(*rows, strict=True)):
            for known, row in zip(names, pair, strict=True):
                known[row["id"]] = f"{name} {index}"
    for one, known in zip((first, second), names, strict=True):
        for row in one["activities"]:
            known.setdefault(row["id"], "activity")
    for name in PARTS:
        left, right = (
            in_order(named(one[name], known)) for one, known in zip((first, second), names, strict=True)
        )
        assert left == right, name
    assert exported(lived)["tasks"] == first["tasks"]


def test_the_same_file_again_changes_nothing(lived: APIClient, as_bob: APIClient) -> None:
    document = exported(lived)
    state = imported(lived, document, "voice2task")
    assert state["report"]["created"] == {}
    assert state["report"]["already_there"]["task"] == len(document["tasks"])
    after = exported(lived)
    for name in PARTS:
        assert after[name] == document[name]
    assert [row["kind"] for row in after["activities"][len(document["activities"]) :]] == [
        "import.started",
        "import.progress",
        "import.finished",
    ]


def test_what_was_here_before_keeps_its_own_history(lived: APIClient, alice: User) -> None:
    """Else who only listens would take the values of then for those of now."""
    document = exported(lived)
    task = document["tasks"][0]
    lived.patch(f"{TASKS}{task['id']}/", {"title": "Now"})
    change = {"before": {"title": "x"}, "after": {"title": "y"}}
    told = history_in(document)[-1] | {
        "id": str(uuid7()), "kind": "task.updated", "data": change, "undoes_id": None, "turn_id": None,
        "subject": {"type": "task", "id": task["id"]},
    }  # fmt: skip
    state = imported(lived, document | {"activities": [told]}, "voice2task")
    assert (state["status"], state["report"]["left_out"]) == ("finished", {"activity": 1})
    assert not Activity.objects.filter(pk=told["id"]).exists()


@pytest.mark.parametrize(
    ("kind", "before", "after", "code"),
    [
        ("task.updated", {}, {"title": "y"}, "fields_invalid"),
        ("task.updated", {"due_on": "x"}, {"due_on": "2030-01-01"}, "fields_invalid"),
        ("task.updated", {"title": "x" * 501}, {"title": "y"}, "fields_invalid"),
        ("task.deleted", {"title": "x"}, {}, "fields_invalid"),
        ("task.exploded", {}, {}, "kind_unknown"),
        ("list.updated", {}, {}, "kind_unknown"),
    ],
)
def test_history_that_undo_could_not_read_is_refused(
    as_bob: APIClient, bob: User, kind: str, before: dict[str, Any], after: dict[str, Any], code: str
) -> None:
    told = {
        "id": str(uuid7()), "kind": kind, "actor": "user", "at": "2026-01-01T00:00:00Z",
        "subject": {"type": "task", "id": str(uuid7())}, "data": {"before": before, "after": after},
    }  # fmt: skip
    document = {"format": "voice2task", "version": 1, "activities": [told]}
    assert faults(imported(as_bob, document, "voice2task")) == [("activities[0]", code)]


def test_nothing_follows_from_history(lived: APIClient, as_bob: APIClient, bob: User) -> None:
    imported(as_bob, exported(lived), "voice2task")
    assert not Outbox.objects.filter(job=RUN_TURN).exists()
    turn = Turn.objects.of(bob.id).get()
    assert turn.seq < 0
    assert claim_turn(turn_id=turn.id, now=timezone.now()) is None
    receipts = as_bob.get(f"/api/v1/turns/{turn.id}/").json()["receipts"]
    assert {receipt["title"] for receipt in receipts} == {"Milk", "likes tea"}
    assert {receipt["task"] and receipt["task"]["title"] for receipt in receipts} == {"Milk", None}


def test_what_came_can_be_undone(lived: APIClient, as_bob: APIClient, bob: User) -> None:
    imported(as_bob, exported(lived), "voice2task")
    history = [one for one in activities_of(bob) if one.kind == "task.completed"]
    undone = undo_activities(actor=by(bob), activity_ids=[history[0].id], now=timezone.now())
    assert [one.kind for one in undone.undone] == ["task.completed"]
    assert undo_last(actor=by(bob), now=timezone.now()).undone
    assert Task.objects.of(bob.id).exists()


@pytest.mark.parametrize("on_error", ["skip", "abort"])
def test_a_file_that_names_what_is_not_its_owners(
    lived: APIClient, as_bob: APIClient, bob: User, on_error: str
) -> None:
    """Whoever knows the id of another's thing can neither refer to it, nor take it, nor read of it."""
    hers = Task.objects.get(title="Pack")
    row = exported(lived)["tasks"][0]
    my_list = TaskList.objects.get(user=bob)
    base = row | {"list_id": str(my_list.id), "parent_id": None, "source_span": None}
    mine = {"id": str(my_list.id), "name": "Inbox", "is_inbox": True, "created_at": row["created_at"]}
    secret = {
        "id": str(uuid7()), "kind": "task.updated", "actor": "user", "turn_id": None, "at": row["created_at"],
        "subject": {"type": "task", "id": str(hers.id)},
        "data": {"before": {"title": "x"}, "after": {"title": "y"}}, "undoes_id": None,
    }  # fmt: skip
    document = {
        "format": "voice2task",
        "version": 1,
        "lists": [mine],
        "tasks": [
            base | {"id": str(uuid7()), "title": "other list", "list_id": str(hers.list_id)},
            base | {"id": str(uuid7()), "title": "other parent", "parent_id": str(hers.parent_id)},
            base | {"id": str(hers.id), "title": "taken id"},
        ],
        "reminders": [
            {"id": str(uuid7()), "task_id": str(uuid7()), "lead_minutes": 5, "created_at": row["created_at"]}
        ],
        "activities": [secret],
    }
    state = imported(as_bob, document, "voice2task", on_error=on_error)
    assert faults(state) == [
        ("tasks[0]", "does_not_exist"),
        ("tasks[1]", "does_not_exist"),
        ("reminders[0]", "does_not_exist"),
    ]
    titles = set(Task.objects.of(bob.id).values_list("title", flat=True))
    assert titles == ({"taken id"} if on_error == "skip" else set())
    assert not Task.objects.filter(pk=hers.pk).exclude(title="Pack").exists()
    assert not Activity.objects.of(bob.id).filter(subject_id=hers.id).exists()
    assert not Reminder.objects.of(bob.id).exists()


def test_strangers_and_others(lived: APIClient, as_bob: APIClient, as_nobody: APIClient) -> None:
    state = imported(lived, exported(lived), "voice2task")
    assert as_nobody.get(EXPORT).status_code == 401
    assert as_nobody.get(IMPORT).status_code == 401
    assert post_file(as_nobody, "{}", "voice2task").status_code == 401
    assert as_nobody.get(f"{IMPORT}{state['id']}/").status_code == 401
    assert error_of(as_bob.get(f"{IMPORT}{state['id']}/"))[:2] == (404, "import_not_found")
    assert as_bob.get(IMPORT).json()["results"] == []
    assert [row["id"] for row in lived.get(IMPORT).json()["results"]] == [state["id"]]
    theirs = exported(as_bob)
    assert not theirs["tasks"]
    assert not theirs["messages"]


def test_names_that_are_there_are_the_same_thing(lived: APIClient, as_bob: APIClient, bob: User) -> None:
    created(as_bob, LISTS, name="WORK")
    created(as_bob, LABELS, name="home")
    create_memory(actor=by(bob), text="likes tea", now=timezone.now())
    created(as_bob, title="Mine", list_id=as_bob.get(LISTS).json()["results"][0]["id"])
    state = imported(as_bob, exported(lived), "voice2task")
    assert state["report"]["faults"] == []
    assert TaskList.objects.of(bob.id).filter(name__iexact="work").count() == 1
    assert Label.objects.of(bob.id).filter(name__iexact="home").count() == 1
    places = Task.objects.of(bob.id).kept().values_list("list", "position")
    assert len(places) == len(set(places))


def test_a_message_keeps_its_clients_id_once(lived: APIClient, as_bob: APIClient, bob: User) -> None:
    document = exported(lived)
    document["messages"] *= 2
    document["messages"][1] = document["messages"][1] | {"id": str(uuid7())}
    assert imported(as_bob, document, "voice2task")["report"]["faults"] == []
    clients = Message.objects.of(bob.id).order_by("id").values_list("client_id", flat=True)
    assert sorted(map(str, clients)) == sorted([document["messages"][0]["client_id"], "None"])
