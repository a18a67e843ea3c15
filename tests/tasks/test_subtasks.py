"""What becomes of the tasks below one that is completed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from conversations.agent.tools import TOOLS
from tasks import services
from tests.tasks.doors import TASKS, created, error_of
from tests.tasks.scenes import MONDAY, agent_of, by, fresh, kinds_of, make, seq_of

ME = "/api/v1/auth/me/"


@pytest.fixture
def project(as_alice: APIClient) -> list[dict[str, Any]]:
    """A task, one below it, and one below that; a done and a trashed one beside."""
    top = created(as_alice, title="Move house")
    middle = created(as_alice, title="Pack", parent_id=top["id"])
    bottom = created(as_alice, title="Buy boxes", parent_id=middle["id"])
    created(as_alice, title="Find a flat", parent_id=top["id"], status="done")
    gone = created(as_alice, title="Panic", parent_id=top["id"])
    as_alice.delete(f"{TASKS}{gone['id']}/")
    return [top, middle, bottom]


def prefer(client: APIClient, choice: str) -> None:
    assert client.patch(ME, {"subtasks_on_complete": choice}).status_code == 200


def statuses(client: APIClient, tasks: list[dict[str, Any]]) -> list[str]:
    return [client.get(f"{TASKS}{task['id']}/").json()["status"] for task in tasks]


def test_they_are_completed_with_it(as_alice: APIClient, alice: User, project: list[dict[str, Any]]) -> None:
    seq = seq_of(alice)
    done = as_alice.post(f"{TASKS}{project[0]['id']}/complete/").json()
    assert (done["title"], done["status"]) == ("Move house", "done")
    assert statuses(as_alice, project) == ["done", "done", "done"]
    assert kinds_of(alice, after=seq) == ["task.completed"] * 3


def test_they_stay_for_who_prefers_that(as_alice: APIClient, project: list[dict[str, Any]]) -> None:
    prefer(as_alice, "keep")
    as_alice.post(f"{TASKS}{project[0]['id']}/complete/")
    assert statuses(as_alice, project) == ["done", "open", "open"]


def test_who_wants_to_be_asked_is_asked(
    as_alice: APIClient, alice: User, project: list[dict[str, Any]]
) -> None:
    prefer(as_alice, "ask")
    url, seq = f"{TASKS}{project[0]['id']}/complete/", seq_of(alice)
    refused = as_alice.post(url)
    assert error_of(refused) == (409, "open_subtasks", None)
    assert set(refused.json()["extra"]["task_ids"]) == {project[1]["id"], project[2]["id"]}
    assert error_of(as_alice.patch(f"{TASKS}{project[0]['id']}/", {"status": "done"}))[1] == "open_subtasks"
    assert seq_of(alice) == seq
    assert as_alice.post(url, {"subtasks": "complete"}).status_code == 200
    assert statuses(as_alice, project) == ["done", "done", "done"]


def test_without_open_subtasks_nobody_is_asked(
    as_alice: APIClient, alice: User, project: list[dict[str, Any]]
) -> None:
    prefer(as_alice, "ask")
    assert as_alice.post(f"{TASKS}{project[2]['id']}/complete/").status_code == 200
    # What is below the one is named itself.
    both = [UUID(project[0]["id"]), UUID(project[1]["id"])]
    services.complete_tasks(actor=by(alice), task_ids=both, now=MONDAY)
    assert statuses(as_alice, project) == ["done", "done", "done"]


def test_the_body_names_what_there_is(as_alice: APIClient, project: list[dict[str, Any]]) -> None:
    url = f"{TASKS}{project[0]['id']}/complete/"
    assert error_of(as_alice.post(url, {"subtasks": "burn"})) == (400, "invalid_choice", "subtasks")
    assert error_of(as_alice.post(url, {"all": True})) == (400, "unknown_field", "all")


def test_what_repeats_opens_what_was_done_below_it(alice: User) -> None:
    weekly = make(by(alice), "Clean", due_on=MONDAY.date(), rrule="FREQ=WEEKLY")[0]
    kitchen, bath = make(by(alice), "Kitchen", "Bath", parent_id=weekly.id)
    services.complete_tasks(actor=by(alice), task_ids=[kitchen.id], now=MONDAY)
    seq = seq_of(alice)
    services.complete_tasks(actor=by(alice), task_ids=[weekly.id], now=MONDAY)
    assert (fresh(weekly)["status"], fresh(weekly)["due_on"]) == ("open", "2026-03-09")
    assert (fresh(kitchen)["status"], fresh(bath)["status"]) == ("open", "open")
    assert kinds_of(alice, after=seq) == ["task.completed", "task.reopened"]


def test_below_a_finished_task_nothing_repeats(alice: User) -> None:
    top = make(by(alice), "Project")[0]
    daily = make(by(alice), "Stand-up", parent_id=top.id, due_on=MONDAY.date(), rrule="FREQ=DAILY")[0]
    services.complete_tasks(actor=by(alice), task_ids=[top.id], now=MONDAY)
    assert fresh(daily)["status"] == "done"


def test_undoing_the_turn_opens_them_all(alice: User) -> None:
    top = make(by(alice), "Project")[0]
    below = make(by(alice), "Part", parent_id=top.id)[0]
    turn = agent_of(alice)
    assert turn.turn_id
    services.complete_tasks(actor=turn, task_ids=[top.id], now=MONDAY)
    undone = services.undo_turn(actor=by(alice), turn_id=turn.turn_id, now=MONDAY)
    assert (len(undone.undone), undone.conflicts) == (2, [])
    assert (fresh(top)["status"], fresh(below)["status"]) == ("open", "open")


def test_the_agent_is_told_to_ask(alice: User) -> None:
    alice.subtasks_on_complete = "ask"
    alice.save()
    top = make(by(alice), "Project")[0]
    below = make(by(alice), "Part", parent_id=top.id)[0]
    with pytest.raises(services.OpenSubtasks, match="“Part”"):
        TOOLS["complete_tasks"].call({"references": ["project"]}, actor=agent_of(alice), now=MONDAY)
    told = TOOLS["complete_tasks"].call(
        {"references": ["project"], "subtasks": "keep"}, actor=agent_of(alice), now=MONDAY
    )
    assert (told["status"], fresh(top)["status"], fresh(below)["status"]) == ("done", "done", "open")


def test_no_task_comes_below_itself(as_alice: APIClient, project: list[dict[str, Any]]) -> None:
    for below in project:
        refused = as_alice.patch(f"{TASKS}{project[0]['id']}/", {"parent_id": below["id"]})
        assert error_of(refused) == (400, "parent_loop", "parent_id")
