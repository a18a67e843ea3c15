"""`manage.py migrate` for an installation that is being used.

A migration that waits for a table's lock makes all who come after it wait too. So it waits briefly, gives up,
lets the others through and tries again.
"""

from __future__ import annotations

import argparse
import time
from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.errors import LockNotAvailable

LOCK_SECONDS = 3.0
ATTEMPTS = 20
PAUSE_SECONDS = 2.0


class Command(Migrate):
    help = f"{Migrate.help} Waits briefly for locks and tries again, so that nobody waits for long."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        super().add_arguments(parser)  # type: ignore[arg-type]
        parser.add_argument(
            "--lock-seconds", type=float, default=LOCK_SECONDS, help="How long one attempt waits for a lock."
        )
        parser.add_argument("--attempts", type=int, default=ATTEMPTS, help="How often it is tried in all.")
        parser.add_argument(
            "--pause-seconds", type=float, default=PAUSE_SECONDS, help="Between two attempts."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        for left in reversed(range(options["attempts"])):
            _wait_at_most(connection, options["lock_seconds"])
            try:
                super().handle(*args, **options)
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable) or not left:
                    raise
                self.stdout.write(f"What is to be changed is in use; {left} more attempts.")
                time.sleep(options["pause_seconds"])
            else:
                return
            finally:
                # The connection may go back to a pool, and to others from there.
                if connection.is_usable():
                    _wait_at_most(connection, 0)


def _wait_at_most(connection: BaseDatabaseWrapper, seconds: float) -> None:
    """For locks; 0 is for ever."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{seconds * 1000:.0f}ms"])
