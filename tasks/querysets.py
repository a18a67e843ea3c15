from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.postgres.aggregates import StringAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Exists, F, FloatField, Func, Min, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Length, Lower

from tasks.references import Candidate

if TYPE_CHECKING:
    from tasks.models import Label, Reminder, Task, TaskList, Word  # noqa: F401 - named in strings below


CLOSED = ("done", "dismissed")
# At most so far is the date of a moment in UTC from its date in any timezone; only dates have an index.
ANY_OFFSET = timedelta(days=1)
# All-day tasks come first on their day.
DUE_MOMENT = Coalesce("due_at", Value(datetime(1, 1, 2, tzinfo=UTC)))
# Words for names begin with "#", which sorts before every letter and digit.
BEHIND_NAMES = "$"

LIST_FIELDS = ("id", "name", "is_inbox", "position", "colour", "archived_at", "created_at")
LABEL_FIELDS = ("id", "name", "created_at")
REMINDER_FIELDS = (
    *("id", "task_id", "remind_at", "lead_minutes", "snoozed_until"),
    *("fires_at", "fired_at", "created_at"),
)
TASK_FIELDS = (
    "id",
    "title",
    "notes",
    "status",
    "priority",
    "due_on",
    "due_at",
    "start_on",
    "estimate_minutes",
    "rrule",
    "exdates",
    "repeat_from",
    "list_id",
    "parent_id",
    "position",
    "links",
    "source_span",
    "version",
    "created_at",
    "updated_at",
    "completed_at",
    "trashed_at",
)
# What tasks can be ordered by, in pages.
ORDER_FIELDS = ("id", "position", "due_on")


