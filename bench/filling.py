"""Tasks in great number, as people write them, and what happened to them, put straight into the database."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from uuid import UUID

from django.db import connection

from accounts.models import User
from tasks.models import Label, Task, TaskList, Word
from tasks.ranks import rank_between


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


VERBS = _words(
    "call email buy pay book renew check send review plan clean fix order return cancel prepare write read"
    " schedule update print sign water wash repair collect deliver pack test translate"
)
THINGS = _words(
    "invoice report milk bread passport dentist appointment contract slides budget presentation plants"
    " laundry car insurance rent ticket flight hotel birthday present party groceries medicine prescription"
    " garage bicycle kitchen window heating printer laptop phone charger battery subscription"
    " newsletter website backup server certificate database migration release proposal offer"
    " quote delivery warehouse customer meeting agenda minutes interview candidate training"
    " workshop conference visa tax declaration bank account mortgage school homework football"
    " piano lesson doctor vaccination glasses haircut garden lawn hedge compost bins recycling charity"
    " donation neighbour letter parcel stamps photos album"
)
PEOPLE = _words(
    "Anna Bob Carla David Emma Felix Greta Hannah Ivan Julia Karl Lena Martin Nora Oscar Paula Quentin Rosa"
    " Stefan Tina Ulrich Vera Walter Xenia Yusuf Zoe Müller Schmidt Dupont García Rossi Nowak"
)
WHEN = ("before lunch", "after work", "this weekend", "for the team", "at the office", "for Monday")
LISTS = ("Work", "Home", "Shopping", "Garden", "Travel", "Health", "Money", "Reading", "Someday")
# The first are the most used.
LABELS = _words("urgent waiting errand phone computer home office family idea quick deep later")
STATUSES = ("open", "done", "backlog", "in_progress", "waiting", "dismissed")
STATUS_WEIGHTS = (45, 40, 5, 4, 3, 3)
START = datetime(2023, 1, 1, tzinfo=UTC)
STOP = datetime(2026, 11, 1, tzinfo=UTC)

COLUMNS = _words(
    "id user_id list_id title notes status priority due_on due_at rrule exdates repeat_from position links"
    " version created_at updated_at completed_at trashed_at label_ids"
)
_TYPES = (
    "id uuid, user_id uuid, list_id uuid, title text, notes text, status text, priority text, due_on date,"
    " due_at timestamptz, rrule text, exdates jsonb, repeat_from text, position text, links jsonb,"
    " version int, created_at timestamptz, updated_at timestamptz, completed_at timestamptz,"
    " trashed_at timestamptz, label_ids uuid[]"
)
_KEPT = ", ".join(COLUMNS[:-1])


@dataclass(frozen=True)
class Room:
    """Where a user's tasks can be, and what they can carry."""

    user_id: UUID
    lists: Sequence[UUID]
    labels: Sequence[UUID]


