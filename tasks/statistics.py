"""What a user got done: by day, list and label, in a row, and on time.

Counted are completions as the activities tell of them, so that each occurrence of a task that repeats counts.
One that was undone does not, nor does one of a task that was opened again.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection

from accounts.models import User
from voice2task.kernel.errors import Invalid

JSON = dict[str, Any]

USUAL_DAYS = 30
LONGEST_RANGE_DAYS = 366
# Room for arithmetic in any timezone.
YEARS = range(1900, 9000)

# A common table expression, `completion`: day, due date and whether it was kept, and the task with its list.
_COMPLETIONS = """
WITH RECURSIVE completed AS (
    SELECT id, subject_id, seq, at, before, after FROM activities_activity
     WHERE user_id = %(user_id)s AND kind = 'task.completed' AND at >= %(since)s AND at < %(until)s
), reopened AS (
    SELECT later.id, completed.id AS completion_id
      FROM completed JOIN activities_activity AS later
        ON later.user_id = %(user_id)s AND later.subject_id = completed.subject_id
       AND later.seq > completed.seq AND later.kind IN ('task.reopened', 'task.updated')
       AND later.before ->> 'status' = 'done'
     WHERE completed.after ->> 'status' = 'done'
), reversal AS (
    SELECT root.id AS root, undo.id, 1 AS sign
      FROM (SELECT id FROM completed UNION SELECT id FROM reopened) AS root
      JOIN activities_activity AS undo ON undo.undoes_id = root.id
    UNION ALL
    SELECT reversal.root, undo.id, -reversal.sign
      FROM reversal JOIN activities_activity AS undo ON undo.undoes_id = reversal.id
), undone AS (
    -- What was undone, done again and undone once more has three reversals: + - +.
    SELECT root AS id FROM reversal GROUP BY root HAVING sum(sign) > 0
), counted AS (
    SELECT * FROM completed
     WHERE id NOT IN (SELECT id FROM undone)
       AND NOT EXISTS (SELECT FROM reopened
                        WHERE completion_id = completed.id AND id NOT IN (SELECT id FROM undone))
), dated AS (
    -- A task that repeats has moved on; then its activity knows when this occurrence was due.
    SELECT counted.subject_id AS task_id, counted.at, task.list_id,
           (counted.at AT TIME ZONE %(zone)s)::date AS day, moved.has AS moved,
           CASE WHEN moved.has THEN (before ->> 'due_on')::date ELSE task.due_on END AS due_on,
           CASE WHEN moved.has THEN (before ->> 'due_at')::timestamptz ELSE task.due_at END AS due_at
      FROM counted LEFT JOIN tasks_task AS task ON task.id = counted.subject_id,
           LATERAL (SELECT before ?| ARRAY['due_on', 'due_at'] AS has) AS moved
), completion AS (
    SELECT *, CASE WHEN due_at IS NULL THEN day <= due_on ELSE at <= due_at END AS on_time FROM dated
)
"""
_BY_DAY = """
SELECT day, count(*), count(on_time), count(*) FILTER (WHERE on_time) FROM completion GROUP BY day
"""
_BY_LIST = """
SELECT list.id, list.name, count(*)
  FROM completion LEFT JOIN tasks_tasklist AS list ON list.id = completion.list_id
 GROUP BY list.id, list.name ORDER BY count(*) DESC, list.name
"""
_BY_LABEL = """
SELECT label.id, label.name, count(*)
  FROM completion JOIN tasks_task_labels AS carried USING (task_id) JOIN tasks_label AS label
    ON label.id = carried.label_id
 GROUP BY label.id, label.name ORDER BY count(*) DESC, label.name
"""
_STREAKS = """
, run AS (
    SELECT count(*) AS days, max(day) AS last
      FROM (SELECT day, day - (row_number() OVER (ORDER BY day))::int AS island
              FROM (SELECT DISTINCT day FROM completion) AS days) AS numbered
     GROUP BY island
)
SELECT coalesce(max(days) FILTER (WHERE last >= %(yesterday)s), 0), coalesce(max(days), 0) FROM run
"""


class RangeInvalid(Invalid):
    code = "range_invalid"
    message = f"The first day comes first, and the last at most {LONGEST_RANGE_DAYS} days on."


def usual_start(last: date) -> date:
    """The first of the `USUAL_DAYS` days that end with `last`.

    Raises:
        RangeInvalid
    """
    if last.year not in YEARS:
        raise RangeInvalid(field="end")
    return last - timedelta(days=USUAL_DAYS - 1)


def done_per_day(user: User, *, first: date, last: date) -> list[tuple[date, int, int, int]]:
    """Days from `first` to `last` with a completion: done, of these with a due date, of these on time.

    Raises:
        RangeInvalid
    """
    return sorted(_rows(_BY_DAY, _between(user, first, last)))


def statistics_of(user: User, *, first: date, last: date, now: datetime) -> JSON:
    """What was done on the days from `first` to `last` on the user's clock, both included.

    `{start, end, timezone, done, per_day: [{date, done}], by_list: [{id, name, done}], by_label: [{id, name,
    done}], with_due, on_time, on_time_share: 0 to 1 or null, current_streak, longest_streak}`. Lists and
    labels are those that the tasks have now; the list of tasks that are no more is null. Streaks are days in
    a row with something done, over all time; the current one may end yesterday.

    Raises:
        RangeInvalid
    """
    days = done_per_day(user, first=first, last=last)
    done = {day: count for day, count, _, _ in days}
    with_due = sum(count for _, _, count, _ in days)
    on_time = sum(count for _, _, _, count in days)
    within = _between(user, first, last)
    current, longest = _streaks(user, now)
    return {
        "start": first.isoformat(),
        "end": last.isoformat(),
        "timezone": user.timezone,
        "done": sum(done.values()),
        "per_day": [{"date": day.isoformat(), "done": done.get(day, 0)} for day in _each_day(first, last)],
        "by_list": _named(_rows(_BY_LIST, within)),
        "by_label": _named(_rows(_BY_LABEL, within)),
        "with_due": with_due,
        "on_time": on_time,
        "on_time_share": round(on_time / with_due, 4) if with_due else None,
        "current_streak": current,
        "longest_streak": longest,
    }


def moments_of(user: User, first: date, last: date) -> tuple[datetime, datetime]:
    """When the first day begins and the last one ends, on the user's clock.

    Raises:
        RangeInvalid
    """
    if not 0 <= (last - first).days < LONGEST_RANGE_DAYS or first.year not in YEARS or last.year not in YEARS:
        raise RangeInvalid(field="end")
    since = datetime.combine(first, time.min, user.zone)
    return since, datetime.combine(last + timedelta(days=1), time.min, user.zone)


def _between(user: User, first: date, last: date) -> JSON:
    since, until = moments_of(user, first, last)
    return {"user_id": user.id, "zone": user.timezone, "since": since, "until": until}


def _streaks(user: User, now: datetime) -> tuple[int, int]:
    yesterday = now.astimezone(user.zone).date() - timedelta(days=1)
    always = {"user_id": user.id, "zone": user.timezone, "since": "-infinity", "until": "infinity"}
    ((current, longest),) = _rows(_STREAKS, always | {"yesterday": yesterday})
    return current, longest


def _each_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _named(rows: list[tuple[Any, ...]]) -> list[JSON]:
    return [{"id": id_ and str(id_), "name": name, "done": count} for id_, name, count in rows]


def _rows(select: str, values: JSON) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_COMPLETIONS + select, values)
        return list(cursor.fetchall())
