"""The tools about time, through the table from which the agent calls them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from accounts.models import User
from activities.models import Activity
from conversations.agent.tools import TOOLS
from conversations.agent.tools.base import ArgumentsInvalid
from tasks import services
from tasks.models import Reminder, Task
from tasks.services import ReminderPast, TaskClosed
from tests.tasks.scenes import agent_of, by, fresh, make, seq_of

BERLIN = ZoneInfo("Europe/Berlin")
# A Monday, ten o'clock.
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=BERLIN)
FIVE = datetime(2026, 3, 2, 17, 0, tzinfo=BERLIN)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def use(user: User, tool: str, now: datetime = NOW, **arguments: Any) -> dict[str, Any]:
    return TOOLS[tool].call(arguments, actor=agent_of(user), now=now)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=BERLIN)


@pytest.fixture
def dentist(alice: User) -> Task:
    return make(by(alice), "Dentist", due_at=FIVE, now=NOW)[0]


def test_a_reminder_so_long_before(alice: User, dentist: Task) -> None:
    told = use(alice, "set_reminder", reference="the dentist", minutes_before=30)
    assert (told["status"], told["task"]["id"]) == ("done", str(dentist.id))
    assert told["reminds_at"] == "2026-03-02T16:30+01:00"
    reminder = Reminder.objects.get()
    assert (reminder.lead_minutes, reminder.fires_at) == (30, FIVE - 30 * MINUTE)
    assert Activity.objects.get(subject_id=reminder.id).actor == "agent"
    assert fresh(dentist)["version"] == 1


def test_a_reminder_at_a_moment(alice: User) -> None:
    make(by(alice), "Buy milk", now=NOW)
    told = use(alice, "set_reminder", reference="milk", at="2026-04-01T08:15")
    assert told["reminds_at"] == "2026-04-01T08:15+02:00"
    assert Reminder.objects.get().remind_at == datetime(2026, 4, 1, 6, 15, tzinfo=UTC)


def test_a_task_without_a_date_says_that_it_waits_for_one(alice: User) -> None:
    make(by(alice), "Buy milk", now=NOW)
    assert use(alice, "set_reminder", reference="milk", minutes_before=5)["reminds_at"] is None


def test_what_is_meant_must_be_clear(alice: User, bob: User, dentist: Task) -> None:
    make(by(alice), "Call Anna", "Call Anna's mother", now=NOW)
    seq = seq_of(alice)
    for tool, rest in (
        ("set_reminder", {"minutes_before": 5}),
        ("snooze", {"minutes": 5}),
        ("add_subtasks", {"titles": ["One"]}),
        ("set_recurrence", {"rrule": "FREQ=DAILY"}),
    ):
        told = use(alice, tool, reference="call", **rest)
        assert (told["status"], len(told["choices"])) == ("choices", 2)
        assert use(alice, tool, reference="zebra", **rest)["status"] == "not_found"
        assert use(bob, tool, reference=str(dentist.id), **rest)["status"] == "not_found"
    assert seq_of(alice) == seq
    assert not Reminder.objects.exists()


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("set_reminder", {"reference": "x"}),
        ("set_reminder", {"reference": "x", "at": "2026-03-02T12:00", "minutes_before": 5}),
        ("set_reminder", {"reference": "x", "at": "2026-03-02T12:00Z"}),
        ("set_reminder", {"reference": "x", "minutes_before": -1}),
        ("snooze", {}),
        ("snooze", {"minutes": 0}),
        ("snooze", {"minutes": 5, "until": "2026-03-02T12:00"}),
        ("get_agenda", {"days": 0}),
        ("get_agenda", {"days": 32}),
        ("get_agenda", {"start": "0001-01-01"}),
        ("add_subtasks", {"reference": "x", "titles": []}),
        ("add_subtasks", {"reference": "x", "titles": ["a"] * 51}),
        ("set_recurrence", {"reference": "x"}),
        ("set_recurrence", {"reference": "x", "rrule": "", "repeat_from": "now"}),
    ],
)
def test_arguments_that_do_not_fit(alice: User, tool: str, arguments: dict[str, Any]) -> None:
    with pytest.raises(ArgumentsInvalid):
        use(alice, tool, **arguments)


def test_what_is_past_or_done_is_refused(alice: User, dentist: Task) -> None:
    for arguments in ({"minutes_before": 600}, {"at": "2026-03-02T09:59"}):
        with pytest.raises(ReminderPast):
            use(alice, "set_reminder", reference="dentist", **arguments)
    services.complete_tasks(actor=by(alice), task_ids=[dentist.id], now=NOW)
    with pytest.raises(TaskClosed):
        use(alice, "set_reminder", reference="dentist", minutes_before=5)


def test_snoozing_what_came_last(alice: User, dentist: Task) -> None:
    assert use(alice, "snooze", minutes=10) == {"status": "no_reminder"}
    (milk,) = make(by(alice), "Buy milk", now=NOW)
    for task, minutes in ((milk, 5), (dentist, 6)):
        moment = NOW + minutes * MINUTE
        services.create_reminder(actor=by(alice), task_id=task.id, remind_at=moment, now=NOW)
        services.sweep_reminders(now=moment)
    assert use(alice, "snooze", minutes=10, now=NOW + 7 * MINUTE)["task"]["title"] == "Dentist"
    told = use(alice, "snooze", until="2026-03-02T18:30", now=NOW + 8 * MINUTE)
    assert (told["task"]["title"], told["reminds_at"]) == ("Buy milk", "2026-03-02T18:30+01:00")
    assert services.sweep_reminders(now=NOW + 17 * MINUTE) == 1
    assert services.sweep_reminders(now=at(2, 18, 30)) == 1


def test_what_came_of_a_task_that_is_done_by_now_is_not_snoozed(alice: User, dentist: Task) -> None:
    use(alice, "set_reminder", reference="dentist", minutes_before=30)
    services.sweep_reminders(now=FIVE)
    services.complete_tasks(actor=by(alice), task_ids=[dentist.id], now=FIVE)
    assert use(alice, "snooze", minutes=10, now=FIVE) == {"status": "no_reminder"}


def test_snoozing_a_task_by_its_name(alice: User, dentist: Task) -> None:
    make(by(alice), "Buy milk", now=NOW)
    use(alice, "set_reminder", reference="dentist", minutes_before=30)
    told = use(alice, "snooze", reference="dentist", minutes=90)
    assert told["reminds_at"] == "2026-03-02T11:30+01:00"
    assert Reminder.objects.get().snoozed_until == NOW + 90 * MINUTE
    told = use(alice, "snooze", reference="milk", until="2026-03-03T09:00")
    assert told["reminds_at"] == "2026-03-03T09:00+01:00"
    assert Reminder.objects.get(task__title="Buy milk").remind_at == at(3, 9)


def test_subtasks(alice: User, dentist: Task) -> None:
    work = services.ensure_list(actor=by(alice), name="Health", now=NOW)
    services.move_task(actor=by(alice), task_id=dentist.id, list_id=work.id, now=NOW)
    told = use(alice, "add_subtasks", reference="dentist", titles=["Find the card", "Brush teeth"])
    assert [task["title"] for task in told["tasks"]] == ["Find the card", "Brush teeth"]
    assert {task["list"] for task in told["tasks"]} == {"Health"}
    assert told["parent"]["id"] == str(dentist.id)
    below = Task.objects.filter(parent=dentist).order_by("position")
    assert [task.title for task in below] == ["Find the card", "Brush teeth"]


def test_repeating_and_no_longer(alice: User, dentist: Task) -> None:
    told = use(
        alice, "set_recurrence", reference="dentist", rrule="FREQ=WEEKLY;BYDAY=TU", starts="2026-03-31"
    )
    # Summer time has begun, and five stays five.
    assert (told["task"]["rrule"], told["task"]["due_at"]) == (
        "FREQ=WEEKLY;BYDAY=TU",
        "2026-03-31T17:00+02:00",
    )
    use(alice, "set_recurrence", reference="dentist", rrule="FREQ=DAILY", repeat_from="completion")
    assert (fresh(dentist)["rrule"], fresh(dentist)["repeat_from"]) == ("FREQ=DAILY", "completion")
    told = use(alice, "set_recurrence", reference="dentist", rrule="")
    assert (told["task"]["rrule"], told["task"]["due_on"]) == ("", "2026-03-31")


def test_a_task_without_a_date_is_due_when_its_rule_begins(alice: User) -> None:
    make(by(alice), "Water the plants", now=NOW)
    told = use(alice, "set_recurrence", reference="plants", rrule="FREQ=WEEKLY;BYDAY=FR")
    assert (told["task"]["due_on"], told["task"]["due_at"]) == ("2026-03-06", None)
    told = use(alice, "set_recurrence", reference="plants", rrule="FREQ=MONTHLY", starts="2026-04-01")
    assert told["task"]["due_on"] == "2026-04-01"


def shown(agenda: dict[str, Any]) -> dict[str, list[str]]:
    """Day of March -> what is on it."""
    return {
        day["date"][-2:]: [
            f"{task['title']}{'*' if 'occurrence' in task else ''} {(task['due_at'] or '')[11:16]}".strip()
            for task in day["tasks"]
        ]
        + [f"({reminder['title']} {reminder['at'][11:16]})" for reminder in day["reminders"]]
        for day in agenda["days"]
    }


def test_the_agenda_of_today(alice: User, bob: User, dentist: Task) -> None:
    make(by(alice), "Late", due_on=NOW.date() - DAY, now=NOW)
    make(by(alice), "Earlier today", due_at=NOW - 60 * MINUTE, now=NOW)
    make(by(alice), "All day", due_on=NOW.date(), now=NOW)
    make(by(alice), "Tomorrow", due_on=NOW.date() + DAY, now=NOW)
    done, gone = make(by(alice), "Done", "Gone", due_on=NOW.date(), now=NOW)
    services.complete_tasks(actor=by(alice), task_ids=[done.id], now=NOW)
    services.trash_tasks(actor=by(alice), task_ids=[gone.id], now=NOW)
    make(by(bob), "Bob's", due_on=NOW.date(), now=NOW)
    use(alice, "set_reminder", reference="tomorrow", at="2026-03-02T20:00")
    seq = seq_of(alice)
    agenda = use(alice, "get_agenda")
    assert agenda["status"] == "done"
    assert [task["title"] for task in agenda["overdue"]] == ["Late", "Earlier today"]
    assert shown(agenda) == {"02": ["All day", "Dentist 17:00", "(Tomorrow 20:00)"]}
    assert agenda["days"][0]["tasks"][1]["due_at"] == "2026-03-02T17:00+01:00"
    assert seq_of(alice) == seq


def test_the_agenda_of_days_to_come(alice: User, dentist: Task) -> None:
    make(by(alice), "Standup", due_at=at(3, 9), rrule="FREQ=DAILY;COUNT=3", now=NOW)
    make(by(alice), "Midnight", due_at=at(1, 0), rrule="FREQ=WEEKLY;BYDAY=WE,SU", now=NOW)
    make(by(alice), "Water", due_on=at(1, 0).date(), rrule="FREQ=DAILY;INTERVAL=4", now=NOW)
    make(by(alice), "Shave", due_on=at(4, 0).date(), rrule="FREQ=DAILY", repeat_from="completion", now=NOW)
    make(by(alice), "Later", due_on=at(7, 0).date(), now=NOW)
    agenda = use(alice, "get_agenda", start="2026-03-03", days=4)
    assert agenda["overdue"] == []
    assert shown(agenda) == {
        "03": ["Standup 09:00"],
        "04": ["Shave", "Midnight* 00:00", "Standup* 09:00"],
        "05": ["Water*", "Standup* 09:00"],
    }


def test_the_agenda_ends_even_for_what_never_does(alice: User) -> None:
    make(by(alice), "Drink", due_at=at(2, 11), rrule="FREQ=HOURLY", now=NOW)
    agenda = use(alice, "get_agenda", days=31)
    assert sum(len(tasks) for tasks in shown(agenda).values()) == 32


def test_an_agenda_in_which_the_clock_changes(alice: User) -> None:
    make(by(alice), "Standup", due_at=at(28, 9), rrule="FREQ=DAILY", now=NOW)
    agenda = use(alice, "get_agenda", start="2026-03-28", days=3)
    moments = [task["due_at"] for day in agenda["days"] for task in day["tasks"]]
    assert moments == ["2026-03-28T09:00+01:00", "2026-03-29T09:00+02:00", "2026-03-30T09:00+02:00"]
