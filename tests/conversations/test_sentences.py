"""What is understood without a key, from the sentence to the stored task, whatever the day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import User
from conversations import services
from conversations.models import Message, Turn
from conversations.runner import runner
from tasks.models import Task
from tests.conftest import register

pytestmark = pytest.mark.django_db(transaction=True)

BERLIN = ZoneInfo("Europe/Berlin")

# A Wednesday at work, the last minutes of a Sunday, the end of a year, the night in which an hour is missing.
MOMENTS = [
    datetime(2026, 6, 10, 14, 0, tzinfo=BERLIN),
    datetime(2026, 6, 14, 23, 50, tzinfo=BERLIN),
    datetime(2025, 12, 31, 23, 30, tzinfo=BERLIN),
    datetime(2026, 3, 28, 22, 0, tzinfo=BERLIN),
]
MONDAY, TUESDAY, FRIDAY = 0, 1, 4


class Speaker:
    """A user who says one thing after another in one conversation."""

    def __init__(self, user: User, moment: datetime) -> None:
        self.user = user
        self.moment = moment
        self.conversation_id: UUID | None = None

    def say(self, text: str) -> Turn:
        posted = services.post_message(
            actor=Actor(self.user.id),
            text=text,
            now=timezone.now(),
            conversation_id=self.conversation_id,
            recorded_at=self.moment,
        )
        self.conversation_id = posted.conversation_id
        runner().run(posted.turn_id)
        turn = Turn.objects.get(id=posted.turn_id)
        assert turn.status == Turn.Status.COMPLETED
        return turn

    def tasks(self) -> list[dict[str, Any]]:
        """What is kept, in the order of making, with the due moment on the user's clock."""
        return [
            {
                "title": task.title,
                "due": task.due_at.astimezone(BERLIN).replace(tzinfo=None) if task.due_at else task.due_on,
                "rrule": task.rrule,
                "priority": task.priority,
                "list": task.list.name,
                "status": task.status,
            }
            for task in Task.objects.of(self.user.id).kept().select_related("list").order_by("id")
        ]

    def task(self) -> dict[str, Any]:
        [task] = self.tasks()
        return task


@pytest.fixture(params=MOMENTS, ids=lambda moment: f"{moment:%a %d %b %H:%M}")
def speaker(request: pytest.FixtureRequest, transactional_db: None, empty_redis: None) -> Speaker:
    return Speaker(register("carol@example.com"), request.param)


