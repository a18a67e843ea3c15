from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

import orjson
from django.apps import apps
from django.db import connection, models

from voice2task.kernel import statements

if TYPE_CHECKING:
    from activities.models import (
        Activity,
        Outbox,
        UserStream,
    )


FRAME_FIELDS = (
    "id",
    "seq",
    "kind",
    "actor",
    "turn_id",
    "subject_type",
    "subject_id",
    "before",
    "after",
    "at",
)

MISSED = f"""
SELECT {", ".join(f"{name}::text" if name in ("before", "after") else name for name in FRAME_FIELDS)}
  FROM activities_activity
 WHERE user_id = %(user_id)s AND seq > %(after)s
 ORDER BY seq LIMIT %(limit)s
"""

# Rows as one JSON value each: to bind a list of values for every column costs more than to write the rows.
ENTRIES = """
json_to_recordset(%(activities)s::json)
    AS entry(number int, user_id uuid, id uuid, kind text, subject_type text, subject_id uuid, before jsonb,
             after jsonb, undoes_id uuid)
"""
DEBTS = """
json_to_recordset(%(debts)s::json) AS debt(activity_id uuid, job text, argument uuid, due_at timestamptz)
"""

# What a statement of another room needs to record activities by itself: three parts of a WITH clause, behind
# a part `permitted` of one row, or of none if nothing is to happen. `stream` then has one row, the new
# last_seq, or none. The caller holds the stream's lock.
RECORD = f"""
stream AS (
    UPDATE activities_userstream SET last_seq = last_seq + %(activity_count)s
      FROM permitted WHERE user_id = %(user_id)s
    RETURNING last_seq
), recorded AS (
    INSERT INTO activities_activity
           (id, user_id, seq, kind, actor, turn_id, subject_type, subject_id, before, after, undoes_id, at)
    SELECT entry.id, %(user_id)s, stream.last_seq - %(activity_count)s + entry.number, entry.kind, %(actor)s,
           %(turn_id)s::uuid, entry.subject_type, entry.subject_id, entry.before, entry.after,
           entry.undoes_id, %(at)s
      FROM stream, {ENTRIES}
), owed AS (
    INSERT INTO activities_outbox (activity_id, job, argument, due_at)
    SELECT debt.* FROM stream, {DEBTS}
)
"""

RECORD_ALONE = f"WITH permitted AS (SELECT 1), {RECORD} SELECT last_seq FROM stream"

# The same for many users at once, whose streams the caller holds. Answers (id, seq) of each activity.
RECORD_MANY = f"""
WITH entry AS (
    SELECT *, row_number() OVER (PARTITION BY user_id ORDER BY number) AS place,
           count(*) OVER (PARTITION BY user_id) AS total
      FROM {ENTRIES}
), stream AS (
    UPDATE activities_userstream SET last_seq = last_seq + counted.total
      FROM (SELECT DISTINCT user_id, total FROM entry) AS counted
     WHERE activities_userstream.user_id = counted.user_id
    RETURNING activities_userstream.user_id, last_seq
), recorded AS (
    INSERT INTO activities_activity
           (id, user_id, seq, kind, actor, turn_id, subject_type, subject_id, before, after, undoes_id, at)
    SELECT entry.id, entry.user_id, stream.last_seq - entry.total + entry.place, entry.kind, %(actor)s,
           %(turn_id)s::uuid, entry.subject_type, entry.subject_id, entry.before, entry.after,
           entry.undoes_id, %(at)s
      FROM entry JOIN stream USING (user_id)
    RETURNING id, seq
), owed AS (
    INSERT INTO activities_outbox (activity_id, job, argument, due_at)
    SELECT debt.* FROM {DEBTS}
)
SELECT id, seq FROM recorded
"""


LOCK = "SELECT followed FROM activities_userstream WHERE user_id = %(user_id)s FOR UPDATE"

SEQ = "SELECT last_seq FROM activities_userstream WHERE user_id = %(user_id)s"

MAKE = """
INSERT INTO activities_userstream (user_id, last_seq, followed)
SELECT id, 0, '{}' FROM accounts_user WHERE id = %(user_id)s ON CONFLICT DO NOTHING
"""

# What is owed to a job for its argument; a part of statements that do the work.
SETTLE = "DELETE FROM activities_outbox WHERE job = %(job)s AND argument = %(argument)s"


def recording_parameters(activities: Sequence[Activity], owed: Sequence[Outbox]) -> dict[str, Any]:
    """The values of `RECORD` for activities of one user, one actor and one moment."""
    first = activities[0]
    return {
        "user_id": first.user_id,
        "actor": first.actor,
        "turn_id": first.turn_id,
        "at": first.at,
        "activity_count": len(activities),
        "activities": _json(
            {
                "number": number,
                "user_id": activity.user_id,
                "id": activity.id,
                "kind": activity.kind,
                "subject_type": activity.subject_type,
                "subject_id": activity.subject_id,
                "before": activity.before,
                "after": activity.after,
                "undoes_id": activity.undoes_id,
            }
            for number, activity in enumerate(activities, start=1)
        ),
        "debts": _json(
            {
                "activity_id": row.activity_id,
                "job": row.job,
                "argument": row.argument,
                "due_at": row.due_at,
            }
            for row in owed
        ),
    }


