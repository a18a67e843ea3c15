"""Undo of turns, of single activities and of whatever came last."""

from __future__ import annotations

from uuid import UUID

import pytest

from accounts.models import User
from activities.models import Activity
from tasks import services
from tasks.models import Task
from tasks.services import Undone
from tests.tasks.scenes import (
    Clock,
    activities_of,
    agent_of,
    by,
    fresh,
    inbox_of,
    make,
    seq_of,
    state,
    titles,
)
from voice2task.kernel.errors import NotFound
from voice2task.kernel.identifiers import uuid7

clock = Clock()


def conflicts_of(undone: Undone) -> list[tuple[str, list[str]]]:
    return [(conflict.name, conflict.fields) for conflict in undone.conflicts]


def test_a_turn_is_undone_newest_first_and_each_reversal_is_an_activity(alice: User) -> None:
    milk, bob = make(by(alice), "Buy milk", "Call Bob")
    before, seq = state(alice), seq_of(alice)
    turn = agent_of(alice)
    assert turn.turn_id
    services.update_task(
        actor=turn,
        task_id=milk.id,
        changes={"title": "Buy oat milk", "priority": "high", "labels": ["shop"]},
        now=clock(),
    )
    services.complete_tasks(actor=turn, task_ids=[milk.id, bob.id], now=clock())
    errands = services.ensure_list(actor=turn, name="Errands", now=clock())
    services.move_task(actor=turn, task_id=bob.id, list_id=errands.id, now=clock())
    make(turn, "New one", list_id=errands.id, labels=["fresh"], now=clock())
    services.trash_tasks(actor=turn, task_ids=[milk.id], now=clock())
    done = activities_of(alice, after=seq)

    undone = services.undo_turn(actor=by(alice), turn_id=turn.turn_id, now=clock())

    assert state(alice) == before
    assert undone.conflicts == []
    assert [reversal.activity_id for reversal in undone.undone] == [activity.id for activity in done[::-1]]
    reversals = activities_of(alice, after=done[-1].seq)
    assert [activity.id for activity in reversals] == undone.activity_ids
    assert {activity.undoes_id for activity in reversals} == {activity.id for activity in done}
    assert "task.reverted" in {activity.kind for activity in reversals}


def test_an_undone_turn_is_not_undone_twice(alice: User) -> None:
    turn = agent_of(alice)
    assert turn.turn_id
    make(turn, "Buy milk")
    services.undo_turn(actor=by(alice), turn_id=turn.turn_id, now=clock())
    seq = seq_of(alice)
    again = services.undo_turn(actor=by(alice), turn_id=turn.turn_id, now=clock())
    assert (again.undone, again.conflicts, again.activity_ids) == ([], [], [])
    assert seq_of(alice) == seq


def test_undo_can_be_undone_and_done_again(alice: User) -> None:
    empty = state(alice)
    turn, undoing = agent_of(alice), agent_of(alice)
    assert turn.turn_id
    assert undoing.turn_id
    work = services.create_list(actor=turn, name="Work", now=clock())
    (task,) = make(turn, "Report", list_id=work.id, labels=["office"], now=clock())
    services.complete_tasks(actor=turn, task_ids=[task.id], now=clock())
    done = state(alice)
    services.undo_turn(actor=undoing, turn_id=turn.turn_id, now=clock())
    assert state(alice) == empty
    redone = services.undo_turn(actor=by(alice), turn_id=undoing.turn_id, now=clock())
    assert redone.conflicts == []
    assert state(alice) == done
    services.undo_turn(actor=by(alice), turn_id=turn.turn_id, now=clock())
    assert state(alice) == empty


def test_a_field_changed_since_is_a_conflict_and_left_alone(alice: User) -> None:
    (task,) = make(by(alice), "Buy milk")
    turn = agent_of(alice)
    assert turn.turn_id
    services.update_task(
        actor=turn, task_id=task.id, changes={"title": "Buy oat milk", "priority": "high"}, now=clock()
    )
    services.update_task(actor=by(alice), task_id=task.id, changes={"title": "Mine"}, now=clock())
    undone = services.undo_turn(actor=by(alice), turn_id=turn.turn_id, now=clock())
    assert conflicts_of(undone) == [("Mine", ["title"])]
    assert [reversal.name for reversal in undone.undone] == ["Mine"]
    assert (fresh(task)["title"], fresh(task)["priority"]) == ("Mine", "none")


