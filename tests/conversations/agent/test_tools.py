"""Each tool, called by a model: what it changes, what it answers, what it leaves to the user."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from conversations.models import Memory, Turn
from tasks.models import Label, Task, TaskList
from tasks.services import complete_tasks, create_tasks, trash_tasks
from tests.conftest import client_of, register
from tests.conversations.agent.conftest import Person, receipts
from tests.conversations.conftest import Models
from tests.fakes.script import Answer, Call, by_step

pytestmark = pytest.mark.django_db(transaction=True)

JSON = dict[str, Any]
Use = Callable[..., JSON]


@pytest.fixture
def use(carol: Person, models: Models) -> Use:
    """`use(tool, since=None, **arguments)`: the result of one call, made in a turn of carol's."""

    def call(tool: str, /, *, since: Turn | None = None, **arguments: Any) -> JSON:
        models(openai=by_step(Answer(calls=(Call(tool, arguments),)), Answer("There you are.")))
        where = {"conversation_id": since.conversation_id} if since else {}
        turn = carol.say("do it", **where)
        result: JSON = turn.steps.get(kind="tool").result
        return result | {"turn": turn}

    return call


def make(carol: Person, *titles: str, **fields: Any) -> list[Task]:
    drafts: list[Any] = [{"title": title, **fields} for title in titles]
    return create_tasks(actor=carol.actor, drafts=drafts, now=timezone.now())


def titles(carol: Person, name: str) -> list[str]:
    kept = Task.objects.of(carol.user.id).kept().filter(list__name=name)
    return list(kept.order_by("position").values_list("title", flat=True))


def test_tasks_are_moved_to_a_list_that_may_be_new(carol: Person, use: Use) -> None:
    make(carol, "Buy milk", "Call Bob", "Mow the lawn")
    result = use("move_tasks", references=["the lawn", "milk"], list="Garden")
    assert result["status"] == "done"
    assert [task["list"] for task in result["tasks"]] == ["Garden", "Garden"]
    assert (titles(carol, "Garden"), titles(carol, "Inbox")) == (["Mow the lawn", "Buy milk"], ["Call Bob"])


def test_tasks_are_moved_to_a_place_among_others(carol: Person, use: Use) -> None:
    make(carol, "First", "Second", "Third")
    assert use("move_tasks", references=["Third"], before="First")["status"] == "done"
    assert titles(carol, "Inbox") == ["Third", "First", "Second"]
    assert use("move_tasks", references=["Third"], after="First")["status"] == "done"
    assert titles(carol, "Inbox") == ["First", "Third", "Second"]


def test_a_move_to_nowhere_or_to_two_places_names_the_fault(carol: Person, use: Use) -> None:
    make(carol, "First", "Second", "Third")
    for arguments in ({}, {"before": "Second", "after": "Third"}, {"list": ""}):
        result = use("move_tasks", references=["First"], **arguments)
        assert (result["status"], result["code"]) == ("error", "arguments_invalid")
    assert titles(carol, "Inbox") == ["First", "Second", "Third"]


def test_a_task_is_made_to_repeat_and_not_to(carol: Person, use: Use) -> None:
    (task,) = make(carol, "Water the plants", due_at=timezone.now() + timedelta(days=1))
    result = use("set_recurrence", reference="plants", rrule="FREQ=WEEKLY;BYDAY=MO")
    assert result["task"]["rrule"] == "FREQ=WEEKLY;BYDAY=MO"
    result = use("set_recurrence", reference="plants", rrule="FREQ=DAILY", repeat_from="completion")
    task.refresh_from_db()
    assert (task.rrule, task.repeat_from) == ("FREQ=DAILY", "completion")
    use("set_recurrence", reference="plants", rrule="")
    task.refresh_from_db()
    assert task.rrule == ""
    assert use("set_recurrence", reference="plants", rrule="FREQ=OFTEN")["status"] == "error"


def test_an_occurrence_is_left_out(carol: Person, use: Use) -> None:
    (task,) = make(carol, "Water the plants", due_on=date(2031, 6, 2), rrule="FREQ=WEEKLY")
    result = use("skip_occurrence", references=["plants"])
    assert (result["status"], result["tasks"][0]["due_on"]) == ("done", "2031-06-09")
    task.refresh_from_db()
    assert (task.status, task.rrule) == ("open", "FREQ=WEEKLY")


def test_a_repetition_can_begin_on_another_day_at_the_same_time(carol: Person, use: Use) -> None:
    (task,) = make(carol, "Water the plants", due_at=timezone.now().replace(hour=9, minute=30))
    use("set_recurrence", reference="plants", rrule="FREQ=DAILY", starts="2031-06-02")
    task.refresh_from_db()
    assert task.due_at is not None
    berlin = task.due_at.astimezone(carol.user.zone)
    assert (str(berlin.date()), berlin.minute) == ("2031-06-02", 30)


