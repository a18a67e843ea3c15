"""Whatever is done, undoing all of it gives the first state; undoing that gives the last."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.actors import Actor
from accounts.models import User
from activities.models import Activity
from tasks import services
from tasks.models import Label, Task, TaskList
from tests.conftest import register
from tests.tasks.scenes import Clock, make, state
from voice2task.kernel.errors import ApplicationError
from voice2task.kernel.identifiers import uuid7

NAMES = st.sampled_from(["a", "b", "C", "c"])
INDEX = st.integers(min_value=0, max_value=5)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "title": NAMES,
        "notes": st.sampled_from(["", "x"]),
        "status": st.sampled_from(Task.Status.values),
        "priority": st.sampled_from(Task.Priority.values),
        "due_on": st.none() | st.dates(),
        "rrule": st.sampled_from(["", "FREQ=DAILY;COUNT=3", "FREQ=MONTHLY"]),
        "labels": st.lists(NAMES, max_size=3),
        "parent": INDEX,
        "list": INDEX,
    },
)
OPERATION = st.one_of(
    st.tuples(st.just("create"), NAMES, CHANGES),
    st.tuples(st.just("update"), INDEX, CHANGES),
    st.tuples(st.sampled_from(["complete", "reopen", "trash", "restore"]), INDEX, INDEX),
    st.tuples(st.just("move"), INDEX, INDEX),
    st.tuples(st.sampled_from(["create_list", "create_label"]), NAMES, st.none()),
    st.tuples(st.sampled_from(["rename_list", "rename_label"]), INDEX, NAMES),
    st.tuples(st.sampled_from(["delete_list", "delete_label"]), INDEX, st.none()),
)


def chosen(rows: Any, index: int) -> Any:
    ids = list(rows.order_by("id").values_list("id", flat=True))
    return ids[index % len(ids)] if ids else uuid7()


def fields_of(user: User, changes: dict[str, Any]) -> Any:
    fields = dict(changes)
    if "parent" in fields:
        fields["parent_id"] = chosen(Task.objects.of(user.id), fields.pop("parent"))
    if "list" in fields:
        fields["list_id"] = chosen(TaskList.objects.of(user.id), fields.pop("list"))
    return fields


def perform(user: User, actor: Actor, clock: Clock, operation: tuple[Any, Any, Any]) -> None:
    name, first, second = operation
    at: Any = {"actor": actor, "now": clock()}
    tasks, lists, labels = (model.objects.of(user.id) for model in (Task, TaskList, Label))
    match name:
        case "create":
            make(actor, first, now=at["now"], **(fields_of(user, second) | {"title": first}))
        case "update":
            services.update_task(task_id=chosen(tasks, first), changes=fields_of(user, second), **at)
        case "move":
            services.move_task(task_id=chosen(tasks, first), before_id=chosen(tasks, second), **at)
        case "create_list":
            services.create_list(name=first, **at)
        case "create_label":
            services.create_label(name=first, **at)
        case "rename_list":
            services.update_list(
                list_id=chosen(lists, first), changes={"name": second, "before_id": None}, **at
            )
        case "rename_label":
            services.update_label(label_id=chosen(labels, first), name=second, **at)
        case "delete_list":
            services.delete_list(list_id=chosen(lists, first), **at)
        case "delete_label":
            services.delete_label(label_id=chosen(labels, first), **at)
        case _:
            service = getattr(services, f"{name}_tasks")
            service(task_ids=[chosen(tasks, first), chosen(tasks, second)], **at)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(OPERATION, max_size=12))
def test_undo_of_everything_gives_the_first_state(operations: list[tuple[Any, Any, Any]]) -> None:
    user = register(f"{uuid7()}@example.com")
    clock = Clock()
    turn, undoing = Actor(user.id, "agent", uuid7()), Actor(user.id, "agent", uuid7())
    assert turn.turn_id
    assert undoing.turn_id
    make(Actor(user.id), "first", "second", labels=["a"], now=clock())
    before = state(user)
    for operation in operations:
        try:
            perform(user, turn, clock, operation)
        except ApplicationError:
            # What a service refuses leaves no trace.
            continue
    after = state(user)
    undone = services.undo_turn(actor=undoing, turn_id=turn.turn_id, now=clock())
    assert (state(user), undone.conflicts) == (before, [])
    redone = services.undo_turn(actor=Actor(user.id), turn_id=undoing.turn_id, now=clock())
    assert (state(user), redone.conflicts) == (after, [])
    seqs = list(Activity.objects.of(user.id).order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, len(seqs) + 1))