def test_what_was_set_back_by_hand_is_no_conflict(alice: User) -> None:
    (task,) = make(by(alice), "Buy milk")
    turn = agent_of(alice)
    assert turn.turn_id
    services.complete_tasks(actor=turn, task_ids=[task.id], now=clock())
    services.reopen_tasks(actor=by(alice), task_ids=[task.id], now=clock())
    undone = services.undo_turn(actor=by(alice), turn_id=turn.turn_id, now=clock())
    assert (undone.undone, undone.conflicts) == ([], [])


def test_status_and_its_moment_are_one(alice: User) -> None:
    (task,) = make(by(alice), "Buy milk")
    turn = agent_of(alice)
    assert turn.turn_id
    services.complete_tasks(actor=turn, task_ids=[task.id], now=clock())
    services.update_task(actor=by(alice), task_id=task.id, changes={"status": "dismissed"}, now=clock())
    undone = services.undo_turn(actor=by(alice), turn_id=turn.turn_id, now=clock())
    assert conflicts_of(undone) == [("Buy milk", ["status", "completed_at"])]
    assert fresh(task)["status"] == "dismissed"


def test_a_completed_occurrence_comes_back(alice: User) -> None:
    (task,) = make(by(alice), "Water plants", rrule="FREQ=DAILY;COUNT=3", due_on=clock().date())
    before = state(alice)
    services.complete_tasks(actor=by(alice), task_ids=[task.id], now=clock())
    assert fresh(task)["rrule"] == "FREQ=DAILY;COUNT=2"
    services.undo_last(actor=by(alice), now=clock())
    assert state(alice) == before


def test_a_deleted_list_comes_back_with_its_tasks(alice: User) -> None:
    work = services.create_list(actor=by(alice), name="Work", colour="#00ff00", now=clock())
    _one, _two, gone = make(by(alice), "One", "Two", "Gone", list_id=work.id, now=clock())
    services.trash_tasks(actor=by(alice), task_ids=[gone.id], now=clock())
    make(by(alice), "Already there", now=clock())
    before = state(alice)
    services.delete_list(actor=by(alice), list_id=work.id, now=clock())
    assert titles(alice) == ["Already there", "One", "Two"]
    assert fresh(gone)["list"] == "Inbox"
    services.undo_last(actor=by(alice), now=clock())
    assert state(alice) == before
    assert titles(alice, work) == ["One", "Two"]
    assert fresh(gone)["list"] == "Work"


def test_a_deleted_label_comes_back_on_its_tasks(alice: User) -> None:
    label = services.create_label(actor=by(alice), name="Home", now=clock())
    make(by(alice), "One", "Two", labels=["home", "other"], now=clock())
    before = state(alice)
    services.delete_label(actor=by(alice), label_id=label.id, now=clock())
    assert {tuple(task["labels"]) for task in state(alice)["tasks"]} == {("other",)}
    services.undo_last(actor=by(alice), now=clock())
    assert state(alice) == before


def test_a_place_taken_since_is_settled_beside(alice: User) -> None:
    _one, two, three = make(by(alice), "One", "Two", "Three")
    turn = agent_of(alice)
    assert turn.turn_id
    services.trash_tasks(actor=turn, task_ids=[two.id], now=clock())
    services.move_task(actor=by(alice), task_id=three.id, after_id=_one.id, now=clock())
    Task.objects.filter(pk=three.pk).update(position=two.position)
    services.undo_turn(actor=by(alice), turn_id=turn.turn_id, now=clock())
    assert titles(alice) == ["One", "Three", "Two"]


def test_what_cannot_be_as_it_was_is_a_conflict(alice: User) -> None:
    work = services.create_list(actor=by(alice), name="Work", now=clock())
    parent, child = make(by(alice), "Parent", "Child", now=clock())
    services.update_task(actor=by(alice), task_id=child.id, changes={"parent_id": parent.id}, now=clock())
    (task,) = make(by(alice), "Task", list_id=work.id, now=clock())
    turn = agent_of(alice)
    assert turn.turn_id
    services.move_task(actor=turn, task_id=task.id, list_id=inbox_of(alice).id, now=clock())
    services.update_task(actor=turn, task_id=child.id, changes={"parent_id": None}, now=clock())
    services.delete_list(actor=by(alice), list_id=work.id, now=clock())
    services.update_task(actor=by(alice), task_id=parent.id, changes={"parent_id": child.id}, now=clock())
    undone = services.undo_turn(actor=by(alice), turn_id=turn.turn_id, now=clock())
    assert conflicts_of(undone) == [("Child", ["parent_id"]), ("Task", ["list_id", "position"])]