def test_subtasks_stand_below_their_task(carol: Person, use: Use) -> None:
    (task,) = make(carol, "Move house")
    result = use("add_subtasks", reference="the house", titles=["Pack", "Carry"])
    assert [step["title"] for step in result["tasks"]] == ["Pack", "Carry"]
    assert result["parent"]["id"] == str(task.id)
    assert set(Task.objects.filter(parent=task).values_list("title", flat=True)) == {"Pack", "Carry"}


def test_the_trash_is_where_restored_tasks_are_looked_for(carol: Person, use: Use) -> None:
    gone, _ = make(carol, "Buy milk", "Buy milk powder")
    trash_tasks(actor=carol.actor, task_ids=[gone.id], now=timezone.now())
    assert use("restore_tasks", references=["milk"])["tasks"][0]["id"] == str(gone.id)
    assert Task.objects.of(carol.user.id).trashed().count() == 0
    assert use("restore_tasks", references=["milk"])["status"] == "not_found"


def test_lists_are_made_renamed_coloured_and_deleted(carol: Person, use: Use) -> None:
    use("manage_lists", action="create", name="Work", colour="#aabbcc")
    assert TaskList.objects.get(name="Work").colour == "#aabbcc"
    make(carol, "Write", list_id=TaskList.objects.get(name="Work").id)
    use("manage_lists", action="rename", name="work", new_name="Office")
    use("manage_lists", action="recolour", name="Office", colour="#000000")
    assert TaskList.objects.get(name="Office").colour == "#000000"
    use("manage_lists", action="archive", name="Office")
    assert TaskList.objects.get(name="Office").archived_at is not None
    use("manage_lists", action="unarchive", name="Office")
    assert TaskList.objects.get(name="Office").archived_at is None
    result = use("manage_lists", action="delete", name="Office")
    assert (result["status"], result["tasks_moved_to_inbox"]) == ("done", 1)
    assert titles(carol, "Inbox") == ["Write"]
    assert use("manage_lists", action="delete", name="Office")["status"] == "not_found"
    assert use("manage_lists", action="delete", name="Inbox")["status"] == "error"
    assert use("manage_lists", action="create", name="Inbox")["status"] == "error"
    assert use("manage_lists", action="rename", name="Inbox")["code"] == "arguments_invalid"


def test_a_task_is_put_in_progress_with_an_estimate(carol: Person, use: Use) -> None:
    (task,) = make(carol, "Write")
    result = use("update_task", reference="write", status="in_progress", estimate_minutes=90)
    assert result["changed"] == ["status"]
    task.refresh_from_db()
    assert (task.status, task.estimate_minutes) == ("in_progress", 90)
    assert use("update_task", reference="write", status="done")["code"] == "arguments_invalid"


def test_labels_are_made_renamed_and_deleted(carol: Person, use: Use) -> None:
    use("manage_labels", action="create", name="home")
    make(carol, "Clean", labels=["home"])
    use("manage_labels", action="rename", name="home", new_name="house")
    assert list(Label.objects.values_list("name", flat=True)) == ["house"]
    assert use("manage_labels", action="delete", name="House")["status"] == "done"
    assert Task.objects.get().labels.count() == 0
    assert use("manage_labels", action="delete", name="house")["status"] == "not_found"


def test_undo_takes_back_what_was_done_last(carol: Person, use: Use) -> None:
    turn = use("create_tasks", tasks=[{"title": "Buy milk"}])["turn"]
    result = use("undo", since=turn)
    assert result["undone"] == [{"kind": "task.created", "title": "Buy milk"}]
    assert titles(carol, "Inbox") == []
    assert receipts(result["turn"])


def test_undo_of_nothing_says_so(use: Use) -> None:
    assert use("undo")["status"] == "nothing"
    assert use("undo", turn_id="01a20c1f-e924-7377-9661-1473e6f751e2")["code"] == "turn_not_found"


def test_facts_are_kept_once_listed_and_deleted_by_the_user(carol: Person, use: Use) -> None:
    for _ in range(2):
        assert use("remember", text="Likes tea.")["memory"]["text"] == "Likes tea."
    client = client_of(carol.user)
    (fact,) = client.get("/api/v1/memories/").json()["results"]
    assert fact["text"] == "Likes tea."
    assert carol.kinds().count("memory.created") == 1
    bob = client_of(register("bob@example.com"))
    assert bob.get("/api/v1/memories/").json()["results"] == []
    assert bob.delete(f"/api/v1/memories/{fact['id']}/").status_code == 404
    assert client.delete(f"/api/v1/memories/{fact['id']}/").status_code == 204
    assert client.delete(f"/api/v1/memories/{fact['id']}/").status_code == 404
    assert not Memory.objects.exists()