def days_after(moment: datetime, days: int, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(moment.date() + timedelta(days=days), datetime.min.time()).replace(
        hour=hour, minute=minute
    )


def coming(moment: datetime, weekday: int) -> date:
    """The first day of that name after today."""
    ahead = (weekday - moment.weekday() - 1) % 7 + 1
    return moment.date() + timedelta(days=ahead)


def test_two_tasks_and_only_the_first_is_due(speaker: Speaker):
    speaker.say("remind me to call Bob tomorrow at five pm and buy milk")
    first, second = speaker.tasks()
    assert (first["title"], first["due"]) == ("Call Bob", days_after(speaker.moment, 1, 17))
    assert (second["title"], second["due"]) == ("Buy milk", None)


def test_things_to_buy_are_one_task(speaker: Speaker):
    speaker.say("buy milk, eggs and bread")
    assert speaker.task()["title"] == "Buy milk, eggs and bread"


def test_a_deadline_belongs_to_its_own_task(speaker: Speaker):
    speaker.say("call mom and email Anna the report by Friday")
    first, second = speaker.tasks()
    assert (first["title"], first["due"]) == ("Call mom", None)
    assert second["title"] == "Email Anna the report"
    assert second["due"] == coming(speaker.moment, FRIDAY)


def test_every_other_tuesday(speaker: Speaker):
    speaker.say("every other Tuesday at 9 water the plants")
    task = speaker.task()
    assert (task["title"], task["rrule"]) == ("Water the plants", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
    assert (task["due"].date(), task["due"].hour) == (coming(speaker.moment, TUESDAY), 9)


def test_the_first_of_every_month(speaker: Speaker):
    speaker.say("pay rent on the first of every month")
    task = speaker.task()
    assert (task["title"], task["rrule"]) == ("Pay rent", "FREQ=MONTHLY;BYMONTHDAY=1")
    assert task["due"].day == 1
    assert task["due"] > speaker.moment.date()


def test_in_two_hours(speaker: Speaker):
    speaker.say("in two hours check the oven")
    later = (speaker.moment.astimezone(UTC) + timedelta(hours=2)).astimezone(BERLIN)
    assert (speaker.task()["title"], speaker.task()["due"]) == ("Check the oven", later.replace(tzinfo=None))


def test_a_day_a_time_and_a_priority(speaker: Speaker):
    speaker.say("dentist next Friday at noon, high priority")
    task = speaker.task()
    assert (task["title"], task["priority"]) == ("Dentist", "high")
    assert (task["due"].weekday(), task["due"].hour) == (FRIDAY, 12)
    assert 0 < (task["due"].date() - speaker.moment.date()).days <= 12


def test_a_list_by_name(speaker: Speaker):
    speaker.say("add batteries to my shopping list")
    assert (speaker.task()["title"], speaker.task()["list"].lower()) == ("Batteries", "shopping")


def test_done_moved_renamed_deleted_and_undone(speaker: Speaker):
    for text in ("buy milk", "call Bob", "dentist on Thursday", "email Anna the report"):
        speaker.say(text)
    speaker.say("mark the milk as done")
    speaker.say("move the Bob call to Monday morning")
    speaker.say("rename the dentist task to orthodontist")
    speaker.say("delete the report one")
    milk, call, dentist = speaker.tasks()
    assert (milk["title"], milk["status"]) == ("Buy milk", "done")
    assert (call["due"].date(), call["due"].hour) == (coming(speaker.moment, MONDAY), 9)
    assert dentist["title"] == "Orthodontist"
    speaker.say("undo that")
    assert [task["title"] for task in speaker.tasks()][3] == "Email Anna the report"


def test_asking_what_is_due(speaker: Speaker):
    speaker.say("buy milk today")
    speaker.say("call Bob in three weeks")
    week = reply(speaker.say("what's due this week?"))
    assert "Buy milk" in week
    assert "Call Bob" not in week


def test_asking_what_is_overdue(speaker: Speaker):
    long_ago = datetime(2024, 1, 1, 8, 0, tzinfo=BERLIN)
    Speaker(speaker.user, long_ago).say("buy milk tomorrow")
    Speaker(speaker.user, timezone.now().astimezone(BERLIN)).say("call Bob tomorrow")
    overdue = reply(speaker.say("show overdue tasks"))
    assert "Buy milk" in overdue
    assert "Call Bob" not in overdue


@pytest.mark.parametrize("text", ["hello", "what can you do?"])
def test_small_talk_creates_nothing(speaker: Speaker, text: str):
    assert reply(speaker.say(text))
    assert speaker.tasks() == []


def test_the_second_one(speaker: Speaker):
    speaker.say("call Anna")
    speaker.say("call Anna about lunch")
    asked = speaker.say("finish the Anna call")
    assert {task["status"] for task in speaker.tasks()} == {"open"}
    assert [choice["number"] for choice in asked.choices] == [1, 2]
    assert "1. " in reply(asked)
    assert "2. " in reply(asked)
    speaker.say("the second one")
    done = [task["title"] for task in speaker.tasks() if task["status"] == "done"]
    assert done == [asked.choices[1]["task"]["title"]]


def test_three_commands_in_one_sentence(speaker: Speaker):
    speaker.say("dentist on Thursday")
    speaker.say(
        "remind me to call Bob tomorrow at five, buy milk every Friday, and move the dentist to Monday"
    )
    dentist, call, milk = speaker.tasks()
    assert call["due"] == days_after(speaker.moment, 1, 17)
    assert (milk["title"], milk["rrule"]) == ("Buy milk", "FREQ=WEEKLY;BYDAY=FR")
    assert dentist["due"] == coming(speaker.moment, MONDAY)


def reply(turn: Turn) -> str:
    return Message.objects.get(turn=turn, role=Message.Role.ASSISTANT).text