def test_a_made_list_that_is_in_use_stays(alice: User) -> None:
    turn = agent_of(alice)
    assert turn.turn_id
    work = services.create_list(actor=turn, name="Work", now=clock())
    services.create_label(actor=turn, name="Home", now=clock())
    make(by(alice), "Mine", list_id=work.id, labels=["home"], now=clock())
    undone = services.undo_turn(actor=by(alice), turn_id=turn.turn_id, now=clock())
    assert conflicts_of(undone) == [("Home", ["tasks"]), ("Work", ["tasks"])]


def test_changed_lists_and_labels_go_back(alice: User) -> None:
    work = services.create_list(actor=by(alice), name="Work", now=clock())
    services.create_list(actor=by(alice), name="Home", now=clock())
    label = services.create_label(actor=by(alice), name="urgent", now=clock())
    before = state(alice)
    turn = agent_of(alice)
    assert turn.turn_id
    services.update_list(
        actor=turn, list_id=work.id, changes={"name": "Office", "colour": "#123456"}, now=clock()
    )
    services.update_list(actor=turn, list_id=work.id, changes={"before_id": None}, now=clock())
    services.update_label(actor=turn, label_id=label.id, name="soon", now=clock())
    assert services.undo_turn(actor=by(alice), turn_id=turn.turn_id, now=clock()).conflicts == []
    assert state(alice) == before


def test_names_taken_since_are_conflicts(alice: User) -> None:
    work = services.create_list(actor=by(alice), name="Work", now=clock())
    old = services.create_list(actor=by(alice), name="Old", now=clock())
    label = services.create_label(actor=by(alice), name="a", now=clock())
    gone = services.create_label(actor=by(alice), name="b", now=clock())
    turn = agent_of(alice)
    assert turn.turn_id
    services.update_list(actor=turn, list_id=work.id, changes={"name": "W"}, now=clock())
    services.delete_list(actor=turn, list_id=old.id, now=clock())
    services.update_label(actor=turn, label_id=label.id, name="A2", now=clock())
    services.delete_label(actor=turn, label_id=gone.id, now=clock())
    for name in ("work", "OLD"):
        services.create_list(actor=by(alice), name=name, now=clock())
    for name in ("A", "B"):
        services.create_label(actor=by(alice), name=name, now=clock())
    undone = services.undo_turn(actor=by(alice), turn_id=turn.turn_id, now=clock())
    assert [fields for _name, fields in conflicts_of(undone)] == [["name"]] * 4
    assert undone.undone == []


def test_a_list_name_or_label_name_changed_since_is_a_conflict(alice: User) -> None:
    work = services.create_list(actor=by(alice), name="Work", now=clock())
    label = services.create_label(actor=by(alice), name="a", now=clock())
    turn = agent_of(alice)
    assert turn.turn_id
    services.update_list(actor=turn, list_id=work.id, changes={"name": "W"}, now=clock())
    services.update_label(actor=turn, label_id=label.id, name="b", now=clock())
    services.update_list(actor=by(alice), list_id=work.id, changes={"name": "Mine"}, now=clock())
    services.update_label(actor=by(alice), label_id=label.id, name="mine", now=clock())
    undone = services.undo_turn(actor=by(alice), turn_id=turn.turn_id, now=clock())
    assert [fields for _name, fields in conflicts_of(undone)] == [["name"], ["name"]]


