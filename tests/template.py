"""The database that each worker of pytest-xdist copies: migrated once, while they read the tests.

Sixty migrations take a processor longer than anything else that a worker does before its first test.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from tests import environment
from tests.waiting import wait_for
from voice2task.stack import paths

PROJECT = Path(__file__).resolve().parents[1]
MIGRATION_SECONDS = 120.0
READY = environment.FOLDER / "template.ready"
COMMAND = f'"{sys.executable}" manage.py migrate --verbosity 0 && touch "{READY}"'


@contextmanager
def migrating() -> Iterator[None]:
    """Migrate the server's own database, in which no test works, meanwhile."""
    with subprocess.Popen(["sh", "-c", COMMAND], cwd=PROJECT) as process:
        try:
            yield
        finally:
            process.terminate()


def copy_it() -> None:
    """From now on Django makes its test database as a copy."""
    wait_for(READY.exists, seconds=MIGRATION_SECONDS, what="the migrations")
    connection.settings_dict["TEST"]["TEMPLATE"] = paths.DATABASE_NAME
