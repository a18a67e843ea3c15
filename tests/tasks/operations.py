"""Whatever can be done to tasks, lists and labels, for tests that try it in any order."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from accounts.actors import Actor
from accounts.models import User
from tasks import services
from tasks.models import Label, Task, TaskList
from tests.tasks.scenes import Clock, make
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
        "start_on": st.none() | st.dates(),
        "estimate_minutes": st.none() | st.integers(1, 60),
        "links": st.lists(st.builds(lambda name: {"url": f"https://example.org/{name}"}, NAMES), max_size=2),
        "exdates": st.lists(st.dates(), max_size=2),
        "rrule": st.sampled_from(["", "FREQ=DAILY;COUNT=3", "FREQ=MONTHLY"]),
        "labels": st.lists(NAMES, max_size=3),
        "parent": INDEX,
        "list": INDEX,
    },
)
Performed = tuple[Any, Any, Any]
OPERATION = st.one_of(
    st.tuples(st.just("create"), NAMES, CHANGES),
    st.tuples(st.just("update"), INDEX, CHANGES),
    st.tuples(st.sampled_from(["complete", "reopen", "trash", "restore"]), INDEX, INDEX),
    st.tuples(st.just("move"), INDEX, INDEX),
    st.tuples(st.just("card"), INDEX, st.sampled_from(Task.Status.values)),
    st.tuples(st.sampled_from(["archive_list", "unarchive_list"]), INDEX, st.none()),
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


def perform(user: User, actor: Actor, clock: Clock, operation: Performed) -> None:
    name, *_ = operation
    at = {"actor": actor, "now": clock()}
    if name.endswith(("_list", "_label")):
        _on_places(user, at, operation)
    else:
        _on_tasks(user, at, operation)


def _on_tasks(user: User, at: Any, operation: Performed) -> None:
    name, first, second = operation
    tasks = Task.objects.of(user.id)
    match name:
        case "create":
            make(at["actor"], first, now=at["now"], **(fields_of(user, second) | {"title": first}))
        case "update":
            services.update_task(task_id=chosen(tasks, first), changes=fields_of(user, second), **at)
        case "move":
            services.move_task(task_id=chosen(tasks, first), before_id=chosen(tasks, second), **at)
        case "card":
            services.move_task(task_id=chosen(tasks, first), status=second, **at)
        case _:
            service = getattr(services, f"{name}_tasks")
            service(task_ids=[chosen(tasks, first), chosen(tasks, second)], **at)


def _on_places(user: User, at: Any, operation: Performed) -> None:
    name, first, second = operation
    lists, labels = TaskList.objects.of(user.id), Label.objects.of(user.id)
    match name:
        case "create_list":
            services.create_list(name=first, **at)
        case "create_label":
            services.create_label(name=first, **at)
        case "rename_list":
            changes: Any = {"name": second, "before_id": None}
            services.update_list(list_id=chosen(lists, first), changes=changes, **at)
        case "rename_label":
            services.update_label(label_id=chosen(labels, first), name=second, **at)
        case "archive_list" | "unarchive_list":
            changes = {"archived": name == "archive_list"}
            services.update_list(list_id=chosen(lists, first), changes=changes, **at)
        case "delete_list":
            services.delete_list(list_id=chosen(lists, first), **at)
        case "delete_label":
            services.delete_label(label_id=chosen(labels, first), **at)


def attempt(user: User, actor: Actor, clock: Clock, operation: Performed) -> None:
    """Perform an operation. What a service refuses leaves no trace."""
    try:
        perform(user, actor, clock, operation)
    except ApplicationError:
        return