def test_subjects_that_are_gone_or_back_already(alice: User) -> None:
    """What the erasing of rows or an undo by hand leaves behind does not stop the rest of an undo."""
    turn = agent_of(alice)
    assert turn.turn_id
    _new, gone = make(turn, "New", "Gone")
    services.update_task(actor=turn, task_id=gone.id, changes={"title": "Changed"}, now=clock())
    made = services.create_list(actor=turn, name="Made", now=clock())
    services.update_list(actor=turn, list_id=made.id, changes={"name": "Renamed"}, now=clock())
    label = services.create_label(actor=turn, name="made", now=clock())
    services.update_label(actor=turn, label_id=label.id, name="renamed", now=clock())
    gone.delete()
    services.delete_list(actor=by(alice), list_id=made.id, now=clock())
    services.delete_label(actor=by(alice), label_id=label.id, now=clock())
    undone = services.undo_turn(actor=by(alice), turn_id=turn.turn_id, now=clock())
    assert [fields for _name, fields in conflicts_of(undone)] == [["id"], ["id"], ["id"]]
    assert [reversal.name for reversal in undone.undone] == ["New"]


def test_undo_last_walks_backwards(alice: User) -> None:
    empty = state(alice)
    make(by(alice), "By hand", now=clock())
    first = state(alice)
    make(agent_of(alice), "By the agent", now=clock())
    second = state(alice)
    make(by(alice), "Both", "at once", now=clock())
    for expected in (second, first, empty, empty):
        services.undo_last(actor=by(alice), now=clock())
        assert state(alice) == expected


def test_undo_last_leaves_out_its_own_turn_undos_and_the_inbox(alice: User) -> None:
    make(by(alice), "By hand", now=clock())
    turn = agent_of(alice)
    make(turn, "This turn", now=clock())
    assert [one.name for one in services.undo_last(actor=turn, now=clock()).undone] == ["By hand"]
    assert services.undo_last(actor=turn, now=clock()) == Undone()
    assert titles(alice) == ["This turn"]


def test_what_the_system_did_is_not_the_last_action(alice: User) -> None:
    from accounts.actors import Actor

    make(Actor(alice.id, "system"), "Seeded", now=clock())
    assert services.undo_last(actor=by(alice), now=clock()) == Undone()


def test_single_activities_are_undone(alice: User) -> None:
    make(by(alice), "One", "Two")
    first = activities_of(alice)[-2]
    undone = services.undo_activities(actor=by(alice), activity_ids=[first.id], now=clock())
    assert [reversal.name for reversal in undone.undone] == ["One"]
    assert titles(alice) == ["Two"]
    services.undo_activities(actor=by(alice), activity_ids=undone.activity_ids, now=clock())
    assert titles(alice) == ["One", "Two"]


def test_the_activities_of_others_and_of_other_kinds_are_not_found(alice: User, bob: User) -> None:
    make(by(alice), "Mine")
    seq = seq_of(alice)
    registered = Activity.objects.of(bob.id).get(kind="user.registered")
    for id_ in (uuid7(), registered.id, activities_of(alice)[-1].id):
        with pytest.raises(NotFound):
            services.undo_activities(actor=by(bob), activity_ids=[id_], now=clock())
    turn = agent_of(alice)
    assert turn.turn_id
    make(turn, "By the agent")
    assert services.undo_turn(actor=by(bob), turn_id=turn.turn_id, now=clock()) == Undone()
    assert titles(alice) == ["Mine", "By the agent"]
    assert seq_of(alice) == seq + 1


def test_what_came_back_by_another_undo_is_left(alice: User) -> None:
    """A deletion that was undone and redone stands twice in the record; one undo of it is enough."""
    work = services.create_list(actor=by(alice), name="Work", now=clock())
    label = services.create_label(actor=by(alice), name="home", now=clock())
    before, seq = state(alice), seq_of(alice)
    services.delete_list(actor=by(alice), list_id=work.id, now=clock())
    services.delete_label(actor=by(alice), label_id=label.id, now=clock())
    deleted = [activity.id for activity in activities_of(alice, after=seq)]

    def undo(ids: list[UUID]) -> list[UUID]:
        return services.undo_activities(actor=by(alice), activity_ids=ids, now=clock()).activity_ids

    deleted_again = undo(undo(deleted))
    undo(deleted)
    assert state(alice) == before
    assert undo(deleted_again) == []
    assert state(alice) == before


def test_the_inbox_is_not_undone(alice: User) -> None:
    made = Activity.objects.of(alice.id).get(kind="list.created")
    undone = services.undo_activities(actor=by(alice), activity_ids=[made.id], now=clock())
    assert conflicts_of(undone) == [("Inbox", ["is_inbox"])]