def _json(rows: Iterable[Mapping[str, Any]]) -> str:
    return orjson.dumps(list(rows)).decode()


class UserStreamQuerySet(models.QuerySet["UserStream"]):
    def lock_row(self, user_id: UUID) -> list[str] | None:
        """Take the row lock of the user's stream, making it if need be. Returns which kinds are followed.

        None if there is no such user.
        """
        values = {"user_id": user_id}
        row = statements.run(LOCK, values).fetchone()
        if row is None:
            statements.run(MAKE, values)
            row = statements.run(LOCK, values).fetchone()
        return list(row[0]) if row else None

    def lock_free_rows(self, user_ids: Iterable[UUID]) -> dict[UUID, list[str]]:
        """Take the row locks of these users' streams that nobody holds. Returns what each follows."""
        lock = """SELECT user_id, followed FROM activities_userstream
                   WHERE user_id = ANY(%s) FOR UPDATE SKIP LOCKED"""
        with connection.cursor() as cursor:
            cursor.execute(lock, [list(user_ids)])
            return dict(cursor.fetchall())

    def record_many(self, activities: Sequence[Activity], owed: Sequence[Outbox]) -> dict[UUID, int]:
        """Write activities of many users, by one actor and at one moment. Returns their seqs by id."""
        return dict(statements.run(RECORD_MANY, recording_parameters(activities, owed)).fetchall())

    def record(self, values: Mapping[str, Any]) -> int:
        """Write the activities of `recording_parameters` and what they owe. Returns the new last seq."""
        (last_seq,) = statements.run(RECORD_ALONE, values).fetchall()[0]
        return int(last_seq)

    def seq_of(self, user_id: UUID) -> int:
        """The last sequence number of a user, 0 before the first activity."""
        row = statements.run(SEQ, {"user_id": user_id}).fetchone()
        return int(row[0]) if row else 0

    def seqs_of(self, user_ids: Collection[UUID]) -> dict[UUID, int]:
        """The last sequence number of each user; users without any activity are left out."""
        return dict(self.filter(user_id__in=user_ids).values_list("user_id", "last_seq"))

    def with_first_before(self, moment: datetime) -> models.QuerySet[UserStream, UUID]:
        """The users whose first activity that is left is older than `moment`, in no order."""
        activities = apps.get_model("activities", "Activity").objects
        first = activities.filter(user=models.OuterRef("user")).order_by("seq").values("at")[:1]
        streams = self.annotate(first=models.Subquery(first)).filter(first__lt=moment)
        return streams.order_by("?").values_list("user_id", flat=True)


class ActivityQuerySet(models.QuerySet["Activity"]):
    def of(self, user_id: UUID) -> Self:
        return self.filter(user_id=user_id)

    def after(self, seq: int) -> Self:
        return self.filter(seq__gt=seq)

    def oldest_before(self, moment: datetime, *, limit: int) -> list[UUID]:
        """The first activities of one user that are older than `moment` and that nothing later needs.

        They end before one that is younger, owes a job, or is what a later one has undone.
        """
        outbox = apps.get_model("activities", "Outbox").objects
        owing = models.Exists(outbox.filter(activity=models.OuterRef("pk")))
        rows = self.order_by("seq").annotate(owing=owing).values_list("pk", "at", "owing")[:limit]
        going = [pk for pk, _, _ in takewhile(lambda row: row[1] < moment and not row[2], rows)]
        while needed := set(
            self.filter(undoes__in=going).exclude(pk__in=going).values_list("undoes_id", flat=True)
        ):
            going = list(takewhile(lambda pk: pk not in needed, going))
        return going

    def missed(self, user_id: UUID, *, after: int, limit: int) -> list[dict[str, Any]]:
        """What `frames` gives of a user's activities after a seq, the oldest first, at most `limit`.

        `before` and `after` are JSON still, to be put into a frame as they are.
        """
        values = {"user_id": user_id, "after": after, "limit": limit}
        rows = statements.run(MISSED, values, binary=True)
        return [
            dict(
                zip(FRAME_FIELDS, (*plain, orjson.Fragment(before), orjson.Fragment(after), at), strict=True)
            )
            for *plain, before, after, at in rows
        ]

    def frames(self) -> models.QuerySet[Activity, dict[str, Any]]:
        """Rows with just what `activities.frames` renders."""
        rows: models.QuerySet[Activity, dict[str, Any]] = self.values(*FRAME_FIELDS)
        return rows


class OutboxQuerySet(models.QuerySet["Outbox"]):
    def settle(self, job: str, argument: UUID) -> int:
        """Delete what is owed to `job` for `argument`; to be called in the transaction that does the work."""
        return self.filter(job=job, argument=argument).delete()[0]

    def take_due(self, *, now: datetime, again_in: timedelta, limit: int) -> list[tuple[str, UUID]]:
        """Claim rows past `due_at`, moving each `again_in` onward. Returns (job, argument) pairs.

        Several sweeps may run at once: each skips the rows another holds.
        """
        due = (
            self.filter(due_at__lte=now)
            .order_by("due_at")
            .select_for_update(skip_locked=True)
            .values_list("id", "job", "argument")[:limit]
        )
        rows = list(due)
        self.filter(id__in=[row[0] for row in rows]).update(due_at=now + again_in)
        return [(job, argument) for _, job, argument in rows]
