"""Fills a million turns and says how long the staff's first page takes, and each of its statements.

    python -m bench.dashboard [--turns 1000000] [--users 5000] [--repeat 5] [--explain]

Turns and deliveries lie over 90 days, half as many requests and a quarter as many recordings beside them.
PostgreSQL is started for the run; the page is asked through the door of the admin, within this process.
"""

from __future__ import annotations

import argparse
import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from voice2task.stack.services import embedded_services

if TYPE_CHECKING:
    from django.test import Client

    from voice2task.staff.querysets import Period

DAYS = 90
# As many by night as by day: each statement reads a range, whatever lies in which part of it.
FILLING = (
    """
    INSERT INTO accounts_user (id, email, password, is_active, is_staff, is_superuser, timezone, language,
                               week_start, subtasks_on_complete, email_notifications, created_at)
    SELECT uuidv7(), 'user' || n || '@example.org', '!', true, n = 1, n = 1, 'UTC', 'en', 0, 'ask', false,
           now()
      FROM generate_series(1, %(users)s) AS n
    """,
    """
    INSERT INTO conversations_conversation (id, user_id, title, created_at, updated_at)
    SELECT uuidv7(), id, '', now(), now() FROM accounts_user
    """,
    """
    CREATE TEMP TABLE person AS
    SELECT row_number() OVER () AS n, user_id, id FROM conversations_conversation
    """,
    """
    INSERT INTO conversations_turn (id, user_id, conversation_id, seq, status, epoch, failures, engine,
           choices, error_code, error_message, created_at, first_delta_ms, finished_at)
    SELECT uuidv7(at - now()), user_id, person.id, number,
           (ARRAY['completed', 'completed', 'completed', 'completed', 'completed', 'failed', 'stopped'])[
               1 + number %% 7],
           1, 0, (ARRAY['rules', 'openai', 'anthropic'])[1 + number %% 3], '[]', '', '', at,
           CASE WHEN number %% 7 < 5 THEN 30 + (3000 * random() ^ 3)::int END, at
      FROM (SELECT number, now() - interval '90 days' * (1 - number / %(turns)s::float) AS at,
                   1 + (%(users)s * random() ^ 2)::int %% %(users)s AS n
              FROM generate_series(1, %(turns)s) AS number) AS moment JOIN person USING (n) ORDER BY number
    """,
    """
    INSERT INTO conversations_llmrequest (id, user_id, epoch, step_index, provider, model, body, status,
           error_code, error_message, input_tokens, cached_input_tokens, cache_write_tokens, output_tokens,
           reserved_micros, cost_micros, created_at)
    SELECT uuidv7(created_at - now()), user_id, 1, 0, 'openai',
           (ARRAY['gpt-5', 'gpt-5-mini'])[1 + (seq / 2) %% 2], '{}', 'answered', '', '', 900, 0, 0, 60, 0,
           1200, created_at
      FROM conversations_turn WHERE seq %% 2 = 0 ORDER BY id
    """,
    """
    INSERT INTO integrations_delivery (id, user_id, kind, body, host, status, tries, attempts_made,
           next_attempt_at, error_code, created_at)
    SELECT uuidv7(created_at - now()), user_id, 'task.created', '', 'hooks.example.org',
           (ARRAY['delivered', 'delivered', 'dead'])[1 + seq %% 3], 1, 1, created_at, '', created_at
      FROM conversations_turn ORDER BY id
    """,
    """
    INSERT INTO conversations_capture (id, user_id, client_id, message_id, turn_id, status, mime, language,
           recorded_at, timezone, received, seconds, audio, text, heard, engine, fallbacks, epoch, failures,
           attempts, error_code, error_message, created_at, touched_at, finished_at)
    SELECT uuidv7(created_at - now()), user_id, uuidv7(), uuidv7(), id, 'transcribed', 'audio/webm', 'en',
           created_at, 'UTC', 9000, 4, '', '', '', 'whisper', '[]', 1, 0, 1, '', '', created_at, created_at,
           created_at + interval '1 second' * random()
      FROM conversations_turn WHERE seq %% 4 = 0 ORDER BY id
    """,
)


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="v2t-bench-") as folder, _services(folder):
        import django

        django.setup()
        logging.disable(logging.WARNING)
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        began = time.perf_counter()
        _fill(options.turns, options.users)
        print(f"{options.turns:,} turns of {options.users:,} users in {time.perf_counter() - began:.0f} s")
        _report(options.repeat, explain=options.explain)
    return 0


@contextmanager
def _services(folder: str) -> Iterator[None]:
    os.chmod(folder, 0o711)  # noqa: S103 - as root, PostgreSQL runs as another user, who must pass through
    os.environ |= {"VAR_DIR": str(Path(folder) / "var"), "DJANGO_SETTINGS_MODULE": "voice2task.settings"}
    with embedded_services(Path(folder) / "var", durable=False):
        yield


def _fill(turns: int, users: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in FILLING:
            cursor.execute(statement, {"turns": turns, "users": users})
        cursor.execute("VACUUM ANALYZE")


def _report(repeat: int, *, explain: bool) -> None:
    """The page from rows alone, then with sums of the days that are over."""
    from django.test import Client
    from django.utils import timezone

    from accounts.models import User
    from voice2task.staff import querysets, sums

    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(is_superuser=True))
    client.get("/admin/")
    _print_pages(client, repeat)
    for key, period in querysets.PERIODS.items():
        for name in querysets.STATEMENTS:
            taken = _quickest(repeat, partial(querysets.read, name, period, timezone.now()))
            print(f"  {key} {name}: {taken}")
            if explain:
                _print_plan(name, period)
    print(f"sums of {sums.MONTH.steps - 1} days: {_quickest(1, partial(sums.sum_days, now=timezone.now()))}")
    print(f"once more: {_quickest(1, partial(sums.sum_days, now=timezone.now()))}")
    _print_pages(client, repeat)
    print(f"  30d figures: {_quickest(repeat, partial(sums.read_figures, sums.MONTH, timezone.now()))}")


def _print_pages(client: Client, repeat: int) -> None:
    from voice2task.staff.querysets import PERIODS

    for key in PERIODS:
        print(f"{key}: page {_quickest(repeat, partial(client.get, '/admin/', {'period': key}))}")


def _print_plan(name: str, period: Period) -> None:
    from django.db import connection
    from django.utils import timezone

    from voice2task.staff.querysets import STATEMENTS, parameters_of

    with connection.cursor() as cursor:
        asked = parameters_of(period, timezone.now())
        cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF) {STATEMENTS[name]}", asked)
        print("".join(f"      {line}\n" for (line,) in cursor.fetchall()))


def _quickest(repeat: int, ask: Callable[[], object]) -> str:
    times = []
    for _ in range(repeat):
        began = time.perf_counter()
        ask()
        times.append((time.perf_counter() - began) * 1000)
    return f"{min(times):,.0f} ms (median {statistics.median(times):,.0f})"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--turns", type=int, default=1_000_000)
    parser.add_argument("--users", type=int, default=5_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--explain", action="store_true", help="show the plan of every statement")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