class TaskListQuerySet(models.QuerySet["TaskList"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def named(self, name: str) -> Self:
        """By name, in whatever case: compared as the unique constraint does."""
        return self.alias(folded=Lower("name")).filter(folded=Lower(Value(name)))

    def rows(self) -> models.QuerySet[TaskList, dict[str, Any]]:
        """Rows with just what `tasks.representation.render_list` needs."""
        rows: models.QuerySet[TaskList, dict[str, Any]] = self.values(*LIST_FIELDS)
        return rows


class LabelQuerySet(models.QuerySet["Label"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def named(self, name: str) -> Self:
        """By name, in whatever case: compared as the unique constraint does."""
        return self.alias(folded=Lower("name")).filter(folded=Lower(Value(name)))

    def rows(self) -> models.QuerySet[Label, dict[str, Any]]:
        """Rows with just what `tasks.representation.render_label` needs."""
        rows: models.QuerySet[Label, dict[str, Any]] = self.values(*LABEL_FIELDS)
        return rows


class TaskQuerySet(models.QuerySet["Task"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def kept(self) -> Self:
        """Not in the trash."""
        return self.filter(trashed_at__isnull=True)

    def trashed(self) -> Self:
        return self.filter(trashed_at__isnull=False)

    def trashed_before(self, moment: datetime) -> Self:
        return self.filter(trashed_at__lt=moment)

    def users_with_trash(self, before: datetime) -> models.QuerySet[Task, UUID]:
        """The users who have tasks in the trash since before a moment."""
        return self.trashed_before(before).order_by().values_list("user_id", flat=True).distinct()

    def open(self) -> Self:
        """Neither closed nor in the trash."""
        return self.kept().exclude(status__in=CLOSED)

    def in_calendar(self, *, closed_since: datetime) -> Self:
        """What a calendar shows: what is not closed, and what was closed or changed last since a moment."""
        return self.kept().filter(~Q(status__in=CLOSED) | Q(updated_at__gte=closed_since))

    def due_from(self, day: date) -> Self:
        """Due on `day` or later."""
        return self.filter(due_on__gte=day)

    def due_to(self, day: date) -> Self:
        """Due on `day` or earlier."""
        return self.filter(due_on__lte=day)

    def due_before_moment(self, moment: datetime, zone: ZoneInfo) -> Self:
        """Due earlier than `moment`; an all-day task is due when its day in `zone` begins."""
        return self.due_to(_at_most_later(moment.astimezone(UTC).date())).filter(_before(moment, zone))

    def due_from_moment(self, moment: datetime, zone: ZoneInfo) -> Self:
        """Due at `moment` or later, the complement of `due_before_moment`."""
        return self.due_from(_at_most_earlier(moment.astimezone(UTC).date())).filter(~_before(moment, zone))

    def overdue(self, now: datetime) -> Self:
        """Open and past due: timed tasks by the moment, all-day tasks once their day is over for `now`."""
        return self.open().filter(Q(due_at__lt=now) | Q(due_at__isnull=True, due_on__lt=now.date()))

    def in_list(self, name: str, *, user_id: UUID) -> Self:
        from tasks.models import TaskList

        # Asked for first: only of an id that it sees does PostgreSQL know how many tasks it stands for.
        list_id = TaskList.objects.of(user_id).named(name).values_list("id", flat=True).first()
        return self.filter(list=list_id) if list_id else self.none()

    def with_label(self, name: str, *, user_id: UUID) -> Self:
        from tasks.models import Label

        label_id = Label.objects.of(user_id).named(name).values_list("id", flat=True).first()
        return self.filter(carrying([label_id])) if label_id else self.none()

    def having(self, tsquery: str, *, one_by_one: bool = False) -> Self:
        """Whose words match a query of lexemes as `tasks.search.lexemes` makes them.

        With `one_by_one` no index of words is used: for queries that match a good part of all tasks, or that
        only exclude, where another order or condition finds the few that are wanted sooner.
        """
        lookup = "words__match_each" if one_by_one else "words__match"
        return self.filter(**{lookup: tsquery})

    def rows(self, fields: Collection[str] | None = None) -> models.QuerySet[Task, dict[str, Any]]:
        """Rows with just what `tasks.representation.render_task` needs, labels included, in one statement.

        With `fields` only what these are made of, and what pages are ordered by. Names are looked up for each
        row that is returned: joined, the lists would be joined with all tasks that are put in order, or all
        lists of everybody with them.
        """
        from tasks.models import TaskList

        named = TaskList.objects.filter(pk=OuterRef("list_id")).values("name")
        carried = self.model.labels.through.objects.filter(task=OuterRef("pk"))
        names = {
            "list": ("list_name", Subquery(named)),
            "labels": ("label_names", ArraySubquery(carried.order_by().values("label__name"))),
        }
        wanted = dict(names[name] for name in names if fields is None or name in fields)
        columns = [name for name in TASK_FIELDS if fields is None or name in fields or name in ORDER_FIELDS]
        rows: models.QuerySet[Task, dict[str, Any]] = self.values(*columns, **wanted)
        return rows

    def loaded(self) -> Self:
        """Instances with the list and the labels that `tasks.representation.render_task` reads."""
        return self.select_related("list").prefetch_related("labels").defer("words")

    def candidates(self) -> list[Candidate]:
        """What `tasks.references.resolve` chooses among."""
        rows = self.values_list("id", "title", "status", "updated_at")
        return [Candidate(id_, title, status not in CLOSED, at) for id_, title, status, at in rows]

    def newest_touched(self, most: int) -> Self:
        return self.order_by("-updated_at")[:most]

    def closest(self, tsqueries: Sequence[str], most: int) -> Self:
        """Those whose titles match the most of `tsqueries` and say the least besides."""
        matched = [Case(When(words__match_each=each, then=2), default=0) for each in tsqueries]
        said = Func(
            F("words"), template="length(ts_filter(%(expressions)s, '{a}'))", output_field=FloatField()
        )
        closeness = sum(matched, Value(1.0)) / (said + len(tsqueries) + 1)
        return self.order_by(closeness.desc(), "-updated_at")[:most]

    def with_descendants(self, task_ids: Iterable[UUID]) -> set[UUID]:
        """The ids given and those of all subtasks below them, within this queryset."""
        found = set(task_ids)
        frontier = found
        while frontier:
            children = self.filter(parent_id__in=frontier).values_list("id", flat=True)
            frontier = set(children) - found
            found |= frontier
        return found


class WordQuerySet(models.QuerySet["Word"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def counts(self, ranges: Sequence[tuple[str, str]]) -> list[int]:
        """How many tasks have a word of each range, the first included and the last not; some count twice."""
        within = [Q(word__gte=first, word__lt=last) for first, last in ranges]
        sums = {f"range_{number}": Sum("tasks", filter=each) for number, each in enumerate(within)}
        found = self.filter(reduce(or_, within)).aggregate(**sums) if within else {}
        return [found[name] or 0 for name in sums]

    def of_lengths(self, shortest: int, longest: int) -> list[str]:
        """All words of so many characters that are no names."""
        return self.alias(length=Length("word")).filter(length__gte=shortest, length__lte=longest).known()

    def known(self) -> list[str]:
        """All words that are no names, read as one row: there may be some ten thousand."""
        words = self.filter(word__gte=BEHIND_NAMES)
        joined: str | None = words.aggregate(joined=StringAgg("word", " "))["joined"]
        return joined.split() if joined else []

    def tasks_with(self, words: Iterable[str]) -> int:
        """How many tasks have one of these words (some counted twice)."""
        return self.filter(word__in=words).aggregate(count=Sum("tasks"))["count"] or 0


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def of_open_tasks(self) -> Self:
        """Of tasks that are neither closed nor in the trash."""
        return self.filter(task__trashed_at__isnull=True).exclude(task__status__in=CLOSED)

    def waiting(self) -> Self:
        """Those whose moment is to come, or has come without anybody being told."""
        return self.filter(fires_at__isnull=False, fired_at__isnull=True)

    def overdue(self, now: datetime) -> Self:
        """Those whose moment has come, and of which nobody was told."""
        return self.filter(fires_at__lte=now, fired_at__isnull=True)

    def fired(self) -> Self:
        return self.filter(fired_at__isnull=False)

    def latest_first(self) -> Self:
        """Those that came last before those that are still to come, soonest first."""
        return self.order_by(F("fired_at").desc(nulls_last=True), F("fires_at").asc(nulls_last=True), "id")

    def users_waiting_longest(self) -> list[UUID]:
        """Whose reminders these are, the user of the earliest first."""
        first = self.order_by().values("user_id").annotate(first=Min("fires_at"))
        return list(first.order_by("first").values_list("user_id", flat=True))

    def rows(self, *, with_user: bool = False) -> models.QuerySet[Reminder, dict[str, Any]]:
        """Rows with just what `tasks.representation.render_reminder` needs, and whose they are if asked."""
        user = ("user_id",) if with_user else ()
        rows: models.QuerySet[Reminder, dict[str, Any]] = self.values(
            *REMINDER_FIELDS, *user, title=F("task__title")
        )
        return rows

    def loaded(self) -> Self:
        """Instances with the task, whose title `tasks.representation.render_reminder` reads."""
        return self.select_related("task")


def carrying(label_ids: Sequence[UUID]) -> Q:
    """Tasks that carry one of these labels."""
    from tasks.models import Task

    carried = Task.labels.through.objects
    return Q(Exists(carried.filter(task=OuterRef("pk"), label__in=label_ids)))


def _at_most_later(day: date) -> date:
    return day + min(ANY_OFFSET, date.max - day)


def _at_most_earlier(day: date) -> date:
    return day - min(ANY_OFFSET, day - date.min)


def _before(moment: datetime, zone: ZoneInfo) -> Q:
    local = moment.astimezone(zone)
    # A day that begins at `moment` itself is not before it.
    begun = Q(due_on__lt=local.date()) if local.time() == time.min else Q(due_on__lte=local.date())
    return Q(due_at__lt=moment) | (Q(due_at__isnull=True) & begun)
