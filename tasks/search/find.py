"""From a query to tasks, the best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import prod
from uuid import UUID

from django.db.models import Case, FloatField, Value, When
from django.db.models.expressions import Combinable

from accounts.models import User
from tasks.models import CLOSED_STATUSES, Task, TaskList, Word
from tasks.querysets import TaskQuerySet
from tasks.search.conditions import Clock, condition_of
from tasks.search.language import Term, parse
from tasks.search.lexemes import Owner, all_of, any_of, closeness, name_key
from tasks.search.names import Names
from tasks.search.terms import Wanted, read_terms, with_typos

# So many found tasks are told of; whoever wants others says more.
MOST_RANKED = 1000
# Of what more tasks than this match, only the newest are put in order.
COMMON = 5000
# Of two that answer equally well, the one that is still to be done comes first.
CLOSED_COUNTS = 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found. `tasks` may be filtered further before `best_first` is asked for."""

    tasks: TaskQuerySet
    score: Combinable | None = None
    newest_only: bool = False

    @property
    def ranked(self) -> bool:
        """Whether words were looked for, so that one task may be a better answer than another."""
        return self.score is not None

    def best_first(self, tasks: TaskQuerySet) -> TaskQuerySet:
        """`tasks` or, where too many match, the newest of them, best first."""
        if self.newest_only:
            newest = tasks.order_by("-id").values("pk")[:MOST_RANKED]
            tasks = Task.objects.filter(pk__in=newest)
        return tasks.annotate(score=self.score).order_by("-score", "-id")


def search(user: User, text: str, *, now: datetime, trashed: bool = False) -> Found:
    """The user's tasks that a query describes; those in the trash only if it asks for them, or `trashed`.

    Raises:
        QueryInvalid: it cannot be read.
    """
    query = parse(text)
    tasks = Task.objects.of(user.id)
    tasks = tasks.trashed() if trashed or query.trashed else tasks.kept()
    names, clock = Names.of(user.id), Clock.of(user, now)
    for one in query.filters:
        tasks = tasks.filter(condition_of(one, clock=clock, names=names))
    return _with_terms(tasks, user.id, query.terms, names)


def with_words(tasks: TaskQuerySet, user_id: UUID, text: str, *, tolerant: bool = True) -> TaskQuerySet:
    """Those of a user's tasks that have every word of `text`, or one that begins so, in title or notes.

    If `tolerant` also in the names of list and labels, and if no task has them, words written alike.
    """
    terms = [Term(word, quoted=False, negated=False, start=0, end=0) for word in text.split()]
    if tolerant:
        return _with_terms(tasks, user_id, terms, Names.of(user_id)).tasks
    wanted, _ = read_terms(terms, Names((), ()))
    return _having(tasks, Owner(user_id), wanted).tasks if wanted else tasks.none()


def _with_terms(tasks: TaskQuerySet, user_id: UUID, terms: Sequence[Term], names: Names) -> Found:
    owner = Owner(user_id)
    wanted, named = read_terms(terms, names) if terms else ([], [])
    if terms and not wanted:
        return Found(tasks.none())
    if excluded := [one.lexemes(owner) for one in wanted if one.negated]:
        tasks = tasks.exclude(words__match_each=any_of(excluded))
    required = [one for one in wanted if not one.negated]
    if not required:
        return Found(tasks)
    found = _having(tasks, owner, required)
    if found.tasks.exists():
        return found
    return _having(tasks, owner, with_typos(user_id, required, named))


def _having(tasks: TaskQuerySet, owner: Owner, required: Sequence[Wanted]) -> Found:
    common = _matches(owner.user_id, required) > COMMON
    tsquery = all_of(one.lexemes(owner) for one in required)
    return Found(tasks.having(tsquery, one_by_one=common), _score(owner, required, tsquery), common)


def _matches(user_id: UUID, required: Sequence[Wanted]) -> float:
    """How many tasks may have all that is wanted, as if it were spread evenly."""
    words = Word.objects.of(user_id)
    ranges = [one.ranges() for one in required]
    counts = iter(words.counts([each for own in ranges for each in own]))
    having = sorted(sum(next(counts) for _ in own) for own in ranges)
    if len(having) == 1 or having[0] <= COMMON:
        return having[0]
    # Each task is in one list.
    lists = TaskList.objects.of(user_id).values_list("id", flat=True)
    everything = words.tasks_with(map(name_key, lists))
    return everything * prod(min(1.0, count / everything) for count in having)


def _score(owner: Owner, required: Sequence[Wanted], tsquery: str) -> Combinable:
    """Whole words count twice: once as what they are, once as beginnings of themselves."""
    whole = all_of(replace(one, quoted=True, similar=()).lexemes(owner) for one in required)
    weight = Case(
        When(status__in=CLOSED_STATUSES, then=Value(CLOSED_COUNTS)),
        default=Value(1.0),
        output_field=FloatField(),
    )
    return (closeness(tsquery) + closeness(whole)) * weight
