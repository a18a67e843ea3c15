"""The figures of the dashboard: each one statement over rows that the key finds.

Keys are UUIDs of version 7, whose order is the order of time: the range of a key is the range of a time, and
no index on times has to be kept up by those who write. Of a month, days that are over are read from their
sums (`staff.sums`). ADR 0074 and 0088 have what they take.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from voice2task.kernel.identifiers import first_uuid7_at

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Period:
    """How far back, and in which steps."""

    name: str
    step: timedelta
    steps: int
    label: str


PERIODS = {
    "24h": Period("24 hours", timedelta(hours=1), 24, "%H:%M"),
    "7d": Period("7 days", timedelta(hours=6), 28, "%a %H:%M"),
    "30d": Period("30 days", timedelta(days=1), 30, "%d %b"),
}
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)

_STEP = "date_bin(%(step)s, created_at, %(epoch)s)"
_SINCE = "id >= %(first)s AND id < %(last)s AND created_at >= %(begin)s AND created_at < %(end)s"
# A key may be a little older or younger than what its row says; the row is right.
SLACK = timedelta(minutes=1)

WAIT_CLASS = 1.02
REGISTER_BITS = 12
REGISTERS = 1 << REGISTER_BITS

STATEMENTS = {
    "outcomes": f"""
        SELECT {_STEP} AS step, status, engine, count(*) AS turns
          FROM conversations_turn WHERE {_SINCE} GROUP BY 1, 2, 3
    """,
    # A step of NULL is the whole period.
    "waits": f"""
        SELECT {_STEP} AS step,
               percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY first_delta_ms) AS of_ms
          FROM conversations_turn WHERE {_SINCE} AND first_delta_ms IS NOT NULL
         GROUP BY GROUPING SETS ((1), ())
    """,
    "people": f"""
        SELECT {_STEP} AS step, count(DISTINCT user_id) AS people
          FROM conversations_turn WHERE {_SINCE} GROUP BY GROUPING SETS ((1), ())
    """,
    # How many waits there were of about the same length: classes that are 2 % wide.
    "wait_classes": f"""
        SELECT {_STEP} AS step, floor(ln(greatest(first_delta_ms, 1)) / ln({WAIT_CLASS}))::int AS class,
               count(*) AS turns
          FROM conversations_turn WHERE {_SINCE} AND first_delta_ms IS NOT NULL GROUP BY 1, 2
    """,
    # The registers of a HyperLogLog: by the last bits of a user's hash, the longest run of zeros before.
    "people_sketch": f"""
        SELECT step, (hash & {REGISTERS - 1})::int AS register,
               1 + max(round(ln((rest & -rest)::float8) / ln(2)))::int AS rank
          FROM (SELECT step, hash, (hash >> {REGISTER_BITS}) | (1::bigint << 50) AS rest
                  FROM (SELECT {_STEP} AS step, uuid_hash_extended(user_id, 0) AS hash
                          FROM conversations_turn WHERE {_SINCE}) AS hashed) AS cut
         GROUP BY 1, 2
    """,
    "spend": f"""
        SELECT {_STEP} AS step, model, sum(cost_micros)::bigint AS micros
          FROM conversations_llmrequest WHERE {_SINCE} GROUP BY 1, 2
    """,
    "deliveries": f"""
        SELECT {_STEP} AS step, status, count(*) AS deliveries
          FROM integrations_delivery WHERE {_SINCE} GROUP BY 1, 2
    """,
    "recordings": f"""
        SELECT {_STEP} AS step, count(*) AS recordings, sum(seconds) AS seconds,
               percentile_cont(0.95) WITHIN GROUP (
                   ORDER BY extract(epoch FROM finished_at - touched_at)
               ) AS waited
          FROM conversations_capture WHERE {_SINCE} GROUP BY 1
    """,
    "waiting_recordings": """
        SELECT count(*) AS waiting, extract(epoch FROM %(now)s - min(touched_at)) AS oldest
          FROM conversations_capture WHERE status IN ('kept', 'transcribing')
    """,
    "failing_webhooks": """
        SELECT webhook.id, webhook.url, webhook.status, webhook.failures_in_a_row, webhook.rests_until,
               person.email
          FROM integrations_webhookendpoint AS webhook JOIN accounts_user AS person ON person.id = user_id
         WHERE failures_in_a_row > 0 ORDER BY failures_in_a_row DESC, webhook.id LIMIT 10
    """,
}


def begin_of(period: Period, now: datetime) -> datetime:
    """When the first step begins; the last is the one that runs."""
    running = EPOCH + (now - EPOCH) // period.step * period.step
    return running - period.step * (period.steps - 1)


def steps_of(period: Period, now: datetime) -> list[datetime]:
    begin = begin_of(period, now)
    return [begin + period.step * number for number in range(period.steps)]


def read(name: str, period: Period, now: datetime, begin: datetime | None = None) -> list[Row]:
    """The rows of one of `STATEMENTS`, each a dictionary; of the steps from `begin` on, if it is given."""
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS[name], parameters_of(period, now, begin))
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def parameters_of(period: Period, now: datetime, begin: datetime | None = None) -> dict[str, Any]:
    whole = begin_of(period, now)
    begin, end = begin or whole, whole + period.step * period.steps
    return {
        "step": period.step,
        "epoch": EPOCH,
        "begin": begin,
        "end": end,
        "first": first_uuid7_at(begin - SLACK),
        "last": first_uuid7_at(end + SLACK),
        "now": now,
    }
