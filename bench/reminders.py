"""Lets ten thousand reminders be due and says how late they come.

    python -m bench.reminders [--count 10000] [--users 1000]

Twice: spread over one minute, and all at one moment. The stack is started for the run. A reminder has come
when its activity is written, which is also when it is pushed to its user's clients; that moment is read from
the activity's id, which holds the clock's time. Notifications follow, by a job of their own.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

import psycopg

from bench.stack import Stack, running_stack
from voice2task.stack import paths

PROMISED_SECONDS = 5.0
LEAD_SECONDS = 8
PATIENCE_SECONDS = 300

PEOPLE = """
WITH made AS (
    INSERT INTO accounts_user (id, password, is_superuser, email, timezone, language, week_start,
                               subtasks_on_complete, email_notifications, is_staff, is_active, created_at)
    SELECT gen_random_uuid(), '', false, 'u' || n || '@' || %(run)s, 'Europe/Berlin', 'en', 'MO',
           'complete', false, false, true, now()
      FROM generate_series(1, %(users)s) AS n
    RETURNING id
), stream AS (
    INSERT INTO activities_userstream (user_id, last_seq) SELECT id, 0 FROM made
), inbox AS (
    INSERT INTO tasks_tasklist (id, user_id, name, is_inbox, position, colour, created_at)
    SELECT gen_random_uuid(), id, 'Inbox', true, 'V', '', now() FROM made
    RETURNING id, user_id
)
INSERT INTO tasks_task (id, user_id, list_id, title, notes, status, priority, rrule, exdates, repeat_from,
                        position, links, version, created_at, updated_at)
SELECT gen_random_uuid(), user_id, id, 'Call Bob', '', 'open', 'none', '', '[]', 'due', 'V', '[]', 1, now(),
       now() FROM inbox
"""
REMINDERS = """
INSERT INTO tasks_reminder (id, user_id, task_id, remind_at, fires_at, created_at)
SELECT gen_random_uuid(), task.user_id, task.id, moment, moment, now()
  FROM (SELECT tasks_task.*, row_number() OVER () AS n FROM tasks_task JOIN accounts_user AS u
            ON u.id = user_id WHERE u.email LIKE '%%@' || %(run)s) AS task,
       generate_series(1, %(each)s) AS k,
       LATERAL (SELECT now() + make_interval(secs => %(lead)s
            + %(spread)s * ((task.n * %(each)s + k) * 7919 %% %(count)s) / %(count)s) AS moment) AS moments
"""
# Milliseconds since 1970 are the first 48 bits of a UUID of version 7.
WRITTEN = "('x' || substr(replace({}::text, '-', ''), 1, 12))::bit(48)::bigint / 1000.0"
LATE = f"""
SELECT {WRITTEN.format("activity.id")} - extract(epoch FROM (activity.after->>'fires_at')::timestamptz),
       {WRITTEN.format("notification.id")} - extract(epoch FROM (activity.after->>'fires_at')::timestamptz)
  FROM activities_activity AS activity
  JOIN accounts_user AS u ON u.id = activity.user_id AND u.email LIKE '%%@' || %(run)s
  LEFT JOIN activities_notification AS notification ON notification.activity_id = activity.id
 WHERE activity.kind = 'reminder.due'
"""  # noqa: S608 - put together from constants


def main() -> int:
    options = _options()
    worst = {}
    with running_stack() as stack, _database(stack) as database:
        print(f"{options.count} reminders of {options.users} users, load {os.getloadavg()[0]:.2f}")
        for name, spread in (("over one minute", 60.0), ("at one moment", 0.0)):
            worst[spread] = _measure(database, stack, name, spread, options)
    # What is promised is the minute; the moment shows how fast it can be.
    return int(worst[60.0] > PROMISED_SECONDS or worst[0.0] == float("inf"))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Let reminders be due and measure how late they come.")
    parser.add_argument("--count", type=int, default=10_000, help="how many reminders")
    parser.add_argument("--users", type=int, default=1_000, help="of how many users")
    return parser.parse_args()


def _database(stack: Stack) -> psycopg.Connection:
    folder = Path(stack.process.environ()["VAR_DIR"])
    return psycopg.connect(paths.database_url(folder), autocommit=True)


def _measure(
    database: psycopg.Connection, stack: Stack, name: str, spread: float, options: argparse.Namespace
) -> float:
    """Returns how late the latest reminder came, in seconds."""
    values = {
        "run": f"{name.replace(' ', '-')}.example",
        "users": options.users,
        "each": options.count // options.users,
        "count": options.count,
        "lead": LEAD_SECONDS,
        "spread": spread,
    }
    database.execute(PEOPLE, values)
    database.execute(REMINDERS, values)
    database.execute("ANALYZE tasks_reminder")
    cpu, deadline = stack.cpu_seconds(), time.monotonic() + PATIENCE_SECONDS
    while True:
        rows = database.execute(LATE, values).fetchall()
        if len(rows) >= options.count and all(notified is not None for _, notified in rows):
            break
        if time.monotonic() > deadline:
            print(f"{name}: only {len(rows)} came", file=sys.stderr)
            return float("inf")
        time.sleep(0.5)
    doubled = len(rows) - options.count
    print(f"\n{name}: {doubled} doubled, {stack.cpu_seconds() - cpu:.1f} s of processor time")
    for what, late in zip(("reminders", "notifications"), zip(*rows, strict=True), strict=True):
        seconds = sorted(float(value) for value in late)
        cuts = statistics.quantiles(seconds, n=100)
        print(f"  {what:14} late by p50 {cuts[49]:.2f} s, p95 {cuts[94]:.2f} s, at most {seconds[-1]:.2f} s")
    return max(float(late) for late, _ in rows) if not doubled else float("inf")


if __name__ == "__main__":
    raise SystemExit(main())
