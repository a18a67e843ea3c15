from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import cast
from zoneinfo import ZoneInfo

from django.db.models import F
from pydantic import Field, field_validator

from accounts.actors import Actor
from accounts.models import User
from conversations.agent.tools.base import JSON, Tool, ToolInput
from conversations.agent.tools.meaning import present
from tasks.models import Reminder, Task
from tasks.querysets import TaskQuerySet
from tasks.recurrence import Due, next_after_due
from tasks.representation import render_reminder, render_task
from tasks.statistics import done_per_day

# How many tasks of each kind it tells of, and how many further occurrences of one task.
LONGEST = 200
OCCURRENCES = 31
# Room for arithmetic in any timezone.
YEARS = range(1900, 9000)


class GetAgendaInput(ToolInput):
    start: date | None = Field(default=None, description="The first day: YYYY-MM-DD; today if absent")
    days: int = Field(default=1, ge=1, le=31, description="How many days")
    finished: bool = Field(default=False, description="Also count what was finished on each of these days")

    @field_validator("start")
    @classmethod
    def _plausible(cls, start: date | None) -> date | None:
        if start is not None and start.year not in YEARS:
            raise ValueError("no day that an agenda reaches")
        return start


@dataclass(frozen=True, slots=True)
class Window:
    """Whole days on the user's clock."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.first, time.min, self.zone)

    @property
    def ends(self) -> datetime:
        return datetime.combine(self.last, time.max, self.zone)


def run(actor: Actor, given: GetAgendaInput, now: datetime) -> JSON:
    first = given.start or now.date()
    window = Window(first, first + timedelta(days=given.days - 1), cast(ZoneInfo, now.tzinfo))
    own = Task.objects.of(actor.user_id)
    late = own.overdue(now) if window.first <= now.date() <= window.last else own.none()
    overdue = _presented(late, now)
    days: dict[str, dict[str, list[JSON]]] = defaultdict(lambda: {"tasks": [], "reminders": []})
    named = {task["id"] for task in overdue}
    due = _presented(own.open().due_from(window.first).due_to(window.last), now)
    for task in sorted([*due, *_recurring(own, window, now)], key=_moment):
        if task["id"] not in named or "occurrence" in task:
            days[task["due_on"]]["tasks"].append(task)
    for reminder in _reminders(actor, window):
        days[reminder["at"][:10]]["reminders"].append(reminder)
    listed = [{"date": day, **found} for day, found in sorted(days.items())]
    answer = {"status": "done", "overdue": overdue, "days": listed}
    return answer | {"finished": _finished(actor, window)} if given.finished else answer


def _finished(actor: Actor, window: Window) -> JSON:
    user = User.objects.get(pk=actor.user_id)
    per_day = done_per_day(user, first=window.first, last=window.last)
    days = [{"date": day.isoformat(), "count": count} for day, count, _, _ in per_day]
    return {"count": sum(day["count"] for day in days), "days": days}


def _presented(tasks: TaskQuerySet, now: datetime) -> list[JSON]:
    soonest = (F("due_on").asc(), F("due_at").asc(nulls_first=True), "id")
    return present((render_task(row) for row in tasks.order_by(*soonest).rows()[:LONGEST]), now)


def _moment(task: JSON) -> tuple[str, str]:
    return task["due_on"], task["due_at"] or ""


def _recurring(own: TaskQuerySet, window: Window, now: datetime) -> list[JSON]:
    """Tasks that repeat, as they will be due in the window if each is done in its time."""
    repeating = own.open().due_to(window.last).exclude(rrule="").filter(repeat_from=Task.RepeatFrom.DUE)
    rows = repeating.order_by("due_on", "id").rows()[:LONGEST]
    later = [
        render_task(row) | {"due_on": due.on.isoformat(), "due_at": due.at and due.at.isoformat()}
        for row in rows
        for due in islice(_occurrences(row, window, now), OCCURRENCES)
    ]
    return [task | {"occurrence": True} for task in present(later[:LONGEST], now)]


def _occurrences(row: JSON, window: Window, now: datetime) -> Iterator[Due]:
    due, rrule = Due(row["due_on"], row["due_at"]), row["rrule"]
    left_out = {date.fromisoformat(day) for day in row["exdates"]}
    # What is due at midnight sharp is not past when the day begins.
    since = max(now, window.begins - timedelta(microseconds=1))
    while following := next_after_due(rrule, due=due, now=since, zone=window.zone, exdates=left_out):
        due, rrule = following.due, following.rrule
        if due.on > window.last:
            return
        if due.on >= window.first:
            yield due


def _reminders(actor: Actor, window: Window) -> Iterator[JSON]:
    coming = Reminder.objects.of(actor.user_id).of_open_tasks().waiting()
    coming = coming.filter(fires_at__gte=window.begins, fires_at__lte=window.ends).order_by("fires_at", "id")
    for reminder in map(render_reminder, coming.rows()[:LONGEST]):
        local = datetime.fromisoformat(reminder["fires_at"]).astimezone(window.zone)
        moment = local.isoformat(timespec="minutes")
        yield {"task_id": reminder["task_id"], "title": reminder["title"], "at": moment}


TOOL = Tool(
    "get_agenda",
    "What is ahead, day by day: tasks due, later occurrences of those that repeat, reminders; and what is"
    " overdue, if today is among the days. On wish also how much was finished on days that are past.",
    "read",
    GetAgendaInput,
    run,
)