def test_facts_are_told_through_rest_too(carol: Person) -> None:
    client = client_of(carol.user)
    key = {"HTTP_IDEMPOTENCY_KEY": "one"}
    first = client.post("/api/v1/memories/", {"text": "Likes tea."}, **key)
    again = client.post("/api/v1/memories/", {"text": "Likes tea."}, **key)
    assert (first.status_code, again.json()) == (201, first.json())
    for text in ("", " ", "x" * 501, "a\x00b"):
        assert client.post("/api/v1/memories/", {"text": text}).status_code == 400
    assert carol.kinds().count("memory.created") == 1


def test_a_fact_that_several_could_be_is_not_forgotten(carol: Person, use: Use) -> None:
    for text in ("Likes green tea.", "Likes black tea."):
        use("remember", text=text)
    result = use("forget", reference="tea")
    assert result["status"] == "which"
    assert {row["memory"]["title"] for row in result["memories"]} == {"Likes green tea.", "Likes black tea."}
    assert Memory.objects.count() == 2
    assert use("forget", reference="coffee")["status"] == "not_found"


def test_the_agenda_tells_what_is_ahead(carol: Person, use: Use) -> None:
    today = timezone.now().astimezone(carol.user.zone).date()
    make(carol, "Late", due_on=today - timedelta(days=1))
    make(carol, "Soon", due_on=today + timedelta(days=1))
    make(carol, "Far", due_on=today + timedelta(days=9))
    make(carol, "Daily", due_on=today, rrule="FREQ=DAILY")
    make(carol, "Whenever")
    result = use("get_agenda", days=3)
    assert [task["title"] for task in result["overdue"]] == ["Late"]
    days = {day["date"]: {task["title"] for task in day["tasks"]} for day in result["days"]}
    assert days == {
        str(today): {"Daily"},
        str(today + timedelta(days=1)): {"Daily", "Soon"},
        str(today + timedelta(days=2)): {"Daily"},
    }
    assert use("get_agenda", days=32)["code"] == "arguments_invalid"
    assert use("get_agenda", start="9999-12-31")["code"] == "arguments_invalid"


def test_of_several_tasks_the_one_spoken_of_is_meant(carol: Person, use: Use) -> None:
    first, second = make(carol, "Call Anna about the house", "Call Anna about the car")
    assert use("complete_tasks", references=["call Anna"])["status"] == "choices"
    turn = use("update_task", reference=str(second.id), priority="high")["turn"]
    result = use("complete_tasks", since=turn, references=["call Anna"])
    assert [task["id"] for task in result["tasks"]] == [str(second.id)]
    first.refresh_from_db()
    assert first.status == "open"
    # Elsewhere nothing was spoken of.
    make(carol, "Call Anna about the boat")
    assert use("complete_tasks", references=["call Anna"])["status"] == "choices"


@pytest.mark.parametrize(("count", "status"), [(0, "error"), (1, "done"), (50, ""), (51, "error")])
def test_one_to_fifty_tasks_are_created_at_once(
    carol: Person, models: Models, count: int, status: str
) -> None:
    call = Call("create_tasks", {"tasks": [{"title": f"Task {number}"} for number in range(count)]})
    models(openai=by_step(Answer(calls=(call,)), Answer("There you are.")))
    turn = carol.say("do it")
    steps = [step.result["status"] for step in turn.steps.filter(kind="tool")]
    assert steps == ([status] if status else [])
    if not status:
        assert (turn.status, carol.waiting().rows) == ("awaiting_approval", 50)


def test_tasks_are_found_by_words_of_all_kinds_however_they_are_spelt(carol: Person, use: Use) -> None:
    make(carol, "Renew the passport", labels=["city hall"])
    make(carol, "Call Bob")
    for text in ("passprot", "renew city"):
        assert [task["title"] for task in use("find_tasks", text=text)["tasks"]] == ["Renew the passport"]
    assert use("find_tasks", text="visa")["tasks"] == []


def test_what_was_finished_is_counted_on_wish(carol: Person, use: Use) -> None:
    done = make(carol, "Buy milk", "Call Bob", "Mow the lawn")
    complete_tasks(actor=carol.actor, task_ids=[task.id for task in done[:2]], now=timezone.now())
    today = timezone.localdate(timezone=carol.user.zone)
    week = use("get_agenda", start=str(today - timedelta(days=6)), days=7, finished=True)
    assert week["finished"] == {"count": 2, "days": [{"date": str(today), "count": 2}]}
    assert "finished" not in use("get_agenda")
