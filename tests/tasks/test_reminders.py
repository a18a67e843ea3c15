"""Reminders: when they come, what moves them, and that each comes once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from activities.models import Activity
from tasks import services
from tasks.models import Reminder, Task
from tasks.services import ReminderInvalid, ReminderNotFound, ReminderPast, TaskClosed
from tasks.services.fields import DateOutOfRange
from tasks.services.reminders import FIRED_AT_ONCE, MAX_REMINDERS, TooManyReminders
from tasks.services.workspace import TaskTrashed
from tests.conftest import register
from tests.tasks.scenes import MONDAY, activities_of, agent_of, by, kinds_of, make, seq_of
from voice2task.kernel.errors import NotFound
from voice2task.kernel.identifiers import uuid7

# Monday, 2 March 2026, 09:00 UTC: ten o'clock in Berlin, where Alice is.
FIVE = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def remind(user: User, task: Task, now: datetime = MONDAY, **when: Any) -> Reminder:
    return services.create_reminder(actor=by(user), task_id=task.id, now=now, **when)


def change(user: User, task: Task, now: datetime = MONDAY, **changes: Any) -> None:
    services.update_task(actor=by(user), task_id=task.id, changes=changes, now=now)  # type: ignore[arg-type]


def fires_at(reminder: Reminder) -> datetime | None:
    return Reminder.objects.get(pk=reminder.pk).fires_at


def due_activities(user: User) -> list[Activity]:
    return [activity for activity in activities_of(user) if activity.kind == "reminder.due"]


@pytest.fixture
def call(alice: User) -> Task:
    return make(by(alice), "Call Bob", due_at=FIVE)[0]


def test_a_moment_or_a_lead_says_when(alice: User, call: Task) -> None:
    assert remind(alice, call, remind_at=MONDAY + HOUR).fires_at == MONDAY + HOUR
    assert remind(alice, call, remind_at=datetime(2026, 3, 2, 12, 30)).fires_at == datetime(  # noqa: DTZ001
        2026, 3, 2, 11, 30, tzinfo=UTC
    )
    assert remind(alice, call, lead_minutes=30).fires_at == FIVE - 30 * MINUTE
    assert remind(alice, call, lead_minutes=0).fires_at == FIVE
    activity = activities_of(alice)[-1]
    reminder = Reminder.objects.latest("id")
    assert (activity.kind, activity.subject_id, activity.before) == ("reminder.created", reminder.id, {})
    assert activity.after == {
        "id": str(reminder.id),
        "task_id": str(call.id),
        "title": "Call Bob",
        "remind_at": None,
        "lead_minutes": 0,
        "snoozed_until": None,
        "fires_at": "2026-03-02T16:00:00Z",
        "fired_at": None,
        "created_at": "2026-03-02T09:00:00Z",
    }


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2026, 3, 5), datetime(2026, 3, 5, 7, 0, tzinfo=UTC)),
        # Summer time has begun.
        (date(2026, 3, 30), datetime(2026, 3, 30, 6, 0, tzinfo=UTC)),
    ],
)
def test_the_day_of_an_all_day_task_begins_at_nine(alice: User, day: date, moment: datetime) -> None:
    (task,) = make(by(alice), "Clean", due_on=day)
    assert remind(alice, task, lead_minutes=60).fires_at == moment


def test_a_task_without_a_date_reminds_once_it_has_one(alice: User) -> None:
    (task,) = make(by(alice), "Clean")
    reminder = remind(alice, task, lead_minutes=60)
    assert reminder.fires_at is None
    change(alice, task, due_at=FIVE)
    assert fires_at(reminder) == FIVE - HOUR
    change(alice, task, due_on=None)
    assert fires_at(reminder) is None


@pytest.mark.parametrize(
    ("when", "error"),
    [
        ({}, ReminderInvalid),
        ({"remind_at": FIVE, "lead_minutes": 5}, ReminderInvalid),
        ({"lead_minutes": -1}, ReminderInvalid),
        ({"lead_minutes": services.LONGEST_LEAD_MINUTES + 1}, ReminderInvalid),
        ({"remind_at": MONDAY}, ReminderPast),
        ({"lead_minutes": 8 * 60}, ReminderPast),
        ({"remind_at": datetime(1, 1, 1)}, DateOutOfRange),  # noqa: DTZ001
    ],
)
def test_what_cannot_be_is_refused(
    alice: User, call: Task, when: dict[str, Any], error: type[Exception]
) -> None:
    seq = seq_of(alice)
    with pytest.raises(error):
        remind(alice, call, **when)
    assert kinds_of(alice, after=seq) == []
    assert not Reminder.objects.exists()


def test_tasks_that_are_closed_trashed_or_others_get_none(alice: User, bob: User, call: Task) -> None:
    reminder = remind(alice, call, lead_minutes=5)
    with pytest.raises(NotFound):
        remind(bob, call, lead_minutes=5)
    for state, error in (("complete", TaskClosed), ("trash", TaskTrashed)):
        getattr(services, f"{state}_tasks")(actor=by(alice), task_ids=[call.id], now=MONDAY)
        with pytest.raises(error):
            remind(alice, call, lead_minutes=5)
        with pytest.raises(error):
            services.snooze_reminder(actor=by(alice), reminder_id=reminder.id, until=FIVE, now=MONDAY)
        with pytest.raises(error):
            services.update_reminder(actor=by(alice), reminder_id=reminder.id, lead_minutes=1, now=MONDAY)
    assert Reminder.objects.count() == 1


def test_a_task_has_so_many_and_no_more(alice: User, call: Task) -> None:
    for minutes in range(MAX_REMINDERS):
        remind(alice, call, lead_minutes=minutes)
    with pytest.raises(TooManyReminders):
        remind(alice, call, lead_minutes=30)


def test_it_follows_the_due_moment(alice: User, call: Task) -> None:
    lead, fixed = remind(alice, call, lead_minutes=30), remind(alice, call, remind_at=MONDAY + HOUR)
    change(alice, call, due_at=FIVE + DAY)
    assert (fires_at(lead), fires_at(fixed)) == (FIVE + DAY - 30 * MINUTE, MONDAY + HOUR)
    seq = seq_of(alice)
    change(alice, call, title="Call Bob Smith")
    assert fires_at(lead) == FIVE + DAY - 30 * MINUTE
    # The reminder follows from the change of its task, which tells of both.
    assert kinds_of(alice, after=seq) == ["task.updated"]


def test_it_rests_while_the_task_is_closed_or_in_the_trash(alice: User, call: Task) -> None:
    reminder = remind(alice, call, lead_minutes=30)
    for close, open_ in (("complete_tasks", "reopen_tasks"), ("trash_tasks", "restore_tasks")):
        getattr(services, close)(actor=by(alice), task_ids=[call.id], now=MONDAY)
        assert fires_at(reminder) is None
        assert services.sweep_reminders(now=FIVE) == 0
        getattr(services, open_)(actor=by(alice), task_ids=[call.id], now=MONDAY)
        assert fires_at(reminder) == FIVE - 30 * MINUTE


def test_what_was_missed_while_it_rested_does_not_come(alice: User, call: Task) -> None:
    reminder = remind(alice, call, remind_at=MONDAY + HOUR)
    services.trash_tasks(actor=by(alice), task_ids=[call.id], now=MONDAY)
    services.restore_tasks(actor=by(alice), task_ids=[call.id], now=MONDAY + 2 * HOUR)
    assert fires_at(reminder) is None
    assert services.sweep_reminders(now=MONDAY + 3 * HOUR) == 0


def test_a_task_brought_within_its_lead_reminds_at_once(alice: User, call: Task) -> None:
    remind(alice, call, lead_minutes=30)
    change(alice, call, due_at=MONDAY + 10 * MINUTE)
    assert services.sweep_reminders(now=MONDAY + MINUTE) == 1
    change(alice, call, due_at=MONDAY + 20 * MINUTE, now=MONDAY + 2 * MINUTE)
    assert services.sweep_reminders(now=MONDAY + 3 * MINUTE) == 0


def test_what_is_owed_still_comes_when_the_task_changes_first(alice: User, call: Task) -> None:
    reminder = remind(alice, call, remind_at=MONDAY + HOUR)
    late = MONDAY + 2 * HOUR
    change(alice, call, due_at=FIVE + DAY, now=late)
    assert fires_at(reminder) == MONDAY + HOUR
    assert services.sweep_reminders(now=late) == 1


def test_a_task_that_repeats_reminds_each_time(alice: User) -> None:
    (task,) = make(by(alice), "Water", due_at=FIVE, rrule="FREQ=DAILY")
    reminder = remind(alice, task, lead_minutes=30)
    services.sweep_reminders(now=FIVE - 30 * MINUTE)
    services.snooze_reminder(actor=by(alice), reminder_id=reminder.id, until=FIVE, now=FIVE - 20 * MINUTE)
    services.complete_tasks(actor=by(alice), task_ids=[task.id], now=FIVE - 10 * MINUTE)
    reminder.refresh_from_db()
    assert (reminder.fires_at, reminder.fired_at) == (FIVE + DAY - 30 * MINUTE, None)
    assert reminder.snoozed_until is None
    assert services.sweep_reminders(now=FIVE) == 0
    assert services.sweep_reminders(now=FIVE + DAY) == 1
    late = remind(alice, task, lead_minutes=10, now=FIVE + DAY - MINUTE)
    assert late.fires_at is None
    services.complete_tasks(actor=by(alice), task_ids=[task.id], now=FIVE + DAY)
    assert fires_at(late) == FIVE + 2 * DAY - 10 * MINUTE


def test_it_comes_once_and_says_how_late(alice: User, call: Task) -> None:
    reminder = remind(alice, call, lead_minutes=30)
    moment = FIVE - 30 * MINUTE
    assert services.sweep_reminders(now=moment - timedelta(seconds=1)) == 0
    assert services.sweep_reminders(now=moment + 3 * HOUR) == 1
    assert services.sweep_reminders(now=moment + 4 * HOUR) == 0
    (activity,) = due_activities(alice)
    assert (activity.actor, activity.subject_type, activity.subject_id) == ("system", "reminder", reminder.id)
    assert activity.after["late"] == 3 * 60 * 60
    assert (activity.after["task_id"], activity.after["title"]) == (str(call.id), "Call Bob")
    assert activity.after["fired_at"] == "2026-03-02T18:30:00Z"
    reminder.refresh_from_db()
    assert (reminder.fired_at, reminder.fires_at) == (moment + 3 * HOUR, moment)


def test_snoozing_lets_it_come_again_and_keeps_its_settings(alice: User, call: Task) -> None:
    reminder = remind(alice, call, lead_minutes=30)
    services.sweep_reminders(now=FIVE - 30 * MINUTE)
    seq = seq_of(alice)
    again = FIVE - 10 * MINUTE
    services.snooze_reminder(actor=by(alice), reminder_id=reminder.id, until=again, now=FIVE - 20 * MINUTE)
    (activity,) = activities_of(alice, after=seq)
    assert activity.kind == "reminder.updated"
    assert activity.after == {
        "snoozed_until": "2026-03-02T15:50:00Z",
        "fires_at": "2026-03-02T15:50:00Z",
        "fired_at": None,
    }
    assert services.sweep_reminders(now=again - MINUTE) == 0
    assert services.sweep_reminders(now=again) == 1
    change(alice, call, due_at=FIVE + DAY, now=again)
    assert fires_at(reminder) == FIVE + DAY - 30 * MINUTE


def test_it_is_set_anew_and_deleted(alice: User, bob: User, call: Task) -> None:
    reminder = remind(alice, call, lead_minutes=30)
    services.sweep_reminders(now=FIVE)
    changed = services.update_reminder(
        actor=by(alice), reminder_id=reminder.id, remind_at=FIVE + HOUR, now=FIVE
    )
    assert (changed.lead_minutes, changed.fires_at, changed.fired_at) == (None, FIVE + HOUR, None)
    seq = seq_of(alice)
    services.update_reminder(actor=by(alice), reminder_id=reminder.id, remind_at=FIVE + HOUR, now=FIVE)
    assert kinds_of(alice, after=seq) == []
    verbs: list[Any] = [services.delete_reminder]
    for verb in verbs:
        with pytest.raises(ReminderNotFound):
            verb(actor=by(bob), reminder_id=reminder.id, now=FIVE)
    services.delete_reminder(actor=by(alice), reminder_id=reminder.id, now=FIVE)
    (activity,) = activities_of(alice, after=seq)
    assert (activity.kind, activity.after, activity.before["title"]) == ("reminder.deleted", {}, "Call Bob")
    with pytest.raises(ReminderNotFound):
        services.delete_reminder(actor=by(alice), reminder_id=reminder.id, now=FIVE)


def fill(users: list[User], count: int) -> None:
    """Give each user so many reminders that are due at `FIVE`."""
    for user in users:
        (task,) = make(by(user), "Call", due_at=FIVE)
        Reminder.objects.bulk_create(
            Reminder(user=user, task=task, remind_at=FIVE, fires_at=FIVE) for _ in range(count)
        )


def test_the_statements_grow_with_the_users_and_not_with_the_reminders(db: None) -> None:
    users = [register(f"user{number}@example.com") for number in range(3)]
    statements = []
    for count in (1, 25):
        fill(users, count)
        with CaptureQueriesContext(connection) as queries:
            assert services.sweep_reminders(now=FIVE + MINUTE) == 3 * count
        statements.append(len(queries))
    assert statements[0] == statements[1]
    assert [len(due_activities(user)) for user in users] == [26, 26, 26]


def test_more_than_fit_in_one_transaction_come_too(alice: User) -> None:
    fill([alice], FIRED_AT_ONCE + 1)
    assert services.sweep_reminders(now=FIVE) == FIRED_AT_ONCE + 1
    assert len({activity.subject_id for activity in due_activities(alice)}) == FIRED_AT_ONCE + 1


def test_undo_takes_a_reminder_back_and_gives_it_back(alice: User, call: Task) -> None:
    turn = agent_of(alice)
    assert turn.turn_id
    reminder = services.create_reminder(actor=turn, task_id=call.id, lead_minutes=30, now=MONDAY)
    undone = services.undo_turn(actor=by(alice), turn_id=turn.turn_id, now=MONDAY)
    assert [(one.kind, one.name) for one in undone.undone] == [("reminder.created", "Call Bob")]
    assert not Reminder.objects.exists()
    services.undo_activities(actor=by(alice), activity_ids=undone.activity_ids, now=MONDAY)
    assert fires_at(reminder) == FIVE - 30 * MINUTE
    services.delete_reminder(actor=by(alice), reminder_id=reminder.id, now=MONDAY + MINUTE)
    assert services.undo_last(actor=by(alice), now=MONDAY + 2 * MINUTE).conflicts == []
    assert fires_at(reminder) == FIVE - 30 * MINUTE


def test_undoing_a_snooze_does_not_remind_again(alice: User, call: Task) -> None:
    reminder = remind(alice, call, lead_minutes=30)
    services.sweep_reminders(now=FIVE - 30 * MINUTE)
    services.snooze_reminder(actor=by(alice), reminder_id=reminder.id, until=FIVE, now=FIVE - 20 * MINUTE)
    undone = services.undo_last(actor=by(alice), now=FIVE - 10 * MINUTE)
    assert [(one.kind, one.name) for one in undone.undone] == [("reminder.updated", "Call Bob")]
    reminder.refresh_from_db()
    assert (reminder.snoozed_until, reminder.fired_at) == (None, FIVE - 30 * MINUTE)
    assert services.sweep_reminders(now=FIVE + HOUR) == 0


def test_undoing_a_snooze_past_its_moment_reminds_now(alice: User, call: Task) -> None:
    reminder = remind(alice, call, lead_minutes=30)
    services.snooze_reminder(actor=by(alice), reminder_id=reminder.id, until=FIVE, now=MONDAY + MINUTE)
    services.undo_last(actor=by(alice), now=FIVE - 10 * MINUTE)
    assert services.sweep_reminders(now=FIVE - 10 * MINUTE) == 1
    assert due_activities(alice)[-1].after["late"] == 20 * 60


def test_undo_leaves_what_was_changed_since(alice: User, call: Task) -> None:
    reminder = remind(alice, call, lead_minutes=30)
    turn = agent_of(alice)
    assert turn.turn_id
    services.update_reminder(actor=turn, reminder_id=reminder.id, lead_minutes=60, now=MONDAY)
    services.update_reminder(actor=by(alice), reminder_id=reminder.id, lead_minutes=90, now=MONDAY + MINUTE)
    undone = services.undo_turn(actor=by(alice), turn_id=turn.turn_id, now=MONDAY + 2 * MINUTE)
    assert [(one.name, one.fields) for one in undone.conflicts] == [("Call Bob", ["lead_minutes"])]
    assert undone.undone == []
    assert fires_at(reminder) == FIVE - 90 * MINUTE


def test_undoing_a_completion_brings_the_reminder_back(alice: User, call: Task) -> None:
    reminder = remind(alice, call, lead_minutes=30)
    services.complete_tasks(actor=by(alice), task_ids=[call.id], now=MONDAY + MINUTE)
    services.undo_last(actor=by(alice), now=MONDAY + 2 * MINUTE)
    assert fires_at(reminder) == FIVE - 30 * MINUTE


def test_a_reminder_of_a_task_that_is_gone_cannot_come_back(alice: User, call: Task) -> None:
    reminder = remind(alice, call, lead_minutes=30)
    services.delete_reminder(actor=by(alice), reminder_id=reminder.id, now=MONDAY + MINUTE)
    Task.objects.filter(pk=call.pk).delete()
    undone = services.undo_last(actor=by(alice), now=MONDAY + 2 * MINUTE)
    assert [conflict.fields for conflict in undone.conflicts] == [["task_id"]]
    assert not Reminder.objects.exists()


def test_nobody_elses_is_found(alice: User, bob: User, call: Task) -> None:
    reminder = remind(alice, call, lead_minutes=30)
    for reminder_id in (reminder.id, UUID(str(uuid7()))):
        with pytest.raises(ReminderNotFound):
            services.snooze_reminder(actor=by(bob), reminder_id=reminder_id, until=FIVE, now=MONDAY)
        with pytest.raises(ReminderNotFound):
            services.update_reminder(actor=by(bob), reminder_id=reminder_id, lead_minutes=1, now=MONDAY)