def fill(counts: Sequence[tuple[User, int]], *, seed: int) -> None:
    """Give each user so many tasks, spread over four years; then bring statistics up to date."""
    rows = random.Random(seed)
    rooms = [(_room(user), count) for user, count in counts]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE filling ({_TYPES})")
        with cursor.copy(f"COPY filling ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for room, count in rooms:
                for row in _tasks(room, count, rows):
                    copy.write_row(row)
        _take_over(cursor)
        _record(cursor)
        cursor.execute("DROP TABLE filling")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _take_over(cursor: object) -> None:
    """What the triggers would do row by row, at once; the index is made anew."""
    index = next(index for index in Task._meta.indexes if index.name == "task_words")
    with connection.schema_editor() as editor:
        editor.remove_index(Task, index)
    for table in ("tasks_task", "tasks_task_labels"):
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    cursor.execute(
        f"INSERT INTO tasks_task ({_KEPT}, words) SELECT {_KEPT},"  # noqa: S608 - constants
        " tasks_vector(right(user_id::text, 8), title, notes, list_id, label_ids) FROM filling"
    )
    cursor.execute(
        "INSERT INTO tasks_task_labels (task_id, label_id) SELECT id, unnest(label_ids) FROM filling"
    )
    cursor.execute(
        f"INSERT INTO {Word._meta.db_table} (user_id, word, tasks)"  # noqa: S608 - constants
        " SELECT user_id, substr(lexeme, 9), count(*) FROM tasks_task,"
        " unnest(tsvector_to_array(words)) AS lexeme WHERE id IN (SELECT id FROM filling) GROUP BY 1, 2"
    )
    for table in ("tasks_task", "tasks_task_labels"):
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    with connection.schema_editor() as editor:
        editor.add_index(Task, index)


def _record(cursor: object) -> None:
    """An activity of each task's making and, where it was done, of that, in the order they happened in."""
    cursor.execute(
        "INSERT INTO activities_activity"
        " (id, user_id, seq, kind, actor, subject_type, subject_id, before, after, at)"
        " SELECT uuidv7(), user_id,"
        " coalesce(last_seq, 0) + row_number() OVER (PARTITION BY user_id ORDER BY at, kind),"
        " kind, 'user', 'task', id, before, after, at FROM ("
        "SELECT user_id, id, 'task.created' AS kind, created_at AS at, '{}'::jsonb AS before,"
        " to_jsonb(filling) - 'user_id' - 'label_ids' AS after FROM filling"
        " UNION ALL SELECT user_id, id, 'task.completed', completed_at,"
        " jsonb_build_object('status', 'open', 'completed_at', null, 'version', 1),"
        " jsonb_build_object('status', 'done', 'completed_at', completed_at, 'version', 2)"
        " FROM filling WHERE completed_at IS NOT NULL) AS happened"
        " LEFT JOIN activities_userstream USING (user_id)"
    )
    cursor.execute(
        "INSERT INTO activities_userstream (user_id, last_seq, followed)"
        " SELECT user_id, max(seq), '{}' FROM activities_activity"
        " WHERE user_id IN (SELECT DISTINCT user_id FROM filling) GROUP BY 1"
        " ON CONFLICT (user_id) DO UPDATE SET last_seq = excluded.last_seq"
    )


def _room(user: User) -> Room:
    TaskList.objects.bulk_create(
        TaskList(user=user, name=name, position=f"b0{number}") for number, name in enumerate(LISTS)
    )
    labels = Label.objects.bulk_create(Label(user=user, name=name) for name in LABELS)
    lists = TaskList.objects.of(user.id).order_by("position").values_list("id", flat=True)
    return Room(user.id, list(lists), [label.id for label in labels])


def _tasks(room: Room, count: int, rows: random.Random) -> Iterator[tuple[object, ...]]:
    places: dict[UUID, str] = {}
    step = (STOP - START) / count
    moments = accumulate([step] * count, initial=START)
    for moment, _ in zip(moments, range(count), strict=False):
        list_id = rows.choices(room.lists, weights=range(len(room.lists), 0, -1))[0]
        places[list_id] = rank_between(places.get(list_id), None)
        yield _task(room, list_id, places[list_id], moment, rows)


def _task(room: Room, list_id: UUID, place: str, moment: datetime, rows: random.Random) -> tuple[object, ...]:
    status = rows.choices(STATUSES, weights=STATUS_WEIGHTS)[0]
    touched = min(moment + timedelta(days=rows.expovariate(0.1)), STOP)
    due = moment + timedelta(days=rows.expovariate(0.05)) if rows.random() < 0.6 else None
    labels = rows.sample(room.labels[: rows.randint(1, 12)], 1) if rows.random() < 0.4 else []
    return (
        _id_at(moment, rows),
        room.user_id,
        list_id,
        _title(rows),
        _notes(rows) if rows.random() < 0.3 else "",
        status,
        rows.choices(Task.Priority.values, weights=(70, 5, 12, 10, 3))[0],
        due.date() if due else None,
        due if due and rows.random() < 0.4 else None,
        "FREQ=WEEKLY" if due and rows.random() < 0.03 else "",
        "[]",
        "due",
        place,
        "[]",
        1,
        moment,
        touched,
        touched if status == "done" else None,
        touched if rows.random() < 0.02 else None,
        labels,
    )


def _title(rows: random.Random) -> str:
    """Short, with a few words that all use and, every third time, a number that nobody else has."""
    words = [rows.choice(VERBS).capitalize()]
    if rows.random() < 0.5:
        words.append(rows.choice(PEOPLE))
    words += ["the", THINGS[int(rows.paretovariate(0.8)) % len(THINGS)]]
    if rows.random() < 0.33:
        words.append(str(rows.randint(1000, 30_000)))
    if rows.random() < 0.3:
        words.append(rows.choice(WHEN))
    return " ".join(words)


def _notes(rows: random.Random) -> str:
    return " ".join(rows.choice(rows.choice((VERBS, THINGS, PEOPLE))) for _ in range(rows.randint(5, 25)))


def _id_at(moment: datetime, rows: random.Random) -> UUID:
    """A UUID of version 7 as it would have been made at that moment."""
    milliseconds = int(moment.timestamp() * 1000)
    return UUID(
        int=milliseconds << 80 | 7 << 76 | rows.getrandbits(12) << 64 | 2 << 62 | rows.getrandbits(62)
    )
