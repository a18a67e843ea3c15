"""What the filters of a query mean: conditions on tasks, on the user's clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q

from accounts.models import User, Weekday
from tasks.models import CLOSED_STATUSES, Task
from tasks.querysets import carrying
from tasks.search.language import Days, Filter
from tasks.search.names import Names

# Moments are compared within these years: there is room for every offset from UTC.
FIRST_YEAR, LAST_YEAR = date(1900, 1, 1), date(9000, 1, 1)


@dataclass(frozen=True, slots=True)
class Clock:
    """The user's now: what day it is, and when a week begins."""

    now: datetime
    zone: ZoneInfo
    week_start: int

    @classmethod
    def of(cls, user: User, now: datetime) -> Clock:
        return cls(now.astimezone(user.zone), user.zone, Weekday.values.index(user.week_start))

    @property
    def today(self) -> date:
        return self.now.date()

    def first(self, day: date | str) -> date:
        """The first day of what is named."""
        return self._span(day)[0]

    def last(self, day: date | str) -> date:
        """The last day of what is named."""
        return self._span(day)[1]

    def begins(self, day: date) -> datetime:
        """The moment at which a day begins."""
        return datetime.combine(min(max(day, FIRST_YEAR), LAST_YEAR), time.min, self.zone)

    def _span(self, day: date | str) -> tuple[date, date]:
        if isinstance(day, date):
            return day, day
        if day == "week":
            first = self.today - timedelta(days=(self.today.weekday() - self.week_start) % 7)
            return first, first + timedelta(days=6)
        if day == "month":
            first = self.today.replace(day=1)
            return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        only = self.today + timedelta(days={"yesterday": -1, "today": 0, "tomorrow": 1}[day])
        return only, only


def condition_of(one: Filter, *, clock: Clock, names: Names) -> Q:
    """What a filter asks of a task."""
    condition = CONDITIONS[one.name](one.value, clock, names)
    return ~condition if one.negated else condition


def _due(days: Days | None, clock: Clock, _names: Names) -> Q:
    if days is None:
        return Q(due_on__isnull=True)
    condition = Q(due_on__isnull=False)
    if days.first is not None:
        bound = clock.last(days.first) if days.skips else clock.first(days.first)
        condition &= Q(due_on__gt=bound) if days.skips else Q(due_on__gte=bound)
    if days.last is not None:
        bound = clock.first(days.last) if days.skips else clock.last(days.last)
        condition &= Q(due_on__lt=bound) if days.skips else Q(due_on__lte=bound)
    return condition


def _moment(field: str) -> Callable[[Days, Clock, Names], Q]:
    def condition(days: Days, clock: Clock, _names: Names) -> Q:
        found = Q(**{f"{field}__isnull": False})
        if days.first is not None:
            skipped = clock.last(days.first) if days.skips else _day_before(clock.first(days.first))
            found &= Q(**{f"{field}__gte": clock.begins(_day_after(skipped))})
        if days.last is not None:
            bound = clock.first(days.last) if days.skips else _day_after(clock.last(days.last))
            found &= Q(**{f"{field}__lt": clock.begins(bound)})
        return found

    return condition


def _day_after(day: date) -> date:
    return min(day, LAST_YEAR) + timedelta(days=1)


def _day_before(day: date) -> date:
    return max(day, FIRST_YEAR) - timedelta(days=1)


def _in_list(name: str, _clock: Clock, names: Names) -> Q:
    return Q(list__in=names.lists_named(name))


def _with_label(name: str, _clock: Clock, names: Names) -> Q:
    return carrying(names.labels_named(name))


def _state(state: str, clock: Clock, _names: Names) -> Q:
    return STATE_CONDITIONS[state](clock) if state in STATE_CONDITIONS else Q(status=state)


def _overdue(clock: Clock) -> Q:
    late = Q(due_at__lt=clock.now) | Q(due_at__isnull=True, due_on__lt=clock.today)
    return late & ~Q(status__in=CLOSED_STATUSES)


STATE_CONDITIONS: dict[str, Callable[[Clock], Q]] = {
    "open": lambda _clock: ~Q(status__in=CLOSED_STATUSES),
    "closed": lambda _clock: Q(status__in=CLOSED_STATUSES),
    "overdue": _overdue,
    "trashed": lambda _clock: Q(trashed_at__isnull=False),
    "recurring": lambda _clock: ~Q(rrule=""),
    "subtask": lambda _clock: Q(parent__isnull=False),
    "timed": lambda _clock: Q(due_at__isnull=False),
}


def _priority(priority: str, _clock: Clock, _names: Names) -> Q:
    return Q(priority=priority)


def _lacking(what: str, _clock: Clock, _names: Names) -> Q:
    return ABSENCES[what]()


ABSENCES: dict[str, Callable[[], Q]] = {
    "due": lambda: Q(due_on__isnull=True),
    "start": lambda: Q(start_on__isnull=True),
    "label": lambda: ~Q(Exists(Task.labels.through.objects.filter(task=OuterRef("pk")))),
    "priority": lambda: Q(priority=Task.Priority.NONE),
    "notes": lambda: Q(notes=""),
    "estimate": lambda: Q(estimate_minutes__isnull=True),
    "parent": lambda: Q(parent__isnull=True),
}

CONDITIONS: dict[str, Callable[[Any, Clock, Names], Q]] = {
    "due": _due,
    "created": _moment("created_at"),
    "done": _moment("completed_at"),
    "list": _in_list,
    "label": _with_label,
    "is": _state,
    "priority": _priority,
    "no": _lacking,
}
